"""The rows of the desk that a chunk of an archive becomes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db.models import Model

from accounts.models import User
from articles import folding
from articles.choices import ClaimantKind, SourceKind, Stage, Stance
from articles.models import Claim, Claimant, Evidence, Source, Verdict
from articles.selectors.log import approved_content, record_content
from articles.services.archive import lookups
from articles.services.archive.assessment import Item, Outcome
from lib import namekinds
from lib.archives.entries import Link
from lib.parsing.inexact_dates import InexactDate


@dataclass(slots=True)
class ClaimRows:
    """One claim with what hangs on it, not stored yet."""

    item: Item
    claim: Claim
    verdict: Verdict | None = None
    evidence: list[Evidence] = field(default_factory=list)
    is_published: bool = False


@dataclass(slots=True)
class ChunkRows:
    """The rows of one chunk, in the order in which they are stored."""

    claims: list[ClaimRows]
    new_claimants: list[Claimant]
    new_sources: list[Source]


def build(items: Sequence[Item], *, owner: User, by: User, at: datetime, is_published: bool) -> ChunkRows:
    """The rows for these items. ``owner`` is who made them: the program; ``by`` answers for what is published."""
    made = {"created_by": owner, "created_at": at}
    claimants, new_claimants = _claimants(items, made)
    sources, new_sources = _sources(items, made)
    slugs = lookups.Slugs(Claim, [item.text for item in items])
    claims = []
    for item in items:
        is_public = is_published and item.outcome == Outcome.TAKEN
        claimant = claimants.get(folding.name_key(item.claimant)) if item.claimant else None
        claimed_on: Any = InexactDate.from_day(item.claimed_on) if item.claimed_on else None
        claim = Claim(
            id=item.claim_id,
            slug=slugs.take(item.text, item.claim_id),
            text=item.text,
            language=item.language,
            claimant=claimant,
            is_unattributed=claimant is None and item.code != "several_claimants",
            claimed_on=claimed_on,
            origin=item.origin,
            why_chosen=_note(item),
            stage=Stage.PUBLISHED if is_public else Stage.DRAFT,
            updated_at=at,
            **made,
        )
        rows = ClaimRows(item, claim, is_published=is_public)
        rows.evidence = [
            Evidence(claim=claim, source=sources[link.url], stance=Stance.CONTEXT, position=position, **made)
            for position, link in enumerate(item.links)
        ]
        rows.verdict = _verdict(rows, owner=owner, by=by, at=at)
        claims.append(rows)
    return ChunkRows(claims, new_claimants, new_sources)


def _verdict(rows: ClaimRows, *, owner: User, by: User, at: datetime) -> Verdict | None:
    """A doubtful row has none. One that is published is approved by the person who answers for the batch."""
    item = rows.item
    if item.outcome == Outcome.DOUBTFUL or item.rating is None:
        return None
    verdict = Verdict(claim=rows.claim, rating=item.rating, summary=item.summary, proposed_by=owner, proposed_at=at)
    if rows.is_published:
        content = record_content.content_of_import(rows.claim, verdict, rows.evidence)
        verdict.approved_by, verdict.approved_at = by, at
        verdict.approved_sha256 = approved_content.sha256_of(content)
    return verdict


def _note(item: Item) -> str:
    """For colleagues: what the archive says, and what has to be looked at."""
    said = [
        f"Imported from {item.url}" if item.url else "Imported from an archive",
        f"Their headline: {item.summary}" if item.summary else "",
        f"Their rating: {item.their_rating}" if item.their_rating else "",
        item.detail,
        *item.notes,
    ]
    return "\n".join(line for line in said if line)


def _claimants(items: Sequence[Item], made: dict[str, object]) -> tuple[dict[str, Claimant], list[Claimant]]:
    """Claimants by their folded names, and those of them that are new."""
    known = lookups.claimants(items)
    rows = lookups.rows_of(Claimant, known.values())
    found = {folding.name_key(name): rows[pk] for name, pk in known.items()}
    fresh = [item for key, item in lookups.new_claimant_names(items, known).items() if key not in found]
    slugs, new = lookups.Slugs(Claimant, [item.claimant for item in fresh]), []
    for item in fresh:
        pk = uuid4()
        key = folding.name_key(item.claimant)
        kind = item.claimant_kind or namekinds.suggest(item.claimant) or ClaimantKind.PERSON
        links = [item.claimant_url] if item.claimant_url else []
        slug = slugs.take(item.claimant, pk)
        claimant = Claimant(id=pk, slug=slug, name=item.claimant, folded=key, kind=kind, same_as=links, **made)
        found[key] = claimant
        new.append(claimant)
    return found, new


def _sources(items: Sequence[Item], made: dict[str, object]) -> tuple[dict[str, Source], list[Source]]:
    """Sources by their addresses, and those of them that are new."""
    wanted = {link.url: link for item in items for link in reversed(item.links)}
    found = lookups.sources(wanted) if wanted else {}
    fresh = {url: _title(link) for url, link in sorted(wanted.items()) if url not in found}
    slugs, new = lookups.Slugs(Source, list(fresh.values())), []
    for url, title in fresh.items():
        pk: UUID = uuid4()
        slug = slugs.take(title, pk)
        key = folding.name_key(title)
        source = Source(id=pk, slug=slug, title=title, folded=key, url=url, kind=SourceKind.DOCUMENT, **made)
        found[url] = source
        new.append(source)
    return found, new


def _title(link: Link) -> str:
    parts = urlsplit(link.url)
    return link.title or f"{parts.hostname or ''}{parts.path.rstrip('/')}"[:300]


def tables(chunk: ChunkRows) -> list[Sequence[Model]]:
    """All rows, table by table, in the order in which they refer to each other."""
    return [
        chunk.new_claimants,
        chunk.new_sources,
        [rows.claim for rows in chunk.claims],
        [evidence for rows in chunk.claims for evidence in rows.evidence],
        [rows.verdict for rows in chunk.claims if rows.verdict],
    ]
