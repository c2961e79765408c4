"""The right of reply."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.choices import ReplyMeans
from articles.models.base import DeskRow
from articles.models.claim import Claim


class RightOfReply(DeskRow):
    """Who was asked to answer to a claim's check, when and how, and what they said."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="replies")
    asked = models.CharField(_("who was asked"), max_length=200)
    asked_on = models.DateField()
    means = models.CharField(_("by what means"), max_length=20, choices=ReplyMeans)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["claim", "asked_on", "id"]
        verbose_name = "reply"
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answer=""),
                name="reply_answered_on_has_an_answer",
                violation_error_message=_("Write what they answered, or leave the date of the answer empty."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=models.F("asked_on")),
                name="reply_comes_after_the_question",
                violation_error_message=_("The answer cannot be older than the question."),
            ),
        ]

    def __str__(self) -> str:
        return self.asked
