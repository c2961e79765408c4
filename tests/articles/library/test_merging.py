"""Merging claimants, sources and topics: what moves, what stays, who may, and what the history says."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Capture, Change, Claim, Claimant, Evidence, PublishedMerge, Source, Topic
from articles.services.claims import claims
from articles.services.evidence import captures, linking
from articles.services.library import claimants, merging, named_rows
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom

pytestmark = pytest.mark.django_db
AT = newsroom.AT


def claimant(people: SimpleNamespace, name: str, **fields: Any) -> Claimant:
    return claimants.add_claimant(by=people.reporter, at=AT, name=name, **{"kind": "organisation", **fields})


def merge(row: Any, into: Any, by: Any, **versions: int) -> Any:
    seen = {"version": row.version, "into_version": into.version, **versions}
    return merging.merge(row=row, into=into, by=by, at=AT, **seen)


def test_a_merged_claimant_gives_its_claims_to_the_one_that_stays(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    draft = newsroom.draft(people.reporter, claimant=gone)
    public = newsroom.published(people, claimant=gone)
    record = newsroom.record_of(public)
    moving = merging.moving(gone)
    assert (moving.open, moving.published, moving.dropped, moving.aliases) == (1, 1, 0, 0)
    merge(gone, stays, people.editor)
    for claim in (draft, public):
        now = Claim.objects.get(pk=claim.pk)
        assert (now.claimant, now.version) == (stays, claim.version + 1)
    assert newsroom.record_of(public).body == record.body
    assert Claimant.objects.get(pk=gone.pk).merged_into == stays
    assert PublishedMerge.objects.get().stays == str(stays.pk)


def test_the_next_revision_names_the_claimant_that_stayed(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    public = newsroom.published(people, claimant=gone)
    merge(gone, stays, people.editor)
    claim = newsroom.take(Claim.objects.get(pk=public.pk), "recheck", people.checker)
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    assert newsroom.record_of(claim).document()["claim"]["claimant"]["name"] == "World Health Organization"


def test_a_merged_name_leads_to_the_claimant_that_stayed(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    merge(gone, stays, people.editor)
    assert claimants.find_or_add_claimant(name="who", by=people.reporter, at=AT) == stays
    assert newsroom.draft(people.reporter, claimant=gone).claimant == stays
    other = newsroom.draft(people.reporter)
    changed = claims.edit(
        claim=other, by=people.reporter, at=AT, version=other.version, claimant=gone, is_unattributed=False
    )
    assert changed.claimant == stays
    version = Claimant.objects.get(pk=gone.pk).version
    with pytest.raises(named_rows.MergedError, match="World Health Organization"):
        claimants.edit_claimant(claimant=gone, by=people.editor, version=version, role="agency")


def test_a_chain_of_merges_leads_to_its_end(people: SimpleNamespace) -> None:
    first, second, third = (claimant(people, name) for name in ("WHO", "W.H.O.", "World Health Organization"))
    merge(first, second, people.editor)
    merge(second, third, people.editor)
    assert set(Claimant.objects.filter(merged_into=third)) == {first, second}
    led = set(PublishedMerge.objects.values_list("gone", "stays"))
    assert led == {(str(first.pk), str(third.pk)), (str(second.pk), str(third.pk))}


def test_a_merged_source_gives_its_evidence_and_captures(people: SimpleNamespace) -> None:
    gone, stays = newsroom.source(people.reporter), newsroom.source(people.reporter)
    capture = captures.keep_text(source=gone, text="Twelve million.", by=people.reporter, at=AT)
    claim = newsroom.draft(people.reporter)
    row = linking.link(
        claim=claim, cited=linking.SourceInput(gone), stance="supports", copy=linking.CaptureInput(capture),
        by=people.reporter, at=AT, version=claim.version, quote="Twelve million.",
    )  # fmt: skip
    moving = merging.moving(gone)
    assert (moving.open, moving.evidence, moving.captures) == (1, 1, 1)
    merge(gone, stays, people.editor)
    assert Evidence.objects.get(pk=row.pk).source == stays
    assert Capture.objects.get(pk=capture.pk).source == stays
    assert Claim.objects.get(pk=claim.pk).version == row.claim.version + 1
    assert linking.source_at(gone.url) == stays


def test_a_merged_topic_is_written_once_in_each_claim(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, topics=["Public health", "Bridges", "Health"])
    gone, stays = Topic.objects.get(name="Public health"), Topic.objects.get(name="Health")
    merge(gone, stays, people.editor)
    assert Claim.objects.get(pk=claim.pk).topics == ["Health", "Bridges"]
    assert newsroom.draft(people.reporter, topics=["public HEALTH"]).topics == ["Health"]


def test_a_merge_makes_an_approval_stale(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    claim = newsroom.in_stage("approved", people, claimant=gone)
    merge(gone, stays, people.editor)
    with pytest.raises(Exception, match="approv"):
        newsroom.take(Claim.objects.get(pk=claim.pk), "publish", people.editor)


def test_the_history_says_who_merged_what(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    claim = newsroom.draft(people.reporter, claimant=gone)
    merge(gone, stays, people.editor)
    changes = {change.row: change for change in Change.objects.filter(reason__startswith="Merged “WHO” into")}
    assert set(changes) == {str(gone.pk), str(claim.pk)}
    assert {change.actor for change in changes.values()} == {people.editor}
    assert changes[str(gone.pk)].after["merged_into_id"] == str(stays.pk)


def test_an_impossible_merge_is_refused_and_nothing_changes(people: SimpleNamespace) -> None:
    gone, stays = claimant(people, "WHO"), claimant(people, "World Health Organization")
    source = newsroom.source(people.reporter)
    for into in (gone, source):
        with pytest.raises(merging.NotMergeableError):
            merge(gone, into, people.editor)
    with pytest.raises(StaleError):
        merge(gone, stays, people.editor, version=7)
    with pytest.raises(StaleError):
        merge(gone, stays, people.editor, into_version=7)
    with pytest.raises(NotAllowedError, match="permission to merge"):
        merge(gone, stays, people.reporter)
    assert not Claimant.objects.exclude(merged_into=None).exists()
    merge(gone, stays, people.editor)
    gone.refresh_from_db()
    with pytest.raises(merging.NotMergeableError, match="merged already"):
        merge(stays, gone, people.editor)
    assert not Source.objects.exclude(merged_into=None).exists()
