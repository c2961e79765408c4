"""Purges on their way to the caches."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Purge(models.Model):
    """The keys of pages that a change made old. Written with the change, sent by the worker, then deleted."""

    keys = ArrayField(models.TextField())
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    was_sent = models.BooleanField(default=False, help_text="Whether only the second sending is left.")
    failed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the latest attempt failed.")

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(failed_at=None), name="purge_waiting"),
        ]

    def __str__(self) -> str:
        return " ".join(self.keys)
