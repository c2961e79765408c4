"""Templates for new claims: entered by editors, offered on the form of a new claim."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from articles.models import Change, Claim, ClaimTemplate, Topic
from articles.services.library import claim_templates, topics
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.desk.pages import page_of, signed_in

pytestmark = pytest.mark.django_db
AT = newsroom.AT
ADD, LIST = "/admin/articles/claimtemplate/add/", "/admin/articles/claimtemplate/"
NEW_CLAIM = "/admin/articles/claim/add/"


def template(by: User, **fields: Any) -> ClaimTemplate:
    given = {
        "name": "Elections",
        "topics": ["Votes"],
        "why_chosen": "Many people decide by it.",
        "note": "Ask the board.",
    }
    return claim_templates.add(by=by, at=AT, **{**given, **fields})


def test_an_editor_enters_and_changes_a_template(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["Health"])
    browser = signed_in(people.editor)
    sent = {"name": "Hospitals", "topics": "HEALTH, Money", "why_chosen": "", "note": "Beds", "assignee": ""}
    browser.post(ADD, sent)
    made = ClaimTemplate.objects.get()
    assert (made.name, made.topics) == ("Hospitals", ["Health", "Money"])
    version = browser.get(page_of(made)).context["desk_version"]
    browser.post(page_of(made), sent | {"topics": "Health", "note": "Beds and staff", "_version": version})
    made.refresh_from_db()
    assert (made.topics, made.note, made.version) == (["Health"], "Beds and staff", 2)
    stale = browser.post(page_of(made), sent | {"note": "Old", "_version": version})
    assert "Somebody else saved a change first" in stale.content.decode()
    assert Change.objects.filter(table="articles_claimtemplate", actor=people.editor).count() == 2


def test_a_bad_template_is_refused_beside_its_field(people: SimpleNamespace) -> None:
    template(people.editor)
    browser = signed_in(people.editor)
    again = browser.post(ADD, {"name": "Elections", "topics": "", "note": "Kept here"})
    assert "There is a template with this name already." in again.content.decode()
    assert "Kept here" in again.content.decode()
    long = browser.post(ADD, {"name": "Long", "topics": "x" * 61})
    assert long.status_code == 200
    assert ClaimTemplate.objects.count() == 1


def test_reporters_use_templates_and_write_none(people: SimpleNamespace) -> None:
    made = template(people.editor)
    browser = signed_in(people.reporter)
    listed = browser.get(LIST)
    assert f"{NEW_CLAIM}?template={made.pk}" in listed.content.decode()
    assert browser.get(ADD).status_code == 403
    with pytest.raises(NotAllowedError):
        template(people.checker, name="Mine")
    with pytest.raises(NotAllowedError):
        claim_templates.edit(template=made, by=people.reporter, at=AT, version=1, name="Mine")


def test_the_chosen_template_fills_in_the_form_of_a_new_claim(people: SimpleNamespace) -> None:
    made = template(people.editor, assignee=people.checker)
    browser = signed_in(people.editor)
    offered = browser.get(NEW_CLAIM, {"article": "x"}).content.decode()
    assert f"?template={made.pk}&amp;article=x" in offered
    assert "Ask the board." not in offered
    page = browser.get(NEW_CLAIM, {"template": str(made.pk)})
    form = page.context["form"]
    assert form["topics"].value() == "Votes"
    assert form["why_chosen"].value() == "Many people decide by it."
    assert form["assignee"].value() == people.checker.pk
    assert "Ask the board." in page.content.decode()


def test_a_reporter_keeps_the_claim_where_they_may_not_assign_it(people: SimpleNamespace) -> None:
    made = template(people.editor, assignee=people.checker)
    form = signed_in(people.reporter).get(NEW_CLAIM, {"template": str(made.pk)}).context["form"]
    assert (form["topics"].value(), form["assignee"].value()) == ("Votes", people.reporter.pk)


@pytest.mark.parametrize("given", ["x", "", "0190c5a2-0000-7000-8000-000000000001", "\x00"])
def test_a_template_that_is_not_there_fills_in_nothing(people: SimpleNamespace, given: str) -> None:
    retired = template(people.editor, is_retired=True)
    for named in (given, str(retired.pk)):
        page = signed_in(people.reporter).get(NEW_CLAIM, {"template": named})
        assert page.status_code == 200
        assert not page.context["form"]["topics"].value()
        assert "Start from a template" not in page.content.decode()


def test_templates_follow_a_renamed_topic(people: SimpleNamespace) -> None:
    made = template(people.editor)
    topic = Topic.objects.get(name="Votes")
    topics.rename_topic(topic=topic, name="Polls", by=people.editor, at=AT, version=topic.version)
    made.refresh_from_db()
    assert (made.topics, made.version) == (["Polls"], 2)
    assert not Claim.objects.exists()
    assert reverse("admin:articles_claimtemplate_history", args=[made.pk])
