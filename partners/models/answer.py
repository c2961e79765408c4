"""Answers kept for requests that are sent again."""

from django.db import models

#: An ``Idempotency-Key`` may be this long.
MAX_KEY = 255


class Answer(models.Model):
    """What a caller was answered under one ``Idempotency-Key``, to be answered again word for word.

    The row is written in the transaction of the act it answers for: both are there, or neither. Without a ``status``
    the act is still under way, which no other transaction sees.
    """

    pk = models.CompositePrimaryKey("caller", "key")
    caller = models.CharField(max_length=60, help_text="Who asked: partner:<id> or user:<id>.")
    key = models.CharField(max_length=MAX_KEY)
    fingerprint = models.BinaryField(max_length=32, help_text="SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.status or 'under way'}"
