"""A picture that a reader sent with a tip."""

from typing import Any

from django.db import models

from articles.models.submission import Submission
from articles.picture_choices import PictureType


class _Described(models.Manager[Any]):
    """Pictures without their bytes: those are read when they are asked for, never along with a list."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("content")


class TipPicture(models.Model):
    """A picture of a tip, made anew from its pixels. Only the desk sees it; it is deleted after a set time."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="pictures", editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    media_type = models.CharField(max_length=20, choices=PictureType, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    content = models.BinaryField(editable=False)
    received_at = models.DateTimeField(editable=False)

    objects = _Described()

    class Meta:
        base_manager_name = "objects"
        default_permissions = ()
        ordering = ["submission", "place"]
        constraints = [models.UniqueConstraint(fields=["submission", "place"], name="tip_picture_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.place + 1}"
