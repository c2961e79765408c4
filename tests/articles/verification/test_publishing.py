"""Publishing, updating, correcting, retracting: one record each, and what is approved is what is published."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.models import Claim, Record
from articles.selectors.claims import progress, timeline
from articles.selectors.log import log_verification
from articles.selectors.readers import published
from articles.services import errors
from articles.services.claims import claims
from articles.services.evidence import captures, evidence
from articles.services.library import sources
from articles.services.verification import transitions, verdicts
from articles.services.verification.publishing import Correction
from lib import refusals
from lib.transparency import canonical_json
from tests import newsroom

pytestmark = pytest.mark.django_db

CONTRACT_KEYS = {
    "schema", "seq", "kind", "revision", "claim", "appearances", "verdict", "evidence", "replies", "relations",
    "corrections", "first_published_at", "published_at",
}  # fmt: skip


def recheck(claim: Claim, people: SimpleNamespace, *, rating: str, summary: str = "Looked at again.") -> Claim:
    claim = newsroom.take(claim, "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter, rating=rating, summary=summary)
    claim = newsroom.take(claim, "submit", people.reporter)
    return newsroom.take(claim, "approve", people.checker)


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "approved", "dropped"])
def test_readers_see_nothing_before_publication(stage: str, people: SimpleNamespace) -> None:
    newsroom.in_stage(stage, people)
    assert published.claims().rows == []
    assert Record.objects.count() == 0


def test_a_record_holds_what_the_contract_names(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    row = newsroom.record_of(claim)
    document = row.document()
    assert document.keys() >= CONTRACT_KEYS
    assert (document["schema"], document["seq"], document["kind"], document["revision"]) == (
        "factcheck.record/1",
        1,
        "published",
        1,
    )
    assert document["claim"]["url"].endswith(f"/claims/{claim.slug}/")
    assert document["appearances"][0]["quote"]["exact"] == newsroom.QUOTE
    assert document["verdict"]["rating"]["key"] == "true"
    assert {e["stance"] for e in document["evidence"]} == {"supports", "context"}
    assert canonical_json.canonical(document) == bytes(row.body)


def test_readers_see_the_last_record_while_a_claim_is_rechecked(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    before = bytes(newsroom.record_of(claim).body)
    claim = recheck(claim, people, rating="true", summary="DRAFT OF REVISION TWO")
    assert bytes(published.claim(slug=claim.slug).record.body) == before
    newsroom.take(claim, "publish", people.editor, at=newsroom.AT + timedelta(days=9))
    current = published.claim(slug=claim.slug)
    assert (current.revision, current.rating_key, current.record.kind) == (2, "true", "updated")
    assert current.record.document()["first_published_at"] == "2026-03-02T09:30:00Z"


def test_a_correction_names_its_severity_and_note(people: SimpleNamespace) -> None:
    claim = recheck(newsroom.published(people), people, rating="false")
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "We had the wrong bridge."))
    document = published.claim(slug=claim.slug).record.document()
    assert document["kind"] == "corrected"
    assert document["corrections"] == [
        {"at": "2026-03-02T09:30:00Z", "severity": "verdict", "note": "We had the wrong bridge."}
    ]


def test_a_changed_rating_is_not_published_as_an_update(people: SimpleNamespace) -> None:
    claim = recheck(newsroom.published(people), people, rating="outdated")
    [step] = [s for s in progress.steps(claim, asker=people.editor) if s.transition.key == "publish"]
    assert step.needs_correction
    with pytest.raises(ValidationError) as refused:
        newsroom.take(claim, "publish", people.editor)
    assert set(refused.value.message_dict) == {"severity", "note"}
    assert (Record.objects.count(), Claim.objects.get(pk=claim.pk).stage) == (1, "approved")
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "The bridge was replaced."))
    assert newsroom.record_of(claim).kind == "corrected"


def test_an_unchanged_rating_needs_no_correction(people: SimpleNamespace) -> None:
    first = newsroom.in_stage("approved", people)
    again = recheck(newsroom.published(people), people, rating="true")
    for claim in (first, again):
        steps = progress.steps(claim, asker=people.editor)
        assert [s.needs_correction for s in steps if s.transition.key == "publish"] == [False]


@pytest.mark.parametrize(
    ("rating", "correction", "field"),
    [
        ("false", Correction("minor", "A typo."), "severity"),
        ("true", Correction("verdict", "New verdict."), "severity"),
        ("true", Correction("minor", "  "), "note"),
        ("true", Correction("huge", "Something."), "severity"),
        ("true", Correction("minor", "NUL \x00 here"), "note"),
    ],
)
def test_a_correction_without_a_change_or_without_a_note_is_refused(
    rating: str, correction: Correction, field: str, people: SimpleNamespace
) -> None:
    claim = recheck(newsroom.published(people), people, rating=rating)
    with pytest.raises(ValidationError) as refused:
        newsroom.take(claim, "publish", people.editor, correction=correction)
    assert field in refused.value.message_dict
    assert (Record.objects.count(), Claim.objects.get(pk=claim.pk).stage) == (1, "approved")


def test_a_retraction_keeps_the_statement_and_the_note_and_no_verdict(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("retracted", people)
    document = published.claim(slug=claim.slug).record.document()
    assert (document["kind"], document["verdict"], document["evidence"]) == ("retracted", None, [])
    assert document["claim"]["text"] == claim.text
    assert document["retraction"]["note"] == "We misread the source."
    assert document.keys() >= CONTRACT_KEYS


def test_a_retracted_claim_can_be_checked_and_published_again(people: SimpleNamespace) -> None:
    claim = recheck(newsroom.in_stage("retracted", people), people, rating="mostly_true")
    newsroom.take(claim, "publish", people.editor)
    current = published.claim(slug=claim.slug)
    assert (current.revision, current.is_retracted, current.rating_key) == (3, False, "mostly_true")


class TestSecondPerson:
    def refused(self, claim: Claim, by: object) -> str:
        with pytest.raises(errors.GuardsUnmetError) as refused:
            newsroom.take(claim, "approve", by)  # type: ignore[arg-type]
        assert [item.key for item in refused.value.unmet] == ["second_person"]
        assert Claim.objects.get(pk=claim.pk).stage == claim.stage
        return str(refused.value)

    def test_the_author_of_the_claim_cannot_approve_it(self, people: SimpleNamespace) -> None:
        claim = newsroom.take(newsroom.complete(people.checker), "submit", people.checker)
        assert "wrote the claim" in self.refused(claim, people.checker)

    def test_the_author_of_the_verdict_cannot_approve_the_claim(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("review", people)
        claim = newsroom.propose(claim, people.checker, rating="false")
        assert "proposed the verdict" in self.refused(claim, people.checker)
        assert newsroom.take(claim, "approve", people.second_checker).stage == "approved"

    def test_somebody_who_edited_the_claims_content_cannot_approve_it(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("review", people)
        claim = claims.edit(claim=claim, by=people.checker, at=newsroom.AT, version=claim.version, text="Another text")
        assert "edited what is being approved" in self.refused(claim, people.checker)

    def test_somebody_who_edited_a_cited_source_cannot_approve_the_claim(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("review", people)
        source = claim.evidence.first().source
        sources.edit_source(source=source, by=people.checker, version=source.version, title="Another title")
        claim.refresh_from_db()
        assert "edited" in self.refused(claim, people.checker)

    def test_an_edit_after_approval_needs_a_new_approval(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("approved", people)
        claim = claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=claim.version, text="After all")
        with pytest.raises(errors.GuardsUnmetError) as refused:
            newsroom.take(claim, "publish", people.editor)
        assert [item.key for item in refused.value.unmet] == ["approval_fresh"]
        claim = newsroom.take(claim, "approve", people.second_checker)
        assert newsroom.take(claim, "publish", people.editor).stage == "published"

    def test_assigning_a_claim_does_not_count_as_editing_it(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("review", people)
        claim = claims.edit(
            claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, assignee=people.checker
        )
        assert newsroom.take(claim, "approve", people.editor).stage == "approved"

    def test_edits_before_the_last_publication_do_not_prevent_approving(self, people: SimpleNamespace) -> None:
        claim = newsroom.in_stage("review", people)
        claim = claims.edit(claim=claim, by=people.second_checker, at=newsroom.AT, version=claim.version, text="Edited")
        claim = newsroom.take(claim, "approve", people.checker)
        claim = newsroom.take(claim, "publish", people.editor)
        claim = newsroom.take(claim, "recheck", people.checker)
        claim = newsroom.propose(claim, people.reporter, rating="outdated")
        claim = newsroom.take(claim, "submit", people.reporter)
        assert newsroom.take(claim, "approve", people.second_checker).stage == "approved"


@pytest.mark.parametrize("stage", ["published", "retracted", "dropped"])
def test_the_content_of_a_published_claim_cannot_be_edited_in_place(stage: str, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage(stage, people)
    with pytest.raises(errors.WrongStageError):
        claims.edit(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, text="Silently changed")
    with pytest.raises(errors.WrongStageError):
        newsroom.propose(claim, people.editor, rating="false")


@pytest.mark.parametrize("nothing", ["", " \n", "\u200b", "\u2060\u00ad", "\u3164"], ids=ascii)
def test_a_comment_of_invisible_characters_counts_as_empty(nothing: str, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    with pytest.raises(ValidationError):
        newsroom.take(claim, "retract", people.editor, comment=nothing)
    with pytest.raises(ValidationError):
        claims.create(by=people.reporter, at=newsroom.AT, text=nothing, language="en", is_unattributed=True)


@pytest.mark.parametrize("address", ["https://bank.example@evil.example/", "https://user:word@city.example/1"])
def test_a_source_url_with_a_user_name_is_refused(address: str, people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="user name"):
        newsroom.source(people.reporter, url=address)


def test_line_breaks_in_a_name_become_blanks(people: SimpleNamespace) -> None:
    assert newsroom.source(people.reporter, title="Minutes\nno. 4\x0b").title == "Minutes no. 4"


def test_a_stale_change_is_refused_with_the_change_that_came_first(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="First words")
    claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=1, text="Their words")
    with pytest.raises(refusals.StaleError) as refused:
        claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=1, text="My words")
    assert refused.value.current == 2
    [entry] = timeline.since(claim, version=1)
    [line] = entry.happenings[0].lines
    assert (line.field, line.before, line.after) == ("text", "First words", "Their words")
    assert entry.happenings[0].change.actor == people.colleague


def test_a_confidential_source_is_public_by_its_description_alone(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    hidden = newsroom.source(
        people.reporter, title="SECRET NAME", is_confidential=True, public_description="An official who saw the file"
    )
    claim = evidence.add(
        claim=claim, source=hidden, stance="supports", locator="talk", by=people.reporter, at=newsroom.AT,
        version=claim.version,
    ).claim  # fmt: skip
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    body = bytes(newsroom.record_of(claim).body)
    assert b"SECRET NAME" not in body
    assert hidden.url.encode() not in body
    assert str(hidden.pk).encode() not in body
    assert {"confidential": True, "description": "An official who saw the file"} in [
        e["source"] for e in newsroom.record_of(claim).document()["evidence"]
    ]


def test_scripts_are_removed_from_an_explanation(people: SimpleNamespace) -> None:
    dirty = '<p onclick="x()">Plain <script>alert(1)</script><a href="javascript:y()">link</a></p>'
    assert verdicts.sanitize('<a href="//evil.example/x">a</a>') == '<a rel="nofollow noopener">a</a>'
    assert verdicts.sanitize(dirty) == '<p>Plain <a rel="nofollow noopener">link</a></p>'


@pytest.mark.parametrize("bad", ["NUL \x00", "half \ud83d"])
@pytest.mark.parametrize("field", ["text", "origin", "why_chosen", "single_source_reason"])
def test_unstorable_characters_are_refused_beside_the_field(bad: str, field: str, people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    with pytest.raises(ValidationError) as refused:
        claims.edit(claim=claim, by=people.reporter, at=newsroom.AT, version=1, **{field: bad})
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("quote", "error"),
    [
        ("not in the text at all", claims.QuoteNotFoundError),
        (" she said", claims.QuoteNotFoundError),
        ("said", claims.QuoteAmbiguousError),
        ("", ValidationError),
    ],
)
def test_a_quote_must_stand_in_the_text_once(quote: str, error: type[Exception], people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    version = newsroom.article(people.reporter, body="He said it. She said it too. The end.").current_version()
    with pytest.raises(error):
        claims.mark(
            claim=claim, article_version=version, exact=quote, by=people.reporter, at=newsroom.AT, version=claim.version
        )
    assert Claim.objects.get(pk=claim.pk).version == 1


def test_positions_are_code_points(people: SimpleNamespace) -> None:
    body = "🌉🌉 Café עברית: the bridge is 90 m long.\n"
    version = newsroom.article(people.reporter, body=body).current_version()
    claim = newsroom.draft(people.reporter)
    mark = claims.mark(
        claim=claim, article_version=version, exact="bridge is 90 m", by=people.reporter, at=newsroom.AT, version=1
    )
    assert version.body[mark.start : mark.end] == "bridge is 90 m"
    assert (mark.prefix, mark.suffix) == ("🌉🌉 Café עברית: the ", " long.\n")


def test_a_retired_rating_is_not_given_again(people: SimpleNamespace) -> None:
    from articles.models import Rating

    rating = Rating.objects.get(key="true")
    Rating.objects.filter(pk=rating.pk).update(retired_on=newsroom.AT.date())
    rating.refresh_from_db()
    claim = newsroom.draft(people.reporter)
    with pytest.raises(ValidationError, match="no longer in use"):
        verdicts.propose_verdict(claim=claim, rating=rating, summary="x", by=people.reporter, at=newsroom.AT, version=1)


def test_the_log_verifies_after_publication_correction_and_retraction(people: SimpleNamespace) -> None:
    claim = recheck(newsroom.published(people), people, rating="false")
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "Wrong bridge."))
    newsroom.in_stage("retracted", people)
    assert [checked.record.seq for checked in log_verification.verify()] == [1, 2, 3, 4]


def test_an_unknown_step_raises_key_error(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    with pytest.raises(KeyError):
        transitions.apply_transition(claim=claim, transition="teleport", by=people.editor, at=newsroom.AT, version=1)


def test_a_capture_must_show_the_source_it_is_cited_for(people: SimpleNamespace) -> None:
    claim, cited, other = newsroom.draft(people.reporter), *(newsroom.source(people.reporter) for _ in range(2))
    foreign = captures.keep_text(source=other, by=people.reporter, at=newsroom.AT, text="What was seen elsewhere")
    with pytest.raises(ValidationError) as refused:
        evidence.add(
            claim=claim, source=cited, stance="supports", capture=foreign, by=people.reporter, at=newsroom.AT, version=1
        )
    assert "capture" in refused.value.message_dict
    assert claim.evidence.count() == 0
