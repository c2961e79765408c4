"""What a record is to followers: which follows it concerns, and what is said of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from articles.choices import MergeKind, RecordKind
from articles.models import PublishedMerge, Record
from followers.choices import FollowKind
from followers.models import DeviceFollow, Follow

Document = dict[str, Any]


@dataclass(frozen=True)
class News:
    """A record and the one before it of the same claim."""

    record: Record
    previous: Record | None

    @cached_property
    def document(self) -> Document:
        """The record's content."""
        return self.record.document()

    @cached_property
    def before(self) -> Document | None:
        """The content of the record before it."""
        return self.previous.document() if self.previous else None

    @property
    def is_silent(self) -> bool:
        """Whether nobody is told: the first record of a claim from an archive."""
        return self.previous is None and "imported" in self.document

    def concerned(self) -> QuerySet[Follow]:
        """The confirmed follows that it concerns."""
        return Follow.objects.confirmed().filter(self._wanted, after_seq__lt=self.record.seq)

    def on_devices(self) -> QuerySet[DeviceFollow]:
        """The follows of devices that it concerns."""
        return DeviceFollow.objects.filter(self._wanted, after_seq__lt=self.record.seq)

    @cached_property
    def _wanted(self) -> Q:
        """What has to be followed.

        A retraction names neither topics nor a claimant, and a correction may take one off: the record before counts
        as well. Translations are news only to those who follow the claim itself, or read their language.
        """
        claims = [document["claim"] for document in (self.document, self.before) if document]
        topics = {topic for claim in claims for topic in claim["topics"]}
        claimants = {claim["claimant"]["id"] for claim in claims if claim["claimant"]}
        wanted = Q(kind=FollowKind.TOPIC, target__in=_one_with(MergeKind.TOPIC, topics))
        wanted |= Q(kind=FollowKind.CLAIMANT, target__in=_one_with(MergeKind.CLAIMANT, claimants))
        if self.record.kind in (RecordKind.CORRECTED, RecordKind.RETRACTED):
            wanted |= Q(kind=FollowKind.CORRECTIONS)
        if "translation_of" in self.document:
            wanted &= Q(language=self.document["claim"]["language"])
        wanted |= Q(kind=FollowKind.CLAIM, target=str(self.record.claim_id))
        return wanted


def news_of(records: list[Record]) -> list[News]:
    """The records, each with the one before it of its claim."""
    before = Q(pk__in=[])
    for record in records:
        before |= Q(claim_id=record.claim_id, revision=record.revision - 1)
    found = {(row.claim_id, row.revision): row for row in Record.objects.filter(before)} if records else {}
    return [News(record, found.get((record.claim_id, record.revision - 1))) for record in records]


def _one_with(kind: MergeKind, names: set[str]) -> set[str]:
    """The names and everything that was merged with one of them."""
    rows = PublishedMerge.objects.filter(kind=kind)
    stays = set(rows.filter(gone__in=names).values_list("stays", flat=True)) | names
    return stays | set(rows.filter(stays__in=stays).values_list("gone", flat=True))
