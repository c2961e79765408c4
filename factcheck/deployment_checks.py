"""What ``manage.py check --deploy`` finds besides Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def contact_email(**kwargs: Any) -> list[CheckMessage]:
    """Readers are asked to report errors to this address; the default belongs to nobody."""
    if not settings.CONTACT_EMAIL.endswith(".example"):
        return []
    return [
        Warning(
            f"CONTACT_EMAIL is {settings.CONTACT_EMAIL}, an example. Readers report errors to this address.",
            hint="Set the environment variable CONTACT_EMAIL to an address that the newsroom reads.",
            id="factcheck.W001",
        )
    ]
