"""Who may take which step through the desk, and what is said before and after the click."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.groups import groups_with
from accounts.models import User
from articles import workflow
from articles.models import Change, Claim, Record
from articles.services.claims import claims
from desk.http import versions
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


def test_author_cannot_approve_by_button_or_after_editing(people):
    claim = newsroom.in_stage("review", people)
    newsroom.take(newsroom.in_stage("review", people), "send_back", people.checker, comment="More, please.")
    for author in (people.reporter, people.checker):
        if author == people.checker:
            claims.edit(
                claim=claim, by=author, at=newsroom.AT, version=claim.version, text="The bridge cost 12.5 million"
            )
            claim.refresh_from_db()
        client = pages.signed_in(author)
        assert "You cannot approve this" in pages.text_of(client.get(pages.page_of(claim)))
        assert "You cannot approve this" in pages.text_of(pages.press(client, claim, "approve"))  # on the review page
        pages.approve(client, claim)
        claim.refresh_from_db()
        assert claim.stage == "review"
    assert not claim.verdicts.exclude(approved_by=None).exists()


def test_the_list_cannot_approve_what_nobody_opened(people):
    claim = newsroom.in_stage("review", people)
    client, address = pages.signed_in(people.checker), reverse("admin:articles_claim_changelist")
    assert "approve_selected" not in client.get(address).content.decode()
    data = {"action": "approve_selected", "_selected_action": str(claim.pk), "index": "0"}
    client.post(address, data | {f"_version_{claim.pk}": versions.sign(claim)}, follow=True)
    assert Claim.objects.get().stage == "review"


def test_double_publish_makes_one_record(people):
    claim = newsroom.in_stage("approved", people)
    client, address = pages.signed_in(people.editor), pages.address_of_step(claim, "publish")
    data = pages.form_of(client.get(address))
    assert client.post(address, data).status_code == 302
    second = client.post(address, data, follow=True)
    assert "If you clicked twice, the first click counted." in pages.text_of(second)
    assert Record.objects.count() == 1


def test_double_confirmation_is_answered_kindly(people):
    claim = newsroom.in_stage("published", people)
    client = pages.signed_in(people.editor)
    address = reverse("admin:articles_claim_step", args=[claim.pk, "retract"])
    data = pages.form_of(client.get(address)) | {"comment": "Wrong bridge."}
    client.post(address, data)
    again = client.post(address, data, follow=True)
    assert "If you clicked twice, the first click counted." in pages.text_of(again)
    assert Record.objects.count() == 2


def test_nothing_happens_on_get(people):
    claim = newsroom.in_stage("approved", people)
    client, before = pages.signed_in(people.editor), Change.objects.count()
    for key in workflow.BY_KEY:
        client.get(reverse("admin:articles_claim_step", args=[claim.pk, key]))
        client.get(pages.page_of(claim), {"_step": key})
    assert (Change.objects.count(), Claim.objects.get().stage) == (before, "approved")


def test_posted_columns_that_are_not_in_the_form_have_no_effect(people):
    claim = newsroom.in_stage("checking", people)
    client = pages.signed_in(people.reporter)
    response = pages.save(
        client,
        pages.page_of(claim),
        stage="published",
        status="published",
        version="99",
        slug="mine",
        created_by=people.editor.pk,
        approved_by=people.reporter.pk,
        why_chosen="It matters.",
    )
    assert response.status_code == 302
    after = Claim.objects.get()
    assert (after.stage, after.slug, after.created_by_id) == ("checking", claim.slug, people.reporter.pk)
    assert after.why_chosen == "It matters."


STEP_IN = {
    "submit": "checking",
    "approve": "review",
    "send_back": "review",
    "publish": "approved",
    "recheck": "published",
}


@pytest.mark.parametrize("step", list(STEP_IN))
@pytest.mark.parametrize("who", ["viewer", "reporter", "colleague", "checker", "editor"])
def test_who_may_take_which_step(people, who, step):
    people.viewer = User.objects.create_user("viewer", password="x", is_staff=True)
    people.viewer.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    may = {
        "submit": {"reporter", "colleague", "checker", "editor"},
        "approve": {"checker", "editor"},
        "send_back": {"checker", "editor"},
        "publish": {"editor"},
        "recheck": {"checker", "editor"},
    }
    claim = newsroom.in_stage(STEP_IN[step], people)
    client = pages.signed_in(getattr(people, who))
    page = client.get(pages.page_of(claim))
    if who not in may[step]:
        groups = ", ".join(groups_with(workflow.get(step).permission))
        assert f"permission to do this. Groups that have it: {groups}." in pages.text_of(page)
    address = pages.address_of_step(claim, step)
    data = {"comment": "A word.", **pages.form_of(client.get(address))} if who in may[step] else {}
    data |= {"step": step, "_version": versions.sign(claim), "comment": "A word."}
    response = client.post(address, data)
    claim.refresh_from_db()
    assert (claim.stage == workflow.get(step).target) is (who in may[step]), (who, step)
    assert response.status_code == (302 if who in may[step] else 403)


def test_view_only_cannot_post_the_page(people):
    viewer = User.objects.create_user("viewer", password="x", is_staff=True)
    viewer.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    claim, client = newsroom.in_stage("checking", people), pages.signed_in(viewer)
    assert client.post(pages.page_of(claim), {"_step": "submit"}).status_code == 403
    assert Claim.objects.get().stage == "checking"


def test_refused_step_keeps_what_was_typed_and_saves_nothing(people):
    claim = newsroom.draft(people.reporter)
    claim = newsroom.take(claim, "start", people.reporter)
    response = pages.press(pages.signed_in(people.reporter), claim, "submit", text="The bridge cost 13 million")
    assert "There is no verdict yet" in pages.errors(response)
    assert pages.form_of(response)["text"] == "The bridge cost 13 million"
    assert Claim.objects.get().text == claim.text


def test_no_delete_anywhere(people):
    claim = newsroom.draft(people.reporter)
    client = pages.signed_in(people.administrator)
    address = reverse("admin:articles_claim_delete", args=[claim.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(reverse("admin:articles_claim_changelist")).content.decode()


@pytest.mark.parametrize(
    "lookup", ["why_chosen__startswith=a", "created_by__password__startswith=p", "assignee__password__startswith=p"]
)
def test_hidden_columns_cannot_be_asked_for(people, lookup):
    newsroom.draft(people.reporter, why_chosen="b")
    page = pages.signed_in(people.reporter).get(reverse("admin:articles_claim_changelist") + "?" + lookup)
    assert len(page.context["rows"]) == 1, "what is no filter narrows nothing"
    assert "Ignored: " + lookup.split("=")[0][:40] in pages.text_of(page)


def test_whoever_wrote_a_claim_reads_why_it_came_back(people):
    claim = newsroom.in_stage("review", people)
    claims.edit(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, assignee=people.reporter)
    claim = newsroom.take(Claim.objects.get(pk=claim.pk), "send_back", people.checker, comment="Where in the minutes?")
    client, front = pages.signed_in(people.reporter), reverse("admin:index")
    said = f"Sent back by {people.checker.display_name()}: Where in the minutes?"
    assert said in pages.text_of(client.get(pages.page_of(claim)))
    assert "Checker Test sent back" in pages.text_of(client.get(front))
    assert "“Where in the minutes?”" in pages.text_of(client.get(front))
    claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, origin="A speech")
    assert said in pages.text_of(client.get(pages.page_of(claim))), "an edit does not answer it"
    claim = newsroom.take(Claim.objects.get(pk=claim.pk), "submit", people.reporter)
    assert said not in pages.text_of(client.get(pages.page_of(claim)))
    claim = newsroom.take(claim, "send_back", people.checker, comment="And in which year?")
    assert "And in which year?" in pages.text_of(client.get(front))


def test_what_was_never_published_offers_no_retraction(people):
    client = pages.signed_in(people.editor)
    for stage in ("checking", "review", "approved"):
        assert b'value="retract"' not in client.get(pages.page_of(newsroom.in_stage(stage, people))).content
    claim = newsroom.take(newsroom.published(people), "recheck", people.editor)
    assert b'value="retract"' in client.get(pages.page_of(claim)).content
