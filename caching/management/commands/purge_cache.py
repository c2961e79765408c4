"""``manage.py purge_cache``: let the caches forget pages now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caching import keys, purgers
from caching.purgers import PurgeError


class Command(BaseCommand):
    """Purges all public pages, or those with the named keys."""

    help = "Let the caches in front of the site forget all public pages, or those with the named keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="such as claim-<id>, lists, feeds; default: site")

    def handle(self, *args: Any, **options: Any) -> None:
        purger = purgers.from_settings()
        if purger is None:
            raise CommandError("PURGE_KIND is not set: there is no cache to purge. See docs/caching.md.")
        wanted = options["keys"] or [keys.SITE]
        try:
            purger.purge(wanted)
        except PurgeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Purged: {' '.join(wanted)}")
