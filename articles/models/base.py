"""What several models share: who made a row and when, validated addresses, clean text."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@deconstructible
class WebAddressValidator(URLValidator):
    """An http(s) address without a user name: ``https://bank.example@evil.example/`` leads elsewhere than it seems."""

    schemes = ["http", "https"]
    message = gettext_lazy("Enter a full address that starts with http:// or https://.")

    def __call__(self, value: Any) -> None:
        """Raises ``ValidationError``."""
        super().__call__(value)
        if "@" in urlsplit(value).netloc:
            raise ValidationError(_("Enter the address without a user name or password."), code="userinfo")


#: Only addresses a reader may safely follow.
web_address = WebAddressValidator()
#: BCP 47 in the shapes newsrooms use: en, pt-BR, zh-Hant, az-Latn-AZ.
language_tag = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
    gettext_lazy("Enter a language tag such as en, az or pt-BR."),
    "language",
)


#: How long a caller's own identifier may be.
MAX_REFERENCE = 120


class Referenced(models.Model):
    """A row that a program may know by an identifier of its own, which no other row of the kind has. Never public."""

    reference = models.CharField(
        max_length=MAX_REFERENCE,
        blank=True,
        default="",
        help_text=gettext_lazy("The identifier that a program of the newsroom has for this. Never public."),
    )

    class Meta:
        abstract = True


class DeskRow(models.Model):
    """A mutable row of the desk: who made it and when. Its history is written by the database."""

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class Versioned(DeskRow):
    """A row that several people edit: ``version`` goes up by one with every change, the database insists on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
