"""What somebody typed on a page of the desk and has not saved yet."""

from django.conf import settings
from django.db import models

from articles.models.claim import Claim


class UnsavedForm(models.Model):
    """The fields of one person's form that differ from the claim, kept until the form is saved or discarded.

    ``fields`` has the names and values of the form, as a browser posts them. ``version`` is the version of the claim
    that the form was drawn from. ``writer`` names the opened page that wrote it, so that two pages of one person do
    not replace each other's words.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    writer = models.UUIDField()
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "claim"], name="unsaved_form_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.claim}"


class UnsavedPage(models.Model):
    """The fields of one person's form that differ from what is saved, for every form but that of a claim's page.

    ``page`` is the form's address. ``form_version`` is the version that the form was drawn from, as the form posts it;
    empty for a form without one. ``writer`` and ``fields`` are as in ``UnsavedForm``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField(max_length=300)
    form_version = models.CharField(max_length=200, blank=True)
    writer = models.UUIDField()
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="unsaved_page_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.page}"
