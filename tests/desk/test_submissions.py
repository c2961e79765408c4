"""The queue of what was sent in, as the people of the desk use it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Change, Claim, Submission
from articles.services import submissions
from articles.services.submissions import Sender
from partners.models import Partner
from tests import newsroom
from tests.desk.pages import errors, form_of, page_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(db: None) -> Submission:
    partner = Partner.objects.create(name="Morning Post", contact_email="desk@post.example")
    columns = {"text": "The bridge of Lindholm cost 12 million", "language": "en", "claimant_name": "Ada Berg"}
    columns |= {"appearance_url": "https://herald.example/1", "appearance_title": "<b>A bridge</b>"}
    row, _ = submissions.receive(sender=Sender(partner), payload={"claim": "x"}, at=newsroom.AT, **columns)
    return row


def decide(user: Any, row: Submission, how: str, **words: str) -> Any:
    client, address = signed_in(user), reverse("admin:articles_submission_decide", args=[row.pk, how])
    shown = client.get(address)
    return shown if shown.status_code != 200 else client.post(address, form_of(shown) | words, follow=True)


def test_the_list_and_the_page_show_what_came_and_from_whom(people: SimpleNamespace, sent: Submission) -> None:
    claim = newsroom.draft(people.reporter, text="The bridge of Lindholm cost 11 million")
    client = signed_in(people.reporter)
    listed = text_of(client.get(reverse("admin:articles_submission_changelist") + "?state__exact=received"))
    assert "Morning Post" in listed
    assert sent.text in listed
    shown = text_of(client.get(page_of(sent)))
    assert "<b>A bridge</b>" in shown, "shown as text"
    assert "You do not have permission to decide." in shown
    assert claim.text in shown, "a claim that looks like it"
    assert "Duplicate of this" in text_of(signed_in(people.checker).get(page_of(sent)))


def test_the_menu_counts_what_waits(people: SimpleNamespace, sent: Submission) -> None:
    from desk.submissions.admin import badge

    assert badge(SimpleNamespace(user=people.checker)) == "1"  # type: ignore[arg-type]
    submissions.decline(submission=sent, by=people.checker, at=newsroom.AT, note="An opinion.")
    assert badge(SimpleNamespace(user=people.checker)) == ""  # type: ignore[arg-type]


def test_accepting_makes_a_draft_in_the_decider_s_name(people: SimpleNamespace, sent: Submission) -> None:
    answer = decide(people.checker, sent, "accept", text="The bridge cost 12 million crowns")
    claim = Claim.objects.get()
    assert (claim.text, claim.stage, claim.created_by) == (
        "The bridge cost 12 million crowns",
        "draft",
        people.checker,
    )
    assert "Accepted" in text_of(answer)
    surfaces = set(Change.objects.filter(actor=people.checker).values_list("surface", flat=True))
    assert surfaces == {"admin"}


def test_declining_needs_a_reason(people: SimpleNamespace, sent: Submission) -> None:
    assert "required" in text_of(decide(people.checker, sent, "decline", note=" "))
    assert Submission.objects.get().state == "received"
    decide(people.editor, sent, "decline", note="It is an opinion.")
    row = Submission.objects.get()
    assert (row.state, row.decision_note, row.decided_by) == ("declined", "It is an opinion.", people.editor)


@pytest.mark.parametrize(
    "form", ["{0.pk}", "{0.slug}", "http://x.example/claims/{0.slug}/", "/admin/c/{0.pk}/change/?a=b"]
)
def test_a_duplicate_is_named_by_any_of_its_addresses(people: SimpleNamespace, sent: Submission, form: str) -> None:
    claim = newsroom.draft(people.reporter)
    assert "no such claim" in text_of(decide(people.checker, sent, "duplicate", claim="nothing"))
    decide(people.checker, sent, "duplicate", claim=form.format(claim))
    assert (Submission.objects.get().state, Submission.objects.get().claim) == ("duplicate", claim)


def test_what_the_service_refuses_is_said_beside_the_field(people: SimpleNamespace, sent: Submission) -> None:
    answer = decide(people.checker, sent, "accept", language="English")
    assert "language tag" in errors(answer) + text_of(answer)
    assert not Claim.objects.exists()


def test_who_may_not_decide_is_turned_away_and_a_second_decision_counts_nothing(
    people: SimpleNamespace, sent: Submission
) -> None:
    assert decide(people.reporter, sent, "accept").status_code == 403
    assert decide(people.checker, sent, "nonsense").status_code == 404
    decide(people.checker, sent, "accept")
    assert "Nothing was done" in text_of(decide(people.editor, sent, "decline", note="No."))
    assert Submission.objects.get().state == "accepted"
    assert signed_in(people.checker).get(page_of(sent)).status_code == 200
