"""Parts of the claim's page: conditions of what is typed, the work panel beside a text, the claims beside it."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Change, Claim, Rating, UnsavedForm
from articles.services.claims import claims
from tests import newsroom
from tests.desk.pages import form_of, page_of, signed_in, text_of

pytestmark = pytest.mark.django_db


def at(claim: Claim, name: str) -> str:
    return reverse(f"admin:articles_claim_{name}", args=[claim.pk])


def rating(key: str) -> str:
    return str(Rating.objects.current().get(key=key).pk)


def in_checking(people: SimpleNamespace) -> Claim:
    return newsroom.take(newsroom.draft(people.reporter), "start", people.reporter)


def panel(client: Client, claim: Claim, **typed: Any) -> Any:
    """Post the panel as it is drawn, with other values."""
    return client.post(at(claim, "panel"), form_of(client.get(at(claim, "panel"))) | typed)


@pytest.mark.parametrize(
    ("typed", "is_ready"),
    [
        ({"rating": "", "summary": ""}, False),
        ({"rating": "", "summary": "Seen."}, False),
        ({"rating": "true", "summary": ""}, False),
        ({"rating": "true", "summary": "Seen."}, True),
    ],
)
def test_a_step_can_be_taken_as_soon_as_the_typed_content_suffices(
    people: SimpleNamespace, typed: dict[str, str], is_ready: bool
) -> None:
    claim = newsroom.complete(people.reporter)
    client = signed_in(people.reporter)
    data = form_of(client.get(page_of(claim))) | typed
    if typed["rating"]:
        data["rating"] = rating(typed["rating"])
    before = Change.objects.count()
    foot = client.post(at(claim, "conditions"), data).content.decode()
    button = foot[foot.index('value="submit"') :]
    assert ("disabled" not in button[: button.index("</button>")]) is is_ready
    assert (Change.objects.count(), claim.verdicts.count()) == (before, 1)


def test_conditions_count_typed_evidence_claimant_and_passages(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    client = signed_in(people.checker)
    data = form_of(client.get(page_of(claim)))
    whole = text_of(client.post(at(claim, "conditions"), data))
    assert "Nothing is missing" in whole
    lacking = data | {"evidence-0-DELETE": "on", "evidence-1-quote": "", "evidence-1-locator": ""}
    del lacking["is_unattributed"]
    found = client.post(at(claim, "conditions"), lacking).content.decode()
    assert "A piece of evidence needs a page or a quotation" in found
    assert "A second source, or why one is enough" in found
    assert 'data-open="id_claimant"' in found
    assert "You cannot approve this: you edited what is being approved." in found


def test_the_panel_saves_the_verdict_and_nothing_else(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("checking", people)
    client = signed_in(people.reporter)
    explained = form_of(client.get(page_of(claim))) | {"explanation_html": "<p>So it is.</p>"}
    client.post(page_of(claim), explained)
    claim.refresh_from_db()
    answer = panel(client, claim, rating=rating("false"), summary="It cost more.", _step="submit")
    assert answer.status_code == 200
    assert "Submit for review: done" in answer.content.decode()
    after = Claim.objects.get()
    verdict = after.verdicts.order_by("-id")[0]
    assert (after.stage, verdict.rating.key, verdict.summary) == ("review", "false", "It cost more.")
    assert verdict.explanation_html == "<p>So it is.</p>"
    assert (after.text, after.topics, after.evidence.count()) == (claim.text, claim.topics, claim.evidence.count())


def test_the_panel_says_what_is_wrong_and_keeps_what_was_typed(people: SimpleNamespace) -> None:
    claim = in_checking(people)
    client = signed_in(people.reporter)
    answer = panel(client, claim, summary="A summary alone")
    assert answer.status_code == 422
    assert "Choose a rating" in text_of(answer)
    assert form_of(answer)["summary"] == "A summary alone"
    stale = form_of(client.get(at(claim, "panel"))) | {"rating": rating("true"), "summary": "Mine"}
    claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=claim.version, text="Their words")
    refused = client.post(at(claim, "panel"), stale)
    assert refused.status_code == 409
    assert "Somebody else changed this claim first" in text_of(refused)
    assert form_of(refused)["summary"] == "Mine"
    assert not claim.verdicts.exists()


def test_the_panel_leads_to_the_page_of_a_step_that_needs_words(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    answer = panel(signed_in(people.checker), claim, _step="send_back")
    assert answer.json()["go"] == reverse("admin:articles_claim_step", args=[claim.pk, "send_back"])


def test_the_panel_restores_its_own_unsaved_fields_alone(people: SimpleNamespace) -> None:
    claim = in_checking(people)
    client = signed_in(people.reporter)
    drawn = form_of(client.get(at(claim, "panel")))
    sent = {name: drawn[name] for name in ("_version", "_writer", "_replaces")} | {"_user": people.reporter.pk}

    def keep(**fields: Any) -> None:
        answer = client.put(at(claim, "unsaved"), json.dumps(sent | fields), content_type="application/json")
        assert answer.status_code == 200

    keep(summary="Half a summ")
    assert form_of(client.get(at(claim, "panel")))["summary"] == "Half a summ"
    keep(summary="Half a summ", text="Other words")
    again = client.get(at(claim, "panel"))
    assert form_of(again)["summary"] == ""
    assert "You have unsaved changes on the claim's page" in text_of(again)
    panel(client, claim, rating=rating("true"), summary="Whole")
    assert UnsavedForm.objects.get().fields["text"] == ["Other words"]


def test_the_claims_beside_it_in_the_text_are_named(people: SimpleNamespace) -> None:
    text = newsroom.article(people.reporter).current_version()
    made = []
    for quote in ("The mayor of Lindholm", newsroom.QUOTE):
        claim = newsroom.draft(people.reporter, text=quote)
        given: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
        made.append(claims.mark(claim=claim, article_version=text, exact=quote, **given).claim)
    client = signed_in(people.reporter)
    first, second = made
    assert client.get(at(first, "neighbours")).json() == {"previous": "", "next": page_of(second)}
    assert client.get(at(second, "neighbours")).json() == {"previous": page_of(first), "next": ""}
    alone = newsroom.draft(people.reporter)
    assert client.get(at(alone, "neighbours")).json() == {"previous": "", "next": ""}
