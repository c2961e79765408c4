"""``manage.py partner_key``: issue a key for a partner."""

import argparse
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lib.refusals import RefusedError
from partners.choices import Scope
from partners.models import Partner
from partners.services import keys, partners


def _scopes(text: str) -> list[str]:
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found or set(found) - set(Scope.values):
        raise argparse.ArgumentTypeError(f"some of {', '.join(Scope.values)}, separated by commas")
    return found


class Command(BaseCommand):
    """Prints the secret alone on standard output, this once."""

    help = "Issue an API key for a partner. Prints the secret, which is shown this once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose key, and what for."""
        parser.add_argument("--partner", required=True, metavar="NAME", help="the organisation's name")
        parser.add_argument("--scopes", required=True, type=_scopes, help=", ".join(Scope.values))
        parser.add_argument("--name", default="command line", help="where the key is used")
        parser.add_argument("--expires-in-days", type=int, metavar="N", help="without it the key does not expire")
        parser.add_argument("--rate", default="", help="its own limit, such as 6000/min")
        parser.add_argument("--contact-email", metavar="EMAIL", help="adds the partner when there is none of that name")

    def handle(self, *args: Any, **given: Any) -> None:
        """Issue it."""
        at, days = timezone.now(), given["expires_in_days"]
        if days is not None and not 1 <= days <= 36_500:
            raise CommandError("--expires-in-days: a number from 1 to 36500.")
        try:
            key, secret = keys.issue_key(
                partner=self._partner(given["partner"], given["contact_email"]),
                name=given["name"],
                scopes=given["scopes"],
                rate=given["rate"],
                expires_at=at + timedelta(days=days) if days else None,
                at=at,
            )
        except RefusedError as refused:
            raise CommandError(str(refused)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stderr.write(f"A key for {key.partner}. Copy it now: only its fingerprint is stored.")
        self.stdout.write(secret)

    def _partner(self, name: str, contact_email: str | None) -> Partner:
        partner = Partner.objects.filter(name=name).first()
        if partner is None and contact_email:
            return partners.add_partner(name=name, contact_email=contact_email, by=None, at=timezone.now())
        if partner is None:
            raise CommandError(f"There is no partner called “{name}”. Add --contact-email EMAIL to add it.")
        return partner
