"""Outlines that maps are drawn on: coasts, rivers, borders, as the newsroom gives them."""

from typing import Any

from django.conf import settings
from django.db import models

from articles.models.pictures.lead_picture import MAX_LICENCE

#: How long the texts of outlines may be, in characters.
MAX_NAME = 80
MAX_OUTLINE_CREDIT = 80


class _Described(models.Manager[Any]):
    """Outlines without their points: those are read when a map is drawn, never along with a list."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class MapOutline(models.Model):
    """Outlines with who made them and on what terms. Never changed: outlines under the same name replace them in lists.

    ``sha256`` is that of the points and of all that is said about them, so the same outlines are kept once.
    """

    name = models.CharField(max_length=MAX_NAME, editable=False)
    credit = models.CharField(max_length=MAX_OUTLINE_CREDIT, editable=False)
    licence = models.CharField(max_length=MAX_LICENCE, editable=False)
    content = models.TextField(editable=False, help_text="GeoJSON: areas and lines, longitude first.")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = _Described()

    class Meta:
        base_manager_name = "objects"
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.credit}, {self.licence})"
