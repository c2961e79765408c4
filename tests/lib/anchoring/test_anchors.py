"""A new text of a known article: what became of its passages, and that a person decides about each."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from articles.choices import AnchorDecision, AnchorState, CaptureMethod
from articles.models import AnchorCheck, Appearance, Article, Change, Claim
from articles.selectors.claims import progress
from articles.selectors.collaboration import inbox
from articles.selectors.passages import passage_review
from articles.services import errors
from articles.services import passages as deciding
from articles.services.articles import intake
from articles.services.claims import claims
from lib import refusals
from lib.anchoring import anchors, quotes
from lib.anchoring.anchors import Anchor
from tests import newsroom

DEMO = Path(__file__).parents[3] / "demo/content/kalbajar.txt"
SHARED = Path(os.environ.get("FACTCHECK_SHARED", Path(__file__).parents[4] / "shared")) / "articles"
REAL = SHARED / "kalbajar-deadline.txt"


def anchor(body: str, quote: str, occurrence: int = 0) -> Anchor:
    start = list(quotes.occurrences(body, quote))[occurrence]
    prefix, suffix = quotes.context(body, start, start + len(quote))
    return Anchor(quote, prefix, suffix, start)


OLD = """The council met on Monday. The bridge cost 12 million crowns, the mayor said. It was opened in 2019.

The ferry made 20 trips a day until it was sold. Nobody missed it for long, the harbour master said.

Buses cross the new bridge every ten minutes. They are often full, passengers say.
"""
BRIDGE, FERRY, BUSES = (
    "The bridge cost 12 million crowns",
    "The ferry made 20 trips a day",
    "Buses cross the new bridge",
)


def states(new: str, *quotes: str, old: str = OLD) -> list[str]:
    return [str(found.state) for found in anchors.compare(old, new, [anchor(old, quote) for quote in quotes])]


class TestComparing:
    def test_text_added_elsewhere_leaves_a_passage_exact(self) -> None:
        new = "A new first paragraph was put here by the paper.\n\n" + OLD
        assert states(new, BRIDGE, FERRY, BUSES) == ["exact", "exact", "exact"]

    def test_a_moved_paragraph_moves_its_passage_and_no_other(self) -> None:
        council, ferry, buses = OLD.strip().split("\n\n")
        assert states("\n\n".join([council, buses, ferry]), BRIDGE, BUSES, FERRY) == ["exact", "moved", "exact"]

    def test_a_passage_in_other_surroundings_is_moved(self) -> None:
        assert states(OLD.replace("on Monday. The", "on Tuesday. The"), BRIDGE) == ["moved"]

    def test_a_passage_with_a_changed_figure_is_found_whole(self) -> None:
        new = OLD.replace("12 million", "14 million")
        (found,) = anchors.compare(OLD, new, [anchor(OLD, BRIDGE)])
        best = found.candidates[0]
        assert (found.state, new[best.start : best.end]) == ("moved", "The bridge cost 14 million crowns")

    def test_changed_words_at_a_passages_ends_belong_to_it(self) -> None:
        new = OLD.replace(BRIDGE, "That bridge cost 12 million dollars")
        (found,) = anchors.compare(OLD, new, [anchor(OLD, BRIDGE)])
        best = found.candidates[0]
        assert new[best.start : best.end] == "That bridge cost 12 million dollars"

    def test_a_doubled_sentence_is_ambiguous_and_both_are_shown(self) -> None:
        (found,) = anchors.compare(OLD, OLD + FERRY + " too.", [anchor(OLD, FERRY)])
        assert (found.state, len(found.candidates)) == ("ambiguous", 2)
        assert found.candidates[0].is_in_place

    def test_a_quote_that_always_stood_twice_is_still_the_one_that_was_meant(self) -> None:
        old = "He said no. The talks went on for hours in the palace.\n\nThe king left early. He said no. It was late."
        (found,) = anchors.compare(old, "Baku, Monday.\n\n" + old, [anchor(old, "He said no.", 1)])
        assert (found.state, found.candidates[0].start) == ("exact", old.rindex("He said no.") + 15)

    def test_a_dropped_sentence_is_lost(self) -> None:
        assert states(OLD.replace(FERRY + " until it was sold. ", ""), FERRY) == ["lost"]

    @pytest.mark.parametrize(
        ("old", "new", "quote", "now"),
        [
            (
                "قال الوزير إن التكلفة بلغت ٢٨ مليونًا.",
                "قال الوزير إن التكلفة بلغت ٣١ مليونًا.",
                "التكلفة بلغت ٢٨ مليونًا",
                "التكلفة بلغت ٣١ مليونًا",
            ),
            ("部长说桥花了一千二百万。", "部长说桥花了一千三百万。", "桥花了一千二百万", "桥花了一千三百万"),
            ("नदी पर पुल २०१९ में खुला था।", "नदी पर पुल २०२० में खुला था।", "पुल २०१९ में खुला था", "पुल २०२० में खुला था"),
            (
                "It was 👩‍👩‍👧 10 of us there, she said.",
                "It was 👩‍👩‍👧 12 of us there, she said.",
                "👩‍👩‍👧 10 of us there",
                "👩‍👩‍👧 12 of us there",
            ),
        ],
    )
    def test_every_script_is_cut_at_whole_code_points(self, old: str, new: str, quote: str, now: str) -> None:
        (found,) = anchors.compare(old, new, [anchor(old, quote)])
        assert [new[c.start : c.end] for c in found.candidates] == [now]

    @pytest.mark.parametrize("new", ["", "x", "\n", "🙂", "of the " * 500])
    def test_in_an_unrelated_text_every_passage_is_lost(self, new: str) -> None:
        assert states(new, BRIDGE, FERRY) == ["lost", "lost"]

    def test_comparing_repetitive_texts_is_bounded(self) -> None:
        body = "the of " * 3000
        found = anchors.compare(body, body + "and", [Anchor("the of " * 60 + "x", "", "", n) for n in range(20)])
        assert {finding.state for finding in found} <= {AnchorState.MOVED, AnchorState.AMBIGUOUS}
        assert all(len(finding.candidates) <= anchors.MOST_CANDIDATES for finding in found)


def changed(body: str) -> tuple[str, dict[str, str]]:
    """A newer text: a paragraph moved, a figure corrected, a sentence dropped and one doubled; a quote for each."""
    lines = [line for line in body.split("\n") if line.strip()]
    long = [line for line in lines if len(line.split()) > 14 and body.count(line) == 1]
    figure = next(line for line in long if any(word.isdigit() for word in line.split()))
    moved, dropped, doubled, kept = [line for line in long if line is not figure][1:8:2][:4]
    number = next(word for word in figure.split() if word.isdigit())
    new = body.replace(moved + "\n", "").replace(figure, figure.replace(number, str(int(number) + 1), 1))
    new = new.replace(dropped, "").replace(doubled, f"{doubled} {doubled}")
    new = f"{new.rstrip()}\n\n{moved}\n"
    return new, {"moved": moved, "figure": figure, "dropped": dropped, "doubled": doubled, "kept": kept}


def take(people: SimpleNamespace, body: str, **fields: Any) -> intake.ImportResult:
    values = {"title": "A deadline", "url": "https://paper.example/deadline", **fields}
    return intake.import_text(body=body, by=people.reporter, at=newsroom.AT, how=CaptureMethod.FILE, **values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        DEMO,
        pytest.param(REAL, marks=pytest.mark.skipif(not REAL.is_file(), reason="no real article beside this clone")),
    ],
    ids=["demo", "real"],
)
def test_a_new_version_reports_each_passage_and_moves_none(path: Path, people: SimpleNamespace) -> None:
    found = intake.read(path.read_bytes(), name=path.name)
    first = take(people, found.body)
    new, quotes = changed(first.version.body)
    for quote in quotes.values():
        claim = newsroom.draft(people.reporter)
        claims.mark(
            claim=claim, article_version=first.version, exact=quote, by=people.reporter, at=newsroom.AT, version=1
        )
    second = take(people, new)
    got = {check.exact: str(check.found) for check in second.version.anchor_checks.all()}
    assert {name: got[quote.strip()] for name, quote in quotes.items()} == {
        "moved": "moved",
        "figure": "moved",
        "dropped": "lost",
        "doubled": "ambiguous",
        "kept": "exact",
    }
    assert second.passages == 5
    assert set(Appearance.objects.values_list("article_version", flat=True)) == {first.version.pk}


@pytest.fixture
def bridge(people: SimpleNamespace) -> SimpleNamespace:
    """An article, a claim being checked in it, and a newer text in which its figure was corrected."""
    claim = newsroom.complete(people.reporter)
    article = Article.objects.get()
    new = newsroom.BODY.replace("12 million", "14 million")
    taken = take(people, new, article=article)
    check = AnchorCheck.objects.get()
    return SimpleNamespace(claim=Claim.objects.get(pk=claim.pk), article=article, new=new, taken=taken, check=check)


def confirm(bridge: SimpleNamespace, by: Any, **given: Any) -> AnchorCheck:
    return deciding.confirm(check=bridge.check, by=by, at=newsroom.AT, version=bridge.claim.version, **given)


@pytest.mark.django_db
class TestDeciding:
    def test_a_claim_with_an_undecided_passage_cannot_be_approved(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        assert "anchors" in [unmet.key for unmet in progress.checklist(bridge.claim)]
        assert bridge.claim.pk in [passage.claim_id for passage in inbox.passages()]
        confirm(bridge, people.reporter)
        assert progress.checklist(Claim.objects.get(pk=bridge.claim.pk)) == []
        appearance = Appearance.objects.get()
        assert appearance.exact == "the new bridge cost 14 million crowns"
        assert (appearance.article_version, appearance.state) == (bridge.taken.version, AnchorState.EXACT)

    def test_a_passage_decision_can_be_undone(self, bridge: SimpleNamespace, people: SimpleNamespace) -> None:
        before = Appearance.objects.values().get()
        for decide in (deciding.confirm, deciding.give_up):
            claim = Claim.objects.get(pk=bridge.claim.pk)
            check = decide(check=bridge.check, by=people.reporter, at=newsroom.AT, version=claim.version)
            assert check.decided_by == people.reporter
            deciding.undo(check=check, by=people.checker, at=newsroom.AT, version=claim.version + 1)
            assert Appearance.objects.values().get() == before
        assert AnchorCheck.objects.get().decision == AnchorDecision.PENDING

    def test_a_passage_marked_as_lost_stays_in_its_former_version(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        deciding.give_up(check=bridge.check, by=people.reporter, at=newsroom.AT, version=bridge.claim.version)
        assert progress.checklist(Claim.objects.get(pk=bridge.claim.pk)) == []
        assert Appearance.objects.get().article_version.number == 1
        take(people, "Everything else was taken out of this article.", article=bridge.article)
        assert progress.checklist(Claim.objects.get(pk=bridge.claim.pk)) == []

    def test_another_passage_can_be_chosen_for_the_claim(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        confirm(bridge, people.reporter, quote="It was opened in 2019, she said")
        assert Appearance.objects.get().exact == "It was opened in 2019, she said"

    def test_choosing_a_passage_that_is_not_in_the_text_is_refused(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        with pytest.raises(claims.QuoteNotFoundError):
            confirm(bridge, people.reporter, quote="never written")
        assert AnchorCheck.objects.get().decision == AnchorDecision.PENDING

    def test_a_second_decision_on_a_passage_is_refused(self, bridge: SimpleNamespace, people: SimpleNamespace) -> None:
        confirm(bridge, people.reporter)
        with pytest.raises(refusals.StaleError):
            confirm(bridge, people.colleague)
        bridge.claim.refresh_from_db()
        with pytest.raises(deciding.PassageDecidedError):
            confirm(bridge, people.colleague)

    def test_a_newer_version_replaces_open_questions_about_passages(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        take(people, newsroom.BODY + "An editor's note was added.", article=bridge.article)
        with pytest.raises(deciding.PassageDecidedError):
            confirm(bridge, people.reporter)
        assert [c.found for c in passage_review.report(bridge.article.current_version()).checks] == [AnchorState.EXACT]
        assert not passage_review.unsettled().exists()

    def test_deciding_on_a_passage_without_the_permission_is_refused(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        people.reporter.groups.clear()
        with pytest.raises(refusals.NotAllowedError):
            confirm(bridge, type(people.reporter).objects.get(pk=people.reporter.pk))

    def test_looking_for_passages_in_a_new_version_is_nobodys_contribution(
        self, bridge: SimpleNamespace, people: SimpleNamespace
    ) -> None:
        take(people, "Another text, by the checker's hand.", article=bridge.article)
        found = Change.objects.filter(table="articles_appearance", kind="update")
        assert found.exists()
        found_by = intake.import_text(
            body="And another.",
            by=people.checker,
            at=newsroom.AT,
            how=CaptureMethod.PASTE,
            title="x",
            article=bridge.article,
        )
        assert found_by.passages == 1
        assert progress.contribution_phrase(bridge.claim, people.checker) == ""


@pytest.mark.django_db
def test_a_published_claims_passage_is_reported_and_not_changed(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    record = bytes(newsroom.record_of(claim).body)
    taken = take(people, newsroom.BODY.replace("12 million", "14 million"), article=Article.objects.get())
    check = taken.version.anchor_checks.get()
    with pytest.raises(errors.WrongStageError):
        deciding.confirm(check=check, by=people.reporter, at=newsroom.AT, version=claim.version)
    assert (bytes(newsroom.record_of(claim).body), claim.version) == (record, Claim.objects.get().version)
    assert passage_review.unsettled().get().claim == claim
    claim = newsroom.take(claim, "recheck", people.checker)
    deciding.confirm(check=check, by=people.reporter, at=newsroom.AT, version=claim.version)
    assert not passage_review.unsettled().exists()


@pytest.mark.django_db
def test_exact_passages_are_confirmed_together_and_approvals_stay(people: SimpleNamespace) -> None:
    open_one, approved = newsroom.in_stage("checking", people), newsroom.in_stage("approved", people)
    taken = take(people, "A new first line.\n\n" + newsroom.BODY, article=Article.objects.get())
    checks = list(taken.version.anchor_checks.select_related("claim"))
    assert {check.found for check in checks} == {AnchorState.EXACT}
    assert set(Appearance.objects.values_list("article_version__number", flat=True)) == {1}
    seen = [(check, check.claim.version) for check in checks]
    assert deciding.confirm_exact(checks=seen, by=people.reporter, at=newsroom.AT) == (1, 1)
    assert open_one.appearances.get().article_version == taken.version
    assert approved.appearances.get().article_version.number == 1
