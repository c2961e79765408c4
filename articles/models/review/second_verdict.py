"""A verdict that somebody gives without having seen the first one."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.base import DeskRow
from articles.models.claim import Claim
from articles.models.rating import Rating

MAX_REASON = 1_000


class SecondVerdict(DeskRow):
    """Asked for by ``created_by``, given by ``person``. Never public.

    ``beside`` is the rating that the claim had when it was given.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="second_verdicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(max_length=MAX_REASON, blank=True, validators=[MaxLengthValidator(MAX_REASON)])
    rated_at = models.DateTimeField(null=True, blank=True)
    beside = models.ForeignKey(
        Rating, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the claim's rating then")
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "person"], condition=Q(withdrawn_at=None), name="second_verdict_is_asked_for_once"
            ),
            models.CheckConstraint(
                condition=Q(rating=None, rated_at=None, reason="")
                | Q(rating__isnull=False, rated_at__isnull=False) & ~Q(reason=""),
                name="second_verdict_is_whole",
            ),
            models.CheckConstraint(condition=~Q(person=F("created_by")), name="second_verdict_is_somebody_elses"),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(rated_at=None, withdrawn_at=None), name="second_verdict_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.rating or '…'}"
