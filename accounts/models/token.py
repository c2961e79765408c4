"""The tokens people use the desk API with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from accounts.credentials import NamedCredential


class PersonalToken(NamedCredential):
    """A token a person signs in to the desk API with."""

    BEGINS_WITH = "fct_"
    SHOWN = 8

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(
        max_length=80, help_text=gettext_lazy("Where you use it, so that you know which one to revoke.")
    )

    class Meta:
        ordering = ["-created_at"]
