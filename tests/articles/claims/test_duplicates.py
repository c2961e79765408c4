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


def test_merging_a_duplicate_moves_its_passages_to_the_open_claim(people: SimpleNamespace) -> None:
    of, claim = newsroom.in_stage("approved", people), double(people)
    dropped = repeat(claim, of, people.reporter)
    assert (dropped.stage, marks(dropped), marks(of)) == ("dropped", [], ["A bridge for Lindholm", "A speech"])
    assert str(of.pk) in chosen.of(dropped).other.pk.__str__()
    of.refresh_from_db()
    with pytest.raises(GuardsUnmetError, match="changed after it was approved"):
        newsroom.take(of, "publish", people.editor)  # an approval is bound to what was seen


def test_merging_into_a_published_claim_leaves_it_unchanged_and_keeps_the_passages_pending(
    people: SimpleNamespace,
) -> None:
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


def test_taking_over_pending_passages_starts_a_recheck_for_checkers_only(people: SimpleNamespace) -> None:
    of, claim = newsroom.published(people), double(people)
    with pytest.raises(NotAllowedError):
        repeat(claim, of, people.reporter, recheck=True)
    assert Claim.objects.get(pk=claim.pk).stage == "draft"
    assert not Relation.objects.exists()
    repeat(claim, of, people.checker, recheck=True)
    of.refresh_from_db()
    assert (of.stage, marks(of)) == ("checking", ["A bridge for Lindholm", "A speech"])


@pytest.mark.parametrize("stage", ["draft", "published"])
def test_undoing_a_merge_restores_both_claims(people: SimpleNamespace, stage: str) -> None:
    of, claim = newsroom.in_stage(stage, people), double(people)
    before = marks(of)
    dropped = repeat(claim, of, people.reporter)
    back = duplicates.undo(claim=dropped, by=people.reporter, at=newsroom.AT, version=dropped.version)
    assert (back.stage, marks(back), marks(of)) == ("draft", ["A speech"], before)
    assert not Relation.objects.exists()
    with pytest.raises(NotADuplicateError):
        duplicates.undo(claim=back, by=people.reporter, at=newsroom.AT, version=back.version)


def test_undoing_a_merge_after_publication_leaves_the_passage_on_both_claims(people: SimpleNamespace) -> None:
    of, claim = newsroom.in_stage("checking", people), double(people)
    dropped = repeat(claim, of, people.reporter)
    of.refresh_from_db()
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        of = newsroom.take(of, step, by)
    back = duplicates.undo(claim=dropped, by=people.reporter, at=newsroom.AT, version=dropped.version)
    assert (marks(back), marks(of)) == (["A speech"], ["A bridge for Lindholm", "A speech"])


def test_merging_does_not_mark_a_passage_twice(people: SimpleNamespace) -> None:
    one, other = double(people), double(people)
    dropped = repeat(one, other, people.reporter)
    assert (marks(other), marks(dropped)) == (["A speech"], ["A speech"])
    assert chosen.waiting(other).count() == 0


def test_an_impossible_duplicate_is_refused_and_nothing_changes(people: SimpleNamespace) -> None:
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
def test_a_passage_can_be_added_to_an_existing_claim_and_taken_back(
    people: SimpleNamespace, stage: str, waits: int
) -> None:
    of = newsroom.in_stage(stage, people)
    version = newsroom.article(people.reporter, title="A speech", body=BODY).current_version()
    held = duplicates.mark_passage_of(
        of=of, article_version=version, exact=QUOTE, by=people.reporter, at=newsroom.AT, of_version=of.version
    )
    assert ("A speech" in marks(held), held.pk == of.pk, chosen.waiting(of).count()) == (True, waits == 0, waits)
