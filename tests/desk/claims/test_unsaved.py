"""Unsaved changes on the claim's page: kept on the server for one person, restored beside what colleagues saved."""

import json
import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Change, Claim, UnsavedForm
from articles.services.claims import claims
from articles.services.collaboration import unsaved
from articles.services.evidence import evidence
from articles.services.verification import transitions
from jobs import work
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


def send(client: Client, claim: Claim, user: User, *, method: str = "put", **fields: Any) -> Any:
    """What the page's script sends, from the page as it is drawn now unless ``page`` is an earlier one."""
    page = fields.pop("page", None) or pages.form_of(client.get(pages.page_of(claim)))
    names = {"_version": page["_version"], "_writer": page["_writer"], "_replaces": page["_replaces"], "_user": user.pk}
    address = reverse("admin:articles_claim_unsaved", args=[claim.pk])
    body = json.dumps(names | {name.replace("__", "-"): value for name, value in fields.items()})
    return getattr(client, method)(address, body, content_type="application/json")


def restored(client: Client, claim: Claim) -> Any:
    return client.get(pages.page_of(claim) + "?unsaved=restore")


def test_what_is_typed_is_offered_restored_saved_and_forgotten(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = pages.signed_in(people.reporter)
    row = claim.evidence.first()
    assert row is not None
    typed = {
        "text": ["My words"],
        "explanation_html": ["<p>It is <strong>so</strong>.</p>"],
        "evidence-0-id": [str(row.pk)],
        "evidence-0-note": ["My note"],
        "evidence-2-id": [""],
        "evidence-2-source": [str(newsroom.source(people.reporter).pk)],
        "evidence-2-stance": ["supports"],
        "evidence-2-locator": ["page 3"],
    }
    before = Change.objects.count()
    assert send(client, claim, people.reporter, **typed).status_code == 200
    offered = client.get(pages.page_of(claim))
    assert "You have unsaved changes from" in pages.text_of(offered)
    assert pages.form_of(offered)["text"] == claim.text
    assert (Change.objects.count(), Claim.objects.get().version) == (before, claim.version)

    form = pages.form_of(restored(client, claim))
    assert (form["text"], form["explanation_html"]) == ("My words", "<p>It is <strong>so</strong>.</p>")
    assert (form["evidence-0-note"], form["evidence-2-locator"]) == ("My note", "page 3")
    assert form["language"] == claim.language
    form["rating"] = pages.form_of(offered)["rating"]
    form["explanation_html"] = ""
    assert client.post(pages.page_of(claim), form).status_code == 302
    after = Claim.objects.get()
    assert (after.text, after.evidence.count()) == ("My words", 3)
    assert not UnsavedForm.objects.exists()


def test_restoring_leaves_colleagues_changes_and_shows_them(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = pages.signed_in(people.reporter)
    send(client, claim, people.reporter, text="My words")
    by: dict[str, Any] = {"by": people.colleague, "at": newsroom.AT}
    claim = claims.edit(
        claim=claim, version=claim.version, text="Their words", why_chosen="Their reason", origin="Their origin", **by
    )
    added = evidence.add(
        claim=claim,
        source=newsroom.source(people.colleague),
        stance="refutes",
        locator="page 77",
        version=claim.version,
        **by,
    )
    said = pages.text_of(client.get(pages.page_of(claim)))
    assert "Since then others changed:" in said
    assert "(Colleague Test)" in said
    page = restored(client, claim)
    form, shown = pages.form_of(page), pages.text_of(page)
    assert (form["text"], form["why_chosen"], form["origin"]) == ("My words", "Their reason", "Their origin")
    assert "page 77" in form.values()
    for words in ("Somebody else saved first", "Their words", "My words"):
        assert words in shown
    client.post(pages.page_of(claim), form)
    after = Claim.objects.get()
    assert (after.text, after.why_chosen, after.origin) == ("My words", "Their reason", "Their origin")
    assert after.version > added.claim.version


def test_a_row_that_a_colleague_removed_comes_back_as_a_new_one(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client, gone = pages.signed_in(people.reporter), claim.evidence.first()
    assert gone is not None
    send(client, claim, people.reporter, evidence__0__id=str(gone.pk), evidence__0__note="My note")
    evidence.remove(evidence=gone, by=people.colleague, at=newsroom.AT, version=claim.version)
    form = pages.form_of(restored(client, claim))
    assert form["evidence-TOTAL_FORMS"] == "2"
    assert (form["evidence-1-note"], form["evidence-1-id"]) == ("My note", "")


def test_a_tick_and_a_deleted_row_are_restored_both_ways(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, is_unattributed=True)
    client = pages.signed_in(people.reporter)
    send(client, claim, people.reporter, is_unattributed=[])
    assert "is_unattributed" not in pages.form_of(restored(client, claim))
    claim = newsroom.in_stage("checking", people)
    row = claim.evidence.first()
    assert row is not None
    send(client, claim, people.reporter, evidence__0__id=str(row.pk), evidence__0__DELETE=["on"])
    page = restored(client, claim)
    assert pages.form_of(page)["evidence-0-DELETE"] == "on"
    assert "evidence-0-DELETE" in page.context["unsaved_settings"]["typed"]


def test_what_has_no_field_any_more_can_be_copied(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = pages.signed_in(people.reporter)
    send(client, claim, people.reporter, text="My words", summary="My summary", why_chosen="My reason")
    drop: dict[str, Any] = {"transition": "drop", "by": people.editor, "comment": "No."}
    transitions.apply_transition(claim=claim, version=claim.version, **drop)
    page = restored(client, claim)
    said = pages.text_of(page)
    assert "cannot be changed in the stage the claim is in now" in said
    assert "My words" in said
    assert "My summary" in said
    assert pages.form_of(page)["why_chosen"] == "My reason"


def test_nobody_else_reads_or_deletes_it(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    client = pages.signed_in(people.reporter)
    send(client, claim, people.reporter, text="A secret thought")
    kept = UnsavedForm.objects.get()
    for other in (people.colleague, people.checker, people.editor):
        theirs = pages.signed_in(other)
        for address in (pages.page_of(claim), pages.page_of(claim) + "?unsaved=restore"):
            assert "A secret thought" not in theirs.get(address).content.decode()
        body = {"_writer": str(kept.writer), "_user": other.pk}
        address = reverse("admin:articles_claim_unsaved", args=[claim.pk])
        assert theirs.delete(address, json.dumps(body), content_type="application/json").json() == {"discarded": False}
        assert theirs.get(address).json()["writer"] == ""
    assert UnsavedForm.objects.get().fields == {"text": ["A secret thought"]}


def test_who_may_not_change_claims_keeps_nothing(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    page = pages.form_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    address = reverse("admin:articles_claim_unsaved", args=[claim.pk])
    assert Client().put(address, "{}", content_type="application/json").status_code == 302
    people.editor.groups.clear()
    people.editor.user_permissions.set([])
    refused = send(pages.signed_in(people.editor), claim, people.editor, page=page, text="x")
    assert refused.status_code in (302, 403)
    somebody_else = send(pages.signed_in(people.colleague), claim, people.reporter, page=page, text="x")
    assert (somebody_else.status_code, somebody_else.json()["code"]) == (403, "not_allowed")
    assert "You are now signed in as" in somebody_else.json()["detail"]
    assert not UnsavedForm.objects.exists()


def test_it_needs_the_csrf_token(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    page = pages.form_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.reporter)
    assert send(client, claim, people.reporter, page=page, text="x").status_code == 403
    assert not UnsavedForm.objects.exists()


def test_another_tab_does_not_replace_it_unless_it_restored_it(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    client = pages.signed_in(people.reporter)
    first, second = (pages.form_of(client.get(pages.page_of(claim))) for _ in range(2))
    assert send(client, claim, people.reporter, page=first, text="First").status_code == 200
    assert send(client, claim, people.reporter, page=first, text="First!").status_code == 200
    refused = send(client, claim, people.reporter, page=second, text="Second")
    assert (refused.status_code, refused.json()["code"]) == (409, "other_unsaved")
    assert UnsavedForm.objects.get().fields == {"text": ["First!"]}
    # Saving in the second tab keeps what the first one has not saved.
    client.post(pages.page_of(claim), second | {"why_chosen": "Because"})
    assert UnsavedForm.objects.get().fields == {"text": ["First!"]}
    taken = pages.form_of(restored(client, claim))
    assert send(client, claim, people.reporter, page=taken, text="Third").status_code == 200
    assert send(client, claim, people.reporter, page=first, text="Late").status_code == 409
    assert UnsavedForm.objects.get().fields == {"text": ["Third"]}


def test_a_refused_save_keeps_it_without_a_notice(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    client = pages.signed_in(people.reporter)
    page = pages.form_of(client.get(pages.page_of(claim)))
    send(client, claim, people.reporter, page=page, summary="Only a summary")
    refused = client.post(pages.page_of(claim), page | {"summary": "Only a summary"})
    assert "Choose a rating" in pages.errors(refused)
    assert "You have unsaved changes from" not in pages.text_of(refused)
    assert refused.context["unsaved_settings"]["typed"] == ["summary"]
    assert pages.form_of(refused)["_writer"] == page["_writer"]
    assert UnsavedForm.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[]", 400),
        ("{", 400),
        ({"_version": "forged"}, 400),
        ({"_writer": "nobody"}, 400),
        ({"text": {"a": 1}}, 400),
        ({"text": "a\x00b"}, 200),
        ({"text": "x" * unsaved.MAX_BYTES}, 422),
        ({"text": "x" * 20_000}, 200),
    ],
)
def test_bad_input_is_refused_in_words(people: SimpleNamespace, body: Any, status: int) -> None:
    claim = newsroom.draft(people.reporter)
    client = pages.signed_in(people.reporter)
    if isinstance(body, str):
        address = reverse("admin:articles_claim_unsaved", args=[claim.pk])
        answer = client.put(address, body, content_type="application/json")
    else:
        answer = send(client, claim, people.reporter, **body)
    assert answer.status_code == status
    assert UnsavedForm.objects.exists() == (status == 200)
    assert status == 200 or answer.json()["detail"]


def test_odd_kept_fields_break_no_page(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = pages.signed_in(people.reporter)
    odd = {"evidence-9999-note": "a", "evidence-0-id": "none", "evidence-0-source": "no", "nothing-1-x": "b"}
    odd |= {"claimant": ["1", "2"], "assignee": "-", "claimed_on": "31 June", "stray": "c", "topics": [None]}
    assert send(client, claim, people.reporter, **odd).status_code == 200
    page = restored(client, claim)
    assert page.status_code == 200
    assert pages.form_of(page)["claimed_on"] == "31 June"


def test_old_ones_are_pruned(people: SimpleNamespace) -> None:
    claim, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    given: dict[str, Any] = {"by": people.reporter, "version": 1, "writer": uuid.uuid4(), "fields": {"text": ["x"]}}
    unsaved.keep(claim=claim, at=timezone.now() - timedelta(days=31), **given)
    unsaved.keep(claim=other, at=timezone.now() - timedelta(days=29), **given)
    assert work.prune_unsaved() == "1 unsaved forms"
    assert UnsavedForm.objects.get().claim == other
