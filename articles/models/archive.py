"""What came from an archive: batches, their rows, and where old addresses lead."""

import uuid

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q

from articles.models.base import DeskRow
from articles.models.claim import Claim


class ArchiveBatch(DeskRow):
    """One import of an archive. ``created_by`` takes responsibility for everything in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the file, in hexadecimal.")
    is_published = models.BooleanField(help_text="Whether its claims were published, or became drafts.")
    finished_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0, help_text="How many claims came from it.")
    published = models.PositiveIntegerField(default=0, help_text="How many of them were published.")
    first_seq = models.BigIntegerField(null=True)
    last_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "archive batches"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["file_sha256"], condition=Q(finished_at=None), name="archive_is_imported_by_one_batch_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.id})"


class ArchiveRow(models.Model):
    """A row of an archive that became a claim. The fingerprint keeps it from coming in twice."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ArchiveBatch, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(help_text="Which row of the file it was, from 1.")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its address and its claim.")
    url = models.CharField(max_length=2000, blank=True, help_text="Where the check was published.")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="archive_row")
    is_published = models.BooleanField()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        indexes = [HashIndex(fields=["url"], name="archive_row_by_address")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class Redirect(models.Model):
    """An address of the earlier site, and the claim whose page readers get there. Readers may SELECT it."""

    key = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the path, in hexadecimal.")
    path = models.TextField(help_text="Path and query on the earlier site, decoded.")
    claim_id = models.UUIDField()

    class Meta:
        ordering = ["path"]
        default_permissions = ()
        indexes = [models.Index(fields=["claim_id"], name="redirect_by_claim")]

    def __str__(self) -> str:
        return f"{self.path} → {self.claim_id}"
