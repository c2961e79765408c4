"""The demo in a scratch database, and the pages of it that are looked at."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bench import scratch, serving

#: What ``serving.served`` serves: the site with its pages packed.
PACKED = "bench.loading.packed:application"


@contextmanager
def filled(purpose: str) -> Iterator[dict[str, str]]:
    """Path by name, of the heaviest claims with and without a picture, the front page and the list.

    Until the block ends, ``serving.served`` serves them.
    """
    with scratch.database_url(purpose, template=scratch.migrated()), tempfile.TemporaryDirectory() as folder:
        told = {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAR_DIR": folder}
        os.environ |= serving.environment("http://localhost") | told
        _fill()
        yield _pages()


def _fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from demo import about, load, people

    call_command("migrate", verbosity=0)
    newsroom = people.ensure()
    load.load(newsroom)
    about.load(newsroom)


def _pages() -> dict[str, str]:
    from django.db import connections

    from articles.models import PublishedClaim

    rows = PublishedClaim.objects.filter(is_retracted=False).select_related("record")
    by_weight = sorted(rows, key=lambda row: -len(bytes(row.record.body)))
    connections.close_all()
    pictured = [row for row in by_weight if row.record.document().get("lead_image")]
    plain = [row for row in by_weight if row not in pictured]
    arabic = [row for row in plain if row.language == "ar"]
    found = {
        "claim with a picture": [f"/claims/{row.slug}/" for row in pictured],
        "claim without": [f"/claims/{row.slug}/" for row in plain],
        "claim in Arabic": [f"/ar/claims/{row.slug}/" for row in arabic],
        "front": ["/"],
        "list": ["/claims/"],
    }
    return {name: those[0] for name, those in found.items() if those}
