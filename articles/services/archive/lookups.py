"""What the database already holds of a chunk: its rows, its addresses, claimants, sources and names of pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from articles import folding, text
from articles.models import ArchiveRow, Source
from articles.services.archive.assessment import Item, Outcome

_CLAIMANTS = """
SELECT DISTINCT given.name, coalesce(c.merged_into_id, c.id)
FROM unnest(%s::text[], %s::text[]) AS given (name, folded) JOIN articles_claimant c ON c.folded = given.folded
"""


def mark_known(items: Sequence[Item], *, batch: UUID | None) -> None:
    """Set aside rows that came in before, and doubt those whose address another batch brought with other words."""
    prints = [item.fingerprint for item in items]
    known = {
        row.fingerprint: row
        for row in ArchiveRow.objects.filter(fingerprint__in=prints).only("fingerprint", "number", "batch_id")
    }
    urls = {item.url for item in items if item.url}
    others = ArchiveRow.objects.filter(url__in=urls).exclude(batch=batch).values_list("url", "claim_id")
    addresses = {url: str(claim) for url, claim in others}
    seen: dict[str, int] = {}
    for item in items:
        before = known.get(item.fingerprint)
        if item.fingerprint in seen:
            _set_aside(item, "duplicate", f"Row {seen[item.fingerprint]} of this file is the same check.")
        elif before and before.batch_id == batch and before.number != item.number:
            _set_aside(item, "duplicate", f"Row {before.number} of this file is the same check.")
        elif before:
            _set_aside(item, "", "It was imported before.")
        elif item.url in addresses:
            words = f"Claim {addresses[item.url]} came from the same address with other words."
            item.doubt("address_known", words)
        seen.setdefault(item.fingerprint, item.number)


def mark_seen(cursor: Any, items: Sequence[Item]) -> None:
    """Set aside rows that an earlier chunk of the same dry run had, and remember the others in its table."""
    rows = [(item.fingerprint, item.number) for item in items]
    cursor.execute(_SEEN, [[one for one, _number in rows], [number for _one, number in rows]])
    first = dict(cursor.fetchall())
    for item in items:
        if first[item.fingerprint] != item.number:
            _set_aside(item, "duplicate", f"Row {first[item.fingerprint]} of this file is the same check.")


_SEEN = """
WITH given AS (SELECT * FROM unnest(%s::text[], %s::int[]) AS given (fingerprint, number)),
added AS (
    INSERT INTO archive_seen SELECT * FROM given ON CONFLICT DO NOTHING RETURNING fingerprint, number
)
SELECT fingerprint, number FROM added
UNION ALL SELECT s.fingerprint, s.number FROM archive_seen s JOIN given USING (fingerprint)
"""


def _set_aside(item: Item, code: str, detail: str) -> None:
    item.outcome, item.code, item.detail = Outcome.THERE, code, detail


def claimants(items: Iterable[Item]) -> dict[str, UUID]:
    """Known claimants by the names in these rows. A name that several people have is a doubt about its rows."""
    named = defaultdict(list)
    for item in items:
        if item.claimant:
            named[item.claimant].append(item)
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMANTS, [list(named), [folding.name_key(name) for name in named]])
        for name, claimant in cursor.fetchall():
            found[name].append(claimant)
    for name, several in found.items():
        for item in named[name] if len(several) > 1 else []:
            item.doubt("several_claimants", f"Several claimants are called “{name}”.")
            item.claimant = ""
    return {name: one for name, [one, *more] in found.items() if not more}


def rows_of(model: type[Any], ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Rows by their ids."""
    return dict(model._default_manager.in_bulk(list(ids)))


def sources(urls: Iterable[str]) -> dict[str, Source]:
    """Known sources by their addresses, without confidential ones: those are cited by hand."""
    rows = Source.objects.filter(url__in=list(urls), is_confidential=False).order_by("-created_at", "-id")
    return {source.url: source.kept() for source in rows.select_related("merged_into")}


class Slugs:
    """Names of pages for new rows of one model, none of which is taken."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        self._wanted = [text.slug(name, fallback="") for name in names]
        taken = model._default_manager.filter(slug__in=self._wanted).values_list("slug", flat=True)
        self._taken = set(taken)

    def take(self, name: str, pk: UUID) -> str:
        """The name's slug, told apart by a piece of the id where it is taken, as ``editing.unique_slug`` does."""
        wanted = text.slug(name, fallback=str(pk)[:8])
        made = f"{wanted}-{str(pk)[:8]}" if wanted in self._taken else wanted
        while made in self._taken:
            made = f"{wanted}-{uuid4().hex[:12]}"
        self._taken.add(made)
        return made


def new_claimant_names(items: Iterable[Item], known: dict[str, UUID]) -> dict[str, Item]:
    """The first row of each claimant who is not known, by the folded name."""
    new: dict[str, Item] = {}
    for item in items:
        if item.claimant and item.claimant not in known:
            new.setdefault(folding.name_key(item.claimant), item)
    return new
