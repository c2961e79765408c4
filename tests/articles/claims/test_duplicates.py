"""A claim that was made before: what becomes of it, of its passages, and of the claim that is there already."""

from types import SimpleNamespace

import pytest

from articles.models import Claim, Record, Relation
from articles.selectors.claims import duplicates as chosen
from articles.services.claims import claims, duplicates
from articles.services.claims.duplicates import NotADuplicateError
from articles.services.errors import GuardsUnmetError, WrongStageError
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom

pytestmark = pytest.mark.django_db
BODY = "A speaker said yesterday that the new bridge cost 12 million crowns, as everybody knows."
QUOTE = "the new bridge cost 12 million crowns"


def double(people: SimpleNamespace) -> Claim:
    """A draft with a passage of its own article."""
    claim = newsroom.draft(people.reporter, text="The bridge was 12 million")
    version = newsroom.article(people.reporter, title="A speech", body=BODY).current_version()
    mark = claims.mark(
        claim=claim, article_version=version, exact=QUOTE, by=people.reporter, at=newsroom.AT, version=claim.version
    )
    return mark.claim


def repeat(claim: Claim, of: Claim, by: object, **options: object) -> Claim:
    of = Claim.objects.get(pk=of.pk)
    return duplicates.mark_duplicate(
        claim=claim,
        of=of,
        by=by,
        at=newsroom.AT,
        version=claim.version,
        of_version=of.version,
        **options,  # type: ignore[arg-type]
    )


def marks(claim: Claim) -> list[str]:
    return sorted(claim.appearances.values_list("article_version__article__title", flat=True))


def test_the_passages_go_to_the_open_claim_and_the_reason_names_it(people: SimpleNamespace) -> None:
    of, claim = newsroom.in_stage("approved", people), double(people)
    dropped = repeat(claim, of, people.reporter)
    assert (dropped.stage, marks(dropped), marks(of)) == ("dropped", [], ["A bridge for Lindholm", "A speech"])
    assert str(of.pk) in chosen.of(dropped).other.pk.__str__()
    of.refresh_from_db()
    with pytest.raises(GuardsUnmetError, match="changed after it was approved"):
        newsroom.take(of, "publish", people.editor)  # an approval is bound to what was seen


def test_what_is_published_stays_as_it_is_and_the_passages_wait(people: SimpleNamespace) -> None:
    of, claim = newsroom.published(people), double(people)
    records = Record.objects.count()
    dropped = repeat(claim, of, people.reporter)
    of.refresh_from_db()
    assert (of.stage, marks(of), marks(dropped)) == ("published", ["A bridge for Lindholm"], ["A speech"])
    assert (Record.objects.count(), chosen.waiting(of).count()) == (records, 1)
    with pytest.raises(WrongStageError):
        duplicates.move_pending_passages(claim=of, by=people.reporter, at=newsroom.AT, version=of.version)
    of = newsroom.take(of, "recheck", people.checker)
    of = duplicates.move_pending_passages(claim=of, by=people.reporter, at=newsroom.AT, version=of.version)
    assert (marks(of), marks(dropped), chosen.waiting(of).count()) == (["A bridge for Lindholm", "A speech"], [], 0)


def test_a_checker_starts_the_re_check_with_the_same_click_and_a_reporter_cannot(people: SimpleNamespace) -> None:
    of, claim = newsroom.published(people), double(people)
    with pytest.raises(NotAllowedError):
        repeat(claim, of, people.reporter, recheck=True)
    assert Claim.objects.get(pk=claim.pk).stage == "draft"
    assert not Relation.objects.exists()
    repeat(claim, of, people.checker, recheck=True)
    of.refresh_from_db()
    assert (of.stage, marks(of)) == ("checking", ["A bridge for Lindholm", "A speech"])


@pytest.mark.parametrize("stage", ["draft", "published"])
def test_undone_everything_is_as_it_was(people: SimpleNamespace, stage: str) -> None:
    of, claim = newsroom.in_stage(stage, people), double(people)
    before = marks(of)
    dropped = repeat(claim, of, people.reporter)
    back = duplicates.undo(claim=dropped, by=people.reporter, at=newsroom.AT, version=dropped.version)
    assert (back.stage, marks(back), marks(of)) == ("draft", ["A speech"], before)
    assert not Relation.objects.exists()
    with pytest.raises(NotADuplicateError):
        duplicates.undo(claim=back, by=people.reporter, at=newsroom.AT, version=back.version)


def test_undone_after_the_other_was_published_both_have_the_passage(people: SimpleNamespace) -> None:
    of, claim = newsroom.in_stage("checking", people), double(people)
    dropped = repeat(claim, of, people.reporter)
    of.refresh_from_db()
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        of = newsroom.take(of, step, by)
    back = duplicates.undo(claim=dropped, by=people.reporter, at=newsroom.AT, version=dropped.version)
    assert (marks(back), marks(of)) == (["A speech"], ["A bridge for Lindholm", "A speech"])


def test_a_passage_that_is_marked_there_already_is_not_marked_twice(people: SimpleNamespace) -> None:
    one, other = double(people), double(people)
    dropped = repeat(one, other, people.reporter)
    assert (marks(other), marks(dropped)) == (["A speech"], ["A speech"])
    assert chosen.waiting(other).count() == 0


def test_what_cannot_be_a_repeat_is_refused_whole(people: SimpleNamespace) -> None:
    claim, of = double(people), newsroom.draft(people.reporter)
    dropped = newsroom.in_stage("dropped", people)
    in_review = newsroom.in_stage("review", people)
    for one, other, error in (
        (claim, claim, NotADuplicateError),
        (claim, dropped, NotADuplicateError),
        (in_review, of, WrongStageError),
        (newsroom.take(newsroom.published(people), "recheck", people.checker), of, GuardsUnmetError),
    ):
        with pytest.raises(error):
            repeat(one, other, people.reporter)
    with pytest.raises(StaleError):
        duplicates.mark_duplicate(
            claim=claim, of=of, by=people.reporter, at=newsroom.AT, version=claim.version, of_version=of.version + 1
        )
    assert (marks(claim), Relation.objects.count()) == (["A speech"], 0)


@pytest.mark.parametrize(("stage", "waits"), [("checking", 0), ("published", 1)])
def test_a_passage_without_a_claim_of_its_own(people: SimpleNamespace, stage: str, waits: int) -> None:
    of = newsroom.in_stage(stage, people)
    version = newsroom.article(people.reporter, title="A speech", body=BODY).current_version()
    held = duplicates.mark_passage_of(
        of=of, article_version=version, exact=QUOTE, by=people.reporter, at=newsroom.AT, of_version=of.version
    )
    assert ("A speech" in marks(held), held.pk == of.pk, chosen.waiting(of).count()) == (True, waits == 0, waits)
