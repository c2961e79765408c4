"""The list of claims: saved views, chosen columns, and bulk changes."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views, by who may open them."""

    def of(self, user_id: int) -> Self:
        """The views of one person and those that others share, in the order of their names."""
        return self.filter(Q(owner_id=user_id) | Q(is_shared=True)).order_by("name", "pk")


class SavedView(models.Model):
    """Filters, search and order of the list of claims under a name.

    ``query`` has the parameters of the list's address. They may name a topic or a person that is gone since.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    is_shared = models.BooleanField(_("shared"), default=False)
    query = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_named_once",
                violation_error_message=_("You have a view of this name already. Choose another name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ListColumns(models.Model):
    """The columns that one person chose for the list of claims, in their order."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    columns = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return ", ".join(self.columns)


class BulkChange(models.Model):
    """One change of several claims at once, kept for a while so that it can be undone.

    ``rows`` has for each changed claim: its ``id``, the ``version`` that the change made, and ``before``, the values
    to give back. The history of the claims themselves has all of it as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=10)
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.act}: {len(self.rows)}"


#: How lists are looked at. They need no history: what a bulk change did is in the history of each claim.
LIST_MODELS: tuple[type[models.Model], ...] = (SavedView, ListColumns, BulkChange)
