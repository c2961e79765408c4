"""Notices that were sent to partners by e-mail."""

from django.db import models
from django.db.models import Q

from partners.choices import NoticeKind
from partners.models.endpoint import Endpoint
from partners.models.key import Key
from partners.models.partner import Partner


class Notice(models.Model):
    """An e-mail to a partner's contact: written with what it is about, sent afterwards, and again until it left."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="notices")
    endpoint = models.ForeignKey(Endpoint, null=True, on_delete=models.PROTECT, related_name="notices")
    key = models.ForeignKey(Key, null=True, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True, help_text="Why the latest attempt failed.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(kind=NoticeKind.KEY_EXPIRES), name="notice_of_a_keys_end_is_there_once"
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(sent_at=None), name="notice_waiting")]

    def __str__(self) -> str:
        return self.subject
