"""What the demo newsroom says about itself, written and published through the services."""

import tomllib
from pathlib import Path

from articles.models import Page
from articles.services.newsroom import pages
from demo.content import DIRECTORY, Entry
from demo.desk import at
from demo.people import Newsroom

LANGUAGE = "en"


def load(people: Newsroom, *, directory: Path = DIRECTORY / "pages") -> int:
    """Write and publish the pages that are not there yet; returns how many. Those that are there stay as people left
    them."""
    entries = tomllib.loads((directory / "pages.toml").read_text(encoding="utf-8"))["page"]
    new = [entry for entry in entries if not Page.objects.filter(key=entry["key"], language=LANGUAGE).exists()]
    for entry in new:
        _publish(people, entry)
    return len(new)


def _publish(people: Newsroom, entry: Entry) -> None:
    # By the administrator: roles of an older demo do not hold the permissions of these pages.
    first, *later = entry["revision"]
    page = pages.write(
        key=entry["key"],
        language=LANGUAGE,
        title=entry["title"],
        body_html=first["body"],
        by=people.admin,
        at=at(first["on"], 8),
    )
    pages.publish(page=page, by=people.admin, at=at(first["on"], 9), version=page.version, note=first["note"])
    for revision in later:
        page = Page.objects.get(pk=page.pk)
        page = pages.edit(
            page=page, by=people.admin, at=at(revision["on"], 8), version=page.version, body_html=revision["body"]
        )
        noon = at(revision["on"], 12)
        pages.publish(page=page, by=people.admin, at=noon, version=page.version, note=revision["note"])
