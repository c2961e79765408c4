"""A picture as it is kept, and the sizes in which pages show it."""

from typing import Any

from django.conf import settings
from django.db import models

from articles.picture_choices import PictureFormat, PictureKind, PictureType


class _Described(models.Manager[Any]):
    """Pictures without their bytes: those are read when they are asked for, never along with a list."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class Picture(models.Model):
    """A picture made anew from its pixels, under its SHA-256. Never changed; kept once, however often it is used."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    received_sha256 = models.CharField(
        max_length=64, db_index=True, editable=False, help_text="SHA-256 of the file as it came in."
    )
    kind = models.CharField(max_length=10, choices=PictureKind, editable=False)
    media_type = models.CharField(max_length=20, choices=PictureType, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    size = models.PositiveIntegerField(editable=False, help_text="In bytes.")
    content = models.BinaryField(editable=False)
    figures = models.JSONField(
        null=True, editable=False, help_text="Of a chart or a map that was drawn here: what it was drawn from."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = _Described()

    class Meta:
        base_manager_name = "objects"
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(media_type__in=PictureType.values), name="picture_is_of_a_kept_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.width} × {self.height} pixels, {self.sha256[:8]}"


class PictureVariant(models.Model):
    """A picture in one size and format, made from it when it came in. Nobody's words: without a history."""

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="variants", editable=False)
    format = models.CharField(max_length=4, choices=PictureFormat, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    content = models.BinaryField(editable=False)

    objects = _Described()

    class Meta:
        base_manager_name = "objects"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["picture", "format", "width"], name="picture_variant_is_there_once"),
        ]

    def __str__(self) -> str:
        return f"{self.width}.{self.format}"
