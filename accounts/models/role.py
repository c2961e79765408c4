"""What is known of a role besides the permissions of its group."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class RolePolicy(models.Model):
    """A role: what it is for, what it needs at sign-in, and what the product last granted it.

    The group holds the permissions, and a newsroom changes them as it likes. ``granted`` is the product's own list at
    the last update, so that the next one adds only what is new. A role whose group was deleted keeps its row without
    a group: it does not come back.
    """

    group = models.OneToOneField(Group, null=True, on_delete=models.SET_NULL, related_name="policy")
    key = models.SlugField(  # noqa: DJ001 - unique, and a newsroom's own roles have none
        null=True,
        unique=True,
        editable=False,
        help_text=gettext_lazy("The product's name of the role; empty for a newsroom's own."),
    )
    summary = models.CharField(
        max_length=300, blank=True, help_text=gettext_lazy("What people with this role may do, in a sentence.")
    )
    needs_second_factor = models.BooleanField(
        default=False,
        help_text=gettext_lazy("People with this role set up a second factor before they use the desk."),
        verbose_name=gettext_lazy("needs a second factor"),
    )
    granted = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name_plural = gettext_lazy("role policies")

    def __str__(self) -> str:
        return self.group.name if self.group else _("%(key)s (deleted)") % {"key": self.key}
