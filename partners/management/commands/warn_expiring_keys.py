"""``manage.py warn_expiring_keys``: tell partners by e-mail that a key of theirs will end."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.models import Notice
from partners.models.key import SOON
from partners.services import notices


class Command(BaseCommand):
    """One e-mail for each key, however often this runs."""

    help = "Tells partners by e-mail that a key is about to expire, once for each key. Run it every day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long before."""
        parser.add_argument("--days", type=int, default=SOON.days, help=f"how long before its end ({SOON.days})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print which keys it told of; exit code 1 when an e-mail did not leave."""
        if not 1 <= options["days"] <= 366:
            raise CommandError("--days: a number from 1 to 366.")
        made = notices.warn_expiring(at=timezone.now(), within=timedelta(days=options["days"]))
        for notice in made:
            self.stdout.write(f"{notice.partner}: {notice.key}")
        kept = Notice.objects.filter(pk__in=[notice.pk for notice in made], sent_at=None).count()
        self.stdout.write(f"{len(made)} keys.")
        if kept:
            raise CommandError(f"{kept} of the e-mails did not leave. The worker (deliver_webhooks) tries them again.")
