"""A link on which somebody outside reads one claim, and the notes they leave there."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.credentials import Credential, live
from articles.choices import Stage
from articles.models.base import DeskRow
from articles.models.claim import Claim
from articles.models.source import Source

#: No link lives longer.
LONGEST_LIFE = timedelta(days=30)
MAX_QUESTION, MAX_NOTE, MAX_INTERESTS = 2_000, 10_000, 300


class ExpertLinkQuerySet(models.QuerySet["ExpertLink"]):
    """Links."""

    def live(self, *, at: datetime) -> Self:
        """Those that open something at ``at``: at the second of ``expires_at`` a link is dead."""
        return self.filter(live(at=at)).exclude(claim__stage=Stage.DROPPED)


class ExpertLink(DeskRow, Credential):
    """An invitation to one person to look at one claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="expert_links")
    invited = models.CharField(
        gettext_lazy("for whom"), max_length=200, help_text=gettext_lazy("Only the newsroom sees it.")
    )
    question = models.TextField(
        gettext_lazy("open question"),
        max_length=MAX_QUESTION,
        validators=[MaxLengthValidator(MAX_QUESTION)],
        help_text=gettext_lazy("What you would like to know. The expert reads it."),
    )
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExpertLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()  # rules.may_invite_experts
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=models.ExpressionWrapper(F("created_at") + LONGEST_LIFE, models.DateTimeField())),
                name="expert_link_lives_at_most_thirty_days",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="expert_link_revocation_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(invited=""), name="expert_link_says_for_whom_and_what_about"
            ),
        ]

    def __str__(self) -> str:
        return _("Link for %(invited)s") % {"invited": self.invited}


class ExpertNote(models.Model):
    """What somebody outside wrote about a claim. Private until an editor makes a source of it, with their consent.

    The words never change (``expert_note_never_changes``); only the decision about them is added.
    """

    link = models.ForeignKey(ExpertLink, models.PROTECT, related_name="notes")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="expert_notes")
    name = models.CharField(max_length=120)
    expertise = models.CharField(max_length=200)
    text = models.TextField(gettext_lazy("note"), max_length=MAX_NOTE, validators=[MaxLengthValidator(MAX_NOTE)])
    interests = models.CharField(max_length=MAX_INTERESTS)
    may_be_named = models.BooleanField(gettext_lazy("may be quoted by name"), default=False)
    received_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="expert_notes")

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(name="") & ~Q(expertise="") & ~Q(interests=""),
                name="expert_note_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="expert_note_is_settled_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(source=None) | Q(may_be_named=True, settled_at__isnull=False),
                name="expert_note_becomes_a_source_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return _("Note by %(name)s") % {"name": self.name}
