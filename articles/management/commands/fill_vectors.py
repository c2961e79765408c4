"""``manage.py fill_vectors``: the vectors of all claims, for search by meaning."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import meaning
from articles.models import Claim, OpenVector, PublishedClaim, PublishedVector
from articles.services import vectors
from lib.encoding import EncoderError


class Command(BaseCommand):
    """Makes what is missing; it can be stopped and started again at any time."""

    help = "Make the vectors by which claims are found by meaning. The worker keeps them up to date afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--again", action="store_true", help="delete all vectors first, and make them again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, with a line of progress every few seconds."""
        try:
            encoder = meaning.load()
        except EncoderError as wrong:
            raise CommandError(f"{wrong} See docs/search-by-meaning.md.") from wrong
        if options["again"]:
            vectors.clear()
        total = PublishedClaim.objects.count() + Claim.objects.open().count()
        there = sum(model.objects.filter(encoder=encoder.name).count() for model in (PublishedVector, OpenVector))
        self.stdout.write(f"{encoder.name}: {there:,} of {total:,} claims have a vector.")
        began, said = time.monotonic(), 0.0

        def report(made: int) -> None:
            nonlocal said
            took = time.monotonic() - began
            if took - said >= 5:
                said = took
                left = max(total - there - made, 0) * took / made
                self.stdout.write(f"{there + made:,} of {total:,}; {made / took:.0f} a second, about {left:.0f} s left")

        done = vectors.fill(encoder, report=report)
        self.stdout.write(self.style.SUCCESS(f"Done: {done} were filled."))
