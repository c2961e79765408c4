"""The append-only log: its records, its head, and the inner nodes of its Merkle tree."""

import json
import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from articles.choices import RecordKind


class Record(models.Model):
    """One publication. ``body`` is served unchanged and never serialised again."""

    seq = models.BigIntegerField(primary_key=True)
    claim_id = models.UUIDField()
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RecordKind)
    at = models.DateTimeField()
    body = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    previous_sha256 = models.BinaryField(max_length=32, null=True)
    leaf = models.BinaryField(max_length=32, help_text="RFC 6962 leaf hash of the entry.")
    root = models.BinaryField(max_length=32, help_text="Root of the tree with this record as its last leaf.")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["claim_id", "revision"], name="record_revision_numbered_once"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="record_seq_starts_at_one"),
        ]
        indexes = [models.Index(fields=["kind", "seq"], name="record_by_kind")]

    def __str__(self) -> str:
        return f"#{self.seq} {self.kind} {self.claim_id} r{self.revision}"

    def document(self) -> dict[str, Any]:
        """The record as a dictionary, for rendering. To pass a record on, use ``body``."""
        document: dict[str, Any] = json.loads(bytes(self.body))
        return document


#: The channel of the database's notification that a record was appended.
LOG_CHANNEL = "factcheck_log"


class Head(models.Model):
    """The one row that orders all publishing: the last number given out and the tree's state."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid.uuid4)
    seq = models.BigIntegerField(default=0)
    frontier = ArrayField(models.BinaryField(max_length=32), default=list)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="head_is_a_single_row")]

    def __str__(self) -> str:
        return f"{self.epoch} at {self.seq}"


class Subtree(models.Model):
    """A full tile of the log's tree, as the one hash it is in the tile above it (C2SP tlog-tiles).

    At level 1 a row covers 256 records, at level 2 for 65,536, and so on. Level 0 is the leaves, which are records.
    """

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField(help_text="Its place among the subtrees of its level, from 0.")
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["level", "index"]
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="subtree_stored_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1), name="subtree_level_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Cosignature(models.Model):
    """What a witness signed last of the log (C2SP tlog-cosignature). It is worth something for this tree alone."""

    key = models.CharField(primary_key=True, max_length=400, help_text="The witness's public key, with its name.")
    origin = models.CharField(max_length=300, help_text="The log, as checkpoints name it.")
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32, default=bytes)
    line = models.TextField(blank=True, help_text="The line of the note that holds the signature.")
    signed_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the last request failed.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key.partition('+')[0]}: {self.size} records"
