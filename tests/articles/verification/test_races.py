"""Two people at the same moment: one wins, the other is told, nothing is half done. Real threads on committed data."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections

from articles.models import Article, ArticleVersion, Claim, Head, Record
from articles.selectors.log import log_verification
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies, experts
from articles.services.evidence import evidence
from articles.services.library import sources
from articles.services.verification import verdicts
from lib import refusals
from tests import newsroom

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; returns what each returned or raised."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        barrier.wait(10)
        try:
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_of_two_approvals_at_once_only_one_succeeds(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people)
    outcomes = at_once(
        lambda: newsroom.take(claim, "approve", people.checker),
        lambda: newsroom.take(claim, "approve", people.second_checker),
    )
    assert sorted(type(o).__name__ for o in outcomes) == ["Claim", "StaleError"]


@pytest.mark.parametrize("_round", range(3))
def test_an_edit_during_publication_never_changes_what_is_published(_round: int, people: SimpleNamespace) -> None:
    """A source edited at the moment of publishing: either the edit comes after the record, or publishing is refused."""
    claim = newsroom.in_stage("approved", people)
    source = claim.evidence.first().source
    title = source.title
    publish, _ = at_once(
        lambda: newsroom.take(claim, "publish", people.editor),
        lambda: sources.edit_source(source=source, by=people.colleague, version=1, title="Nobody approved this"),
    )
    if isinstance(publish, Claim):
        assert newsroom.record_of(claim).document()["evidence"][0]["source"]["title"] == title
    else:
        assert isinstance(publish, refusals.StaleError)


def test_an_edit_of_a_source_waits_for_the_publication_that_cites_it(people: SimpleNamespace) -> None:
    """The window between the guards and the record, held open on purpose."""
    claim = newsroom.in_stage("approved", people)
    source = claim.evidence.first().source
    asked, edited = threading.Event(), threading.Event()

    def edit() -> None:
        asked.wait(10)
        sources.edit_source(source=source, by=people.colleague, version=1, title="Nobody approved this")
        edited.set()

    def publish() -> bool:
        with verdicts.step("publish", claim, by=people.editor, at=newsroom.AT, version=claim.version):
            asked.set()
            return edited.wait(1)

    slipped_in, _ = at_once(publish, edit)
    assert slipped_in is False
    assert edited.is_set()


def test_citing_a_source_while_it_is_edited_does_not_deadlock(people: SimpleNamespace) -> None:
    """Claims, then what they name: one order of locks, so no circle of waiting."""
    source = newsroom.source(people.reporter)
    drafts = [newsroom.draft(people.reporter) for _ in range(4)]

    def cite(claim: Claim) -> None:
        evidence.add(
            claim=claim, source=source, stance="supports", locator="p", by=people.reporter, at=newsroom.AT, version=1
        )

    outcomes = at_once(
        *[lambda c=c: cite(c) for c in drafts],
        lambda: sources.edit_source(source=source, by=people.colleague, version=1, title="Another title"),
    )
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    assert {Claim.objects.get(pk=claim.pk).version for claim in drafts} <= {2, 3}


def test_publishing_twice_at_once_makes_one_record(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    outcomes = at_once(*[lambda: newsroom.take(claim, "publish", people.editor)] * 4)
    assert sum(isinstance(o, refusals.StaleError) for o in outcomes) == 3
    assert Record.objects.count() == 1


def test_of_several_saves_at_once_one_succeeds_and_the_others_are_refused(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)

    def edit(number: int) -> Claim:
        return claims.edit(
            claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, origin=f"Speech {number}"
        )

    outcomes = at_once(*[lambda n=n: edit(n) for n in range(6)])
    [winner] = [o for o in outcomes if isinstance(o, Claim)]
    assert sum(isinstance(o, refusals.StaleError) for o in outcomes) == 5
    stored = Claim.objects.get(pk=claim.pk)
    assert (stored.origin, stored.version) == (winner.origin, 2)


def test_importing_one_article_twice_at_once_makes_one_article(people: SimpleNamespace) -> None:
    outcomes = at_once(*[lambda: newsroom.article(people.reporter, body="The same text.")] * 4)
    assert {type(o) for o in outcomes} == {Article}
    assert (Article.objects.count(), ArticleVersion.objects.count()) == (1, 1)


def test_concurrent_publications_and_rollbacks_leave_no_gap_in_the_log(people: SimpleNamespace) -> None:
    """The small version of the feed's promise: whoever sees number n can see 1…n-1."""
    ready = [newsroom.in_stage("approved", people) for _ in range(6)]
    seen: list[list[int]] = []

    def publish(claim: Claim, *, fail: bool) -> None:
        from django.db import transaction

        with transaction.atomic():
            newsroom.take(claim, "publish", people.editor)
            if fail:
                raise RuntimeError("the process died before its commit")

    def poll() -> None:
        for _ in range(40):
            seen.append(list(Record.objects.using("readers").order_by("seq").values_list("seq", flat=True)))

    at_once(poll, *[lambda c=c, n=n: publish(c, fail=n % 3 == 0) for n, c in enumerate(ready)])
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)
    assert (Record.objects.count(), Head.objects.get().seq) == (4, 4)
    assert len(list(log_verification.verify())) == 4


def test_of_two_collaboration_acts_at_once_one_succeeds_and_the_other_is_refused(people: SimpleNamespace) -> None:
    """Each act is done once and the second person is told by whom; nobody waits for the claim's own row."""
    claim, at = newsroom.complete(people.reporter), newsroom.AT
    comment = comments.write(claim=claim, text="Page 4?", by=people.reporter, at=at).comment
    wait = dependencies.begin(claim=claim, kind="document", note="Minutes", by=people.reporter, at=at)
    link, _ = experts.invite(claim=claim, invited="Ada", question="?", days=3, by=people.reporter, at=at)
    words = {"name": "Ada", "expertise": "Bridges", "text": "It is wide.", "interests": "none", "may_be_named": True}
    note = experts.leave_note(link=link, at=at, **words)
    both = (people.reporter, people.checker)

    def cite(by: Any) -> Any:
        return experts.cite(note=note, stance="context", quote="wide", by=by, at=at, version=claim.version)

    outcomes = [
        at_once(*(lambda by=by: comments.resolve(comment=comment, by=by, at=at) for by in both)),
        at_once(*(lambda by=by: dependencies.settle(dependency=wait, outcome="received", by=by, at=at) for by in both)),
        at_once(*(lambda by=by: cite(by) for by in both)),
    ]
    assert [sorted(type(one).__name__ for one in pair) for pair in outcomes] == [
        ["Comment", "CommentSettledError"],
        ["Dependency", "DependencySettledError"],
        ["Evidence", "NoteSettledError"],
    ]
    same = at_once(*(lambda: experts.leave_note(link=link, at=at, **{**words, "text": "Twice"}) for _ in range(3)))
    assert len({one.pk for one in same}) == 1, "sent three times, kept once"
