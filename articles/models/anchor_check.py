"""The state of a passage after its article's text changed, and what a person decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.choices import AnchorDecision, AnchorState
from articles.models.appearance import Appearance
from articles.models.article import ArticleVersion
from articles.models.claim import Claim


class AnchorCheck(models.Model):
    """A passage of a former text, looked for in a new one. The machine finds; a person decides.

    ``candidates``: ``{start, end, similarity, context, is_in_place}``, likeliest first, in code points of the new text.
    ``before`` is the passage as it was when it was decided, so that a decision can be undone.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="anchor_checks")
    appearance = models.ForeignKey(Appearance, models.SET_NULL, null=True, related_name="checks")
    article_version = models.ForeignKey(
        ArticleVersion, models.PROTECT, related_name="anchor_checks", verbose_name=_("new text")
    )
    former = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="+", verbose_name=_("former text"))
    exact = models.TextField(_("quote"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    found = models.CharField(max_length=10, choices=AnchorState)
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=AnchorDecision, default=AnchorDecision.PENDING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)

    class Meta:
        verbose_name = _("passage check")
        ordering = ["article_version", "start", "id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["appearance", "article_version"], name="passage_looked_for_once_in_a_text"),
            models.CheckConstraint(
                condition=Q(decision__in=["pending", "superseded"], decided_by=None, decided_at=None)
                | Q(decision__in=["confirmed", "lost"], decided_by__isnull=False, decided_at__isnull=False),
                name="passage_decision_is_a_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.exact[:80]}” ({self.get_found_display()})"
