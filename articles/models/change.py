"""The history of the desk. Written by database triggers alone, refused to be edited by anybody."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.choices import ChangeKind, Surface

#: Tables of what a claim names and readers see with it.
NAMED_TABLES = ("articles_source", "articles_claimant", "articles_article", "articles_topic")


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes."""

    def of_claim(self, claim_id: UUID) -> Self:
        """What happened to a claim, to all that hangs on it, and to what it names while it was open; newest first."""
        own = Change.objects.filter(claim_id=claim_id).values("act")
        return (
            self.filter(Q(claim_id=claim_id) | Q(table__in=NAMED_TABLES, act__in=own))
            .select_related("actor")
            .order_by("-id")
        )


class Change(models.Model):
    """One row of the desk that was added, changed or removed: by whom, through which door, why.

    ``before`` and ``after`` hold the whole row for added and removed ones, only what differs for changed ones.
    Rows of one act share ``act``.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    act = models.BigIntegerField(db_index=True)
    table = models.CharField(max_length=63, db_column="table_name")
    row = models.CharField(max_length=40, db_column="row_id")
    claim_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=ChangeKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    surface = models.CharField(max_length=10, choices=Surface)
    reason = models.TextField(blank=True)
    database_role = models.CharField(max_length=63)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["claim_id", "id"], name="change_by_claim"),
            models.Index(fields=["table", "row", "id"], name="change_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.table} {self.row}"
