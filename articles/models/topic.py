"""What claims are about, and what claims about one beat have in common from the beginning."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.base import Versioned
from articles.models.named import Named


class Topic(Named):
    """A topic in the spelling that readers see. Claims name it by this spelling; other spellings lead to it.

    Two topics never differ by case, accents or blanks alone.
    """

    name = models.CharField(max_length=60, help_text=_("As readers see it. Open claims take over a new spelling."))

    class Meta:
        ordering = ["name"]
        default_permissions = ()  # rules.may_edit_sources
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
            models.UniqueConstraint(
                fields=["folded"],
                name="topic_is_there_once",
                violation_error_message=_("There is a topic with this name already. Merge the two instead."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimTemplate(Versioned):
    """What the form of a new claim is filled in with, such as for one beat. Claims made from it do not refer to it."""

    name = models.CharField(max_length=60, help_text=_("Such as the beat: Elections, Health."))
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text=_("Separated by commas."))
    why_chosen = models.TextField(_("why this claim"), blank=True, help_text=_("Why such claims are worth checking."))
    note = models.TextField(
        _("checklist"),
        blank=True,
        help_text=_("What to look at. Shown above the form of a new claim; readers never see it."),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Nobody: the person who enters the claim."),
    )
    is_retired = models.BooleanField(_("retired"), default=False, help_text=_("Not offered for new claims any more."))

    class Meta:
        ordering = ["name"]
        default_permissions = ()  # rules.may_edit_templates
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="claim_template_has_a_name"),
            models.UniqueConstraint(
                fields=["name"],
                name="claim_template_is_there_once",
                violation_error_message=_("There is a template with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
