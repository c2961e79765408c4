"""Review: what a checker compares, ticks that fall, what an approval needs, and second verdicts."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.models import Change, Claim, Evidence, Rating, Reading, SecondVerdict, Tick
from articles.selectors.verification import changes_since, second_verdicts, statements
from articles.selectors.verification.second_verdicts import VerdictHiddenError
from articles.selectors.verification.statements import Item
from articles.services.claims import claims
from articles.services.collaboration import comments
from articles.services.collaboration.comments import Quoted
from articles.services.errors import GuardsUnmetError, WrongStageError
from articles.services.evidence import evidence
from articles.services.library import sources
from articles.services.verification import readings, ticks, transitions, verdicts
from articles.services.verification import second_verdicts as second
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
EXPLANATION = "<p>It cost 11,800 of 86,600 crowns, or 13.6 percent. The city says “paid in full by 2019”.</p>"


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def in_review(people: SimpleNamespace, *, quote: str = "The sum of 86,600 crowns was paid in full by 2019.") -> Claim:
    """A claim in review with figures and a quotation, some of which its first source has."""
    claim = newsroom.complete(people.reporter, text="The bridge cost 13.6 percent of the budget")
    row = claim.evidence.order_by("position", "id")[0]
    evidence.edit(evidence=row, by=people.reporter, at=AT, version=fresh(claim).version, quote=quote)
    claim = explain(claim, people.reporter, EXPLANATION)
    return newsroom.take(claim, "submit", people.reporter)


def explain(claim: Claim, by: Any, html: str, summary: str = "The minutes show it.", rating: str = "true") -> Claim:
    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key=rating),
        summary=summary,
        explanation_html=html,
        by=by,
        at=AT,
        version=fresh(claim).version,
    ).claim


def item(claim: Claim, words: str, part: str = "explanation") -> Item:
    return next(one for one in statements.of_claim(fresh(claim)) if (one.words, one.part) == (words, part))


def tick(claim: Claim, by: Any, words: str, part: str = "explanation") -> Tick:
    return ticks.set_tick(claim=claim, key=item(claim, words, part).key, by=by, at=AT)


def approve(claim: Claim, by: Any, comment: str = "") -> Claim:
    version = fresh(claim).version
    return transitions.apply_transition(
        claim=claim, transition="approve", by=by, at=AT, version=version, comment=comment
    )


# --- Figures and quotations -----------------------------------------------------------------------------
def test_each_figure_and_quotation_has_the_passage_of_its_source_beside_it(people: SimpleNamespace) -> None:
    claim = in_review(people)
    found = {(one.part, one.words): one for one in statements.of_claim(claim)}
    assert ("statement", "13.6 percent") in found
    whole = found["explanation", "86,600 crowns"]
    assert [(one.number, one.where, one.words) for one in whole.passages] == [(1, "quote", "86,600 crowns")]
    assert whole.passages[0].before.endswith("The sum of ")
    quotation = found["explanation", "paid in full by 2019"]
    assert (quotation.is_quotation, quotation.passages[0].words) == (True, "paid in full by 2019")
    assert found["explanation", "13.6 percent"].worked_out == "11,800 ÷ 86,600 = 13.63 %"
    assert not found["explanation", "11,800"].has_source
    assert not found["statement", "13.6 percent"].has_source


# --- Ticks ----------------------------------------------------------------------------------------------
def test_a_tick_falls_when_its_sentence_changes_and_not_when_another_does(people: SimpleNamespace) -> None:
    claim = in_review(people)
    tick(claim, people.checker, "86,600 crowns")
    tick(claim, people.checker, "paid in full by 2019")
    explain(claim, people.reporter, EXPLANATION.replace("The city says", "The city wrote"))
    assert item(claim, "86,600 crowns").tick is not None
    assert item(claim, "paid in full by 2019").tick is None
    explain(claim, people.reporter, EXPLANATION)  # as it was: what was compared stands again
    assert item(claim, "paid in full by 2019").tick is not None


@pytest.mark.parametrize("changed", ["quote", "locator", "source", "another", "removed"])
def test_a_tick_falls_when_the_passage_of_its_source_changes(people: SimpleNamespace, changed: str) -> None:
    claim = in_review(people)
    tick(claim, people.checker, "86,600 crowns")
    row = Evidence.objects.filter(claim=claim).order_by("position", "id")[0]
    given: dict[str, Any] = {"by": people.reporter, "at": AT, "version": fresh(claim).version}
    if changed == "another":
        more = newsroom.source(people.reporter)
        evidence.add(claim=claim, source=more, stance="supports", quote="86,600 crowns", **given)
    elif changed == "removed":
        evidence.remove(evidence=row, **given)
    elif changed == "source":
        evidence.edit(evidence=row, source=newsroom.source(people.reporter), **given)
    else:
        evidence.edit(evidence=row, **{changed: "86,600 crowns, they say"}, **given)
    assert item(claim, "86,600 crowns").tick is None


def test_a_tick_says_who_when_and_what_was_beside_it_and_is_set_once(people: SimpleNamespace) -> None:
    claim = in_review(people)
    first = tick(claim, people.checker, "86,600 crowns")
    assert tick(claim, people.editor, "86,600 crowns") == first
    assert (first.created_by, first.created_at, first.words) == (people.checker, AT, "86,600 crowns")
    assert "The sum of 86,600 crowns was paid" in first.source
    assert Change.objects.get(table="articles_tick").actor == people.checker
    ticks.take_back(claim=claim, key=first.key, by=people.editor)
    assert item(claim, "86,600 crowns").tick is None
    assert fresh(claim).version == claim.version


def test_who_worked_on_it_or_may_not_approve_cannot_tick(people: SimpleNamespace) -> None:
    claim = in_review(people)
    with pytest.raises(NotAllowedError, match="permission to tick"):
        tick(claim, people.colleague, "86,600 crowns")
    claims.edit(claim=claim, by=people.checker, at=AT, version=claim.version, origin="A speech")
    with pytest.raises(NotAllowedError, match="you edited what is being approved"):
        tick(claim, people.checker, "86,600 crowns")
    with pytest.raises(ticks.ItemChangedError):
        ticks.set_tick(claim=claim, key="0" * 64, by=people.editor, at=AT)
    key = item(claim, "86,600 crowns").key
    newsroom.take(fresh(claim), "send_back", people.editor, comment="More.")
    with pytest.raises(WrongStageError, match="ticked in review"):
        ticks.set_tick(claim=claim, key=key, by=people.editor, at=AT)
    assert not Tick.objects.exists()


# --- What an approval needs -----------------------------------------------------------------------------
def test_an_approval_needs_that_the_content_was_opened(people: SimpleNamespace) -> None:
    claim = in_review(people)
    for by in (people.checker, people.editor):
        with pytest.raises(GuardsUnmetError, match="have not opened it"):
            approve(claim, by, "Compared.")
        readings.note(claim=claim, by=people.checker, at=AT)  # somebody else's reading does not count
    claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, origin="A speech")
    with pytest.raises(GuardsUnmetError, match="have not opened it"):
        approve(claim, people.checker, "Compared.")
    readings.note(claim=fresh(claim), by=people.checker, at=AT)
    claims.edit(claim=claim, by=people.reporter, at=AT, version=fresh(claim).version, assignee=people.reporter)
    assert approve(claim, people.checker, "Compared.").stage == "approved"  # who works on it is no content


def test_nothing_is_noted_of_who_may_not_approve_or_in_another_stage(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.colleague, at=AT)
    readings.note(claim=newsroom.complete(people.reporter), by=people.checker, at=AT)
    assert not Reading.objects.exists()
    for _ in range(2):
        readings.note(claim=claim, by=people.checker, at=AT)
    assert Reading.objects.count() == 1


def test_open_ticks_need_a_reason_which_is_kept_with_the_approval(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.checker, at=AT)
    total = len(statements.of_claim(claim))
    for reason in ("", "  \u200b "):
        with pytest.raises(ValidationError) as refused:
            approve(claim, people.checker, reason)
        assert f"{total} figures or quotations are not compared" in str(refused.value.message_dict["comment"])
    assert fresh(claim).stage == "review"
    approve(claim, people.checker, "Read out to me on the telephone.")
    change = Change.objects.filter(table="articles_verdict", after__has_key="approved_by_id").latest("id")
    assert (change.actor, change.reason) == (people.checker, "Read out to me on the telephone.")


def test_no_reason_is_needed_once_all_is_ticked(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.checker, at=AT)
    for one in statements.of_claim(claim):
        ticks.set_tick(claim=claim, key=one.key, by=people.checker, at=AT)
    assert approve(claim, people.checker).stage == "approved"


# --- Second verdicts ------------------------------------------------------------------------------------
def test_a_second_verdict_is_given_before_seeing_the_first(people: SimpleNamespace) -> None:
    claim = in_review(people)
    asked = second.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    assert second_verdicts.hides(claim, people.second_checker)
    assert not second_verdicts.hides(claim, people.editor)
    readings.note(claim=claim, by=people.second_checker, at=AT)
    assert not Reading.objects.exists()
    for act in (
        lambda: tick(claim, people.second_checker, "86,600 crowns"),
        lambda: explain(claim, people.second_checker, "<p>Mine.</p>"),
    ):
        with pytest.raises(VerdictHiddenError):
            act()
    rating = Rating.objects.current().get(key="false")
    second.give(second=asked, rating=rating, reason="The minutes say less.", by=people.second_checker, at=AT)
    assert not second_verdicts.hides(claim, people.second_checker)
    kept = SecondVerdict.objects.get()
    assert (kept.rating.key, kept.beside.key, kept.rated_at) == ("false", "true", AT)
    with pytest.raises(second.VerdictSettledError):
        second.give(second=asked, rating=rating, reason="Again.", by=people.second_checker, at=AT)


def test_a_disagreement_does_not_block_and_asks_for_a_reason(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.checker, at=AT)
    asked = second.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    for one in statements.of_claim(claim):
        ticks.set_tick(claim=claim, key=one.key, by=people.checker, at=AT)
    false = Rating.objects.current().get(key="false")
    second.give(second=asked, rating=false, reason="They say less.", by=people.second_checker, at=AT)
    with pytest.raises(ValidationError, match="rated it “False”"):
        approve(claim, people.checker)
    assert approve(claim, people.checker, "We spoke; the minutes were amended.").stage == "approved"


def test_who_cannot_be_asked_for_a_second_verdict(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.editor, at=AT)
    second.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    cases = {
        people.checker: "somebody else",
        people.second_checker: "asked already",
        people.reporter: "worked on this claim",
        people.editor: "opened this claim",
    }
    for person, why in cases.items():
        with pytest.raises(ValidationError, match=why):
            second.ask(claim=claim, person=person, by=people.checker, at=AT)
    with pytest.raises(NotAllowedError):
        second.ask(claim=claim, person=people.colleague, by=people.reporter, at=AT)
    with pytest.raises(WrongStageError):
        second.ask(claim=newsroom.complete(people.reporter), person=people.editor, by=people.checker, at=AT)


def test_a_second_verdict_can_be_withdrawn_by_another_person(people: SimpleNamespace) -> None:
    claim = in_review(people)
    asked = second.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    with pytest.raises(NotAllowedError):
        second.withdraw(second=asked, by=people.second_checker, at=AT)
    with pytest.raises(ValidationError) as refused:
        second.give(second=asked, rating=None, reason=" ", by=people.second_checker, at=AT)
    assert set(refused.value.message_dict) == {"rating", "reason"}
    second.withdraw(second=asked, by=people.editor, at=AT)
    assert not second_verdicts.hides(claim, people.second_checker)
    with pytest.raises(second.VerdictSettledError):
        second.withdraw(second=asked, by=people.editor, at=AT)


# --- What changed, and comments on words ----------------------------------------------------------------
def test_the_words_at_the_last_sending_back_and_publication_are_rebuilt(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.published(people, text="The first words"), "recheck", people.checker)
    claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, text="The second words")
    claim = explain(claim, people.reporter, "<p>One.</p>", summary="Once.", rating="false")
    claim = newsroom.take(
        newsroom.take(fresh(claim), "submit", people.reporter), "send_back", people.checker, comment="?"
    )
    claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, text="The third words")
    explain(claim, people.reporter, "<p>Two.</p>", summary="Twice.")
    row = fresh(claim).evidence.all()[0]
    evidence.edit(evidence=row, by=people.reporter, at=AT, version=fresh(claim).version, quote="More.")
    claim = newsroom.take(fresh(claim), "submit", people.reporter)
    back, published = sorted(changes_since.moments(claim), key=lambda one: one.key, reverse=True)
    assert (back.key, back.words, back.rating) == ("sent_back", "?", "False")
    others = {"headline": "", "key_points": "", "unknowns": ""}
    assert back.texts == {"statement": "The second words", "summary": "Once.", "explanation": "One.", **others}
    assert (published.texts["statement"], published.rating) == ("The first words", "True")
    assert changes_since.evidence_changes(claim, back) == ({row.pk: "changed"}, [])
    told, gone = changes_since.evidence_changes(claim, published)
    assert (set(told), len(gone)) == ({row.pk}, 1)


def test_evidence_that_came_or_went_since_the_sending_back_is_told(people: SimpleNamespace) -> None:
    claim = newsroom.take(in_review(people), "send_back", people.checker, comment="?")
    old = claim.evidence.order_by("position", "id")[0]
    evidence.remove(evidence=old, by=people.reporter, at=AT, version=claim.version)
    added = evidence.add(
        claim=claim, source=newsroom.source(people.reporter), stance="supports", locator="p. 1", by=people.reporter,
        at=AT, version=fresh(claim).version,
    )  # fmt: skip
    told, gone = changes_since.evidence_changes(fresh(claim), changes_since.moments(fresh(claim))[0])
    assert (told, gone) == ({added.pk: "new"}, [old.quote or old.locator])


def test_a_comment_keeps_the_words_it_is_about(people: SimpleNamespace) -> None:
    claim = in_review(people)
    said = {"claim": claim, "text": "Which year?", "by": people.checker, "at": AT}
    passage = comments.write(**said, quoted=Quoted("explanation", "86,600  crowns", 14)).comment.passage
    assert (passage.exact, passage.prefix[-3:], passage.suffix[:3]) == ("86,600 crowns", "of ", ", o")
    for quoted in (Quoted("summary", "not there"), Quoted("nowhere", "x"), Quoted("summary", " "), ):  # fmt: skip
        with pytest.raises(ValidationError, match="does not have these words"):
            comments.write(**said, quoted=quoted)
    assert claim.comments.count() == 1


def test_a_tick_stands_when_only_the_name_of_its_source_changes(people: SimpleNamespace) -> None:
    claim = in_review(people)
    tick(claim, people.checker, "86,600 crowns")
    cited = claim.evidence.order_by("position", "id")[0].source
    sources.edit_source(source=cited, by=people.reporter, version=cited.version, title="Other minutes")
    assert item(claim, "86,600 crowns").tick is not None  # the passage is the same
