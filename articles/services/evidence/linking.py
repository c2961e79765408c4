"""Evidence at speed: the source, a copy of it and what it says about a claim, in one act."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.attachments import Checked
from articles.models import Capture, Claim, Evidence, Source
from articles.models.base import web_address
from articles.services import audit
from articles.services.evidence import captures, evidence
from articles.services.evidence.captures import FetchedPage
from articles.services.library import named_rows, sources
from lib import webaddress
from lib.refusals import NotAllowedError, RefusedError, StaleError
from lib.safehttp import policy


@dataclass(frozen=True, slots=True)
class SourceInput:
    """What is cited: a known source, or the fields of one that may be new."""

    known: Source | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaptureInput:
    """What is kept of it: a capture that is there, a file, or what is at its address now; one of them, or nothing."""

    known: Capture | None = None
    file: Checked | None = None
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is known of an address: its source, or what the page says about itself, for a person to correct."""

    known: Source | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def source_at(url: str) -> Source | None:
    """The source that is known at an address, also in a spelling that leads to the same page; the oldest of several."""
    wanted, host = webaddress.normalized(url), webaddress.site_of(url)
    likely = Source.objects.filter(url__icontains=host) if host else Source.objects.none()
    rows = likely.select_related("merged_into").order_by("created_at", "pk")
    return next((source.kept() for source in rows if webaddress.normalized(source.url) == wanted), None)


def suggest(*, url: str, by: User, through: policy.Policy | None = None) -> Suggestion:
    """Look an address up: among the sources first, then where it leads. Nothing is stored.

    A page that does not come is no error: ``notes`` say why, and a person fills in what is known. Raises
    ``NotAllowedError``, ``ValidationError`` for what is no address.
    """
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_(_("You do not have permission to add sources."))
    url = url.strip()
    _check_address(url)
    known = source_at(url)
    if known:
        return Suggestion(known)
    try:
        seen = captures.preview_url(url, through=through)
    except RefusedError as error:
        return Suggestion(fields={"url": url}, notes=(str(error),))
    led_to = source_at(seen.url)
    if led_to:
        return Suggestion(led_to, notes=(_("The address redirected to %(url)s.") % {"url": seen.url},))
    about = {
        "url": url,
        "title": seen.title[:300],
        "publisher": seen.publisher[:200],
        "published_on": seen.published_on,
        "kind": seen.kind,
    }
    return Suggestion(fields=about, notes=seen.notes)


def link(
    *,
    claim: Claim,
    cited: SourceInput,
    stance: str,
    by: User,
    at: datetime,
    version: int,
    copy: CaptureInput | None = None,
    through: policy.Policy | None = None,
    **fields: Any,
) -> Evidence:
    """Add a piece of evidence: its source if it is new, the copy that is wished for, the link. All of it or nothing.

    A known source at the given address is used unchanged. ``fields``: those of ``articles.evidence_fields``, position.
    Raises what ``captures.preview_url``, ``sources.add_source`` and ``evidence.add`` raise.
    """
    _check_first(claim, by=by, version=version)
    copy = copy or CaptureInput()
    seen = _fetched(cited.known.url if cited.known else str(cited.fields.get("url") or ""), copy, through)
    with audit.act_as(by=by):
        source = named_rows.kept(cited.known or enter_source(cited.fields, by=by, at=at))
        capture = _kept(source, copy, seen, by=by, at=at)
        return evidence.add(
            claim=claim, source=source, stance=stance, capture=capture, by=by, at=at, version=version, **fields
        )


def add_capture(
    *,
    evidence_row: Evidence,
    copy: CaptureInput,
    by: User,
    at: datetime,
    version: int,
    through: policy.Policy | None = None,
) -> Evidence:
    """Keep a copy for a piece of evidence that is there. Raises what ``link`` raises."""
    _check_first(evidence_row.claim, by=by, version=version)
    seen = _fetched(evidence_row.source.url, copy, through)
    with audit.act_as(by=by):
        capture = _kept(evidence_row.source, copy, seen, by=by, at=at)
        return evidence.edit(evidence=evidence_row, by=by, at=at, version=version, capture=capture)


def _check_first(claim: Claim, *, by: User, version: int) -> None:
    """Refuse before anything is fetched what would be refused afterwards: the act checks again, under its lock."""
    if not (rules.may_edit_claims(by) and rules.may_edit_sources(by)):
        raise NotAllowedError.for_(_("You do not have permission to change claims and sources."))
    current = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
    if current != version:
        raise StaleError(current=current)


def _check_address(url: str) -> None:
    try:
        web_address(url)
    except ValidationError as error:
        raise ValidationError({"url": error.messages}) from error


def _fetched(url: str, copy: CaptureInput, through: policy.Policy | None) -> FetchedPage | None:
    if not copy.fetch or copy.file or copy.known:
        return None
    if not url:
        raise ValidationError({"fetch": _("There is no address to fetch a copy from. Enter it, or attach a file.")})
    return captures.preview_url(url, through=through)


def _kept(source: Source, copy: CaptureInput, seen: FetchedPage | None, *, by: User, at: datetime) -> Capture | None:
    if copy.file:
        return captures.keep_file(source=source, file=copy.file, by=by, at=at)
    if seen:
        return captures.keep_fetched(source=source, seen=seen, by=by, at=at)
    return copy.known


def enter_source(fields: dict[str, Any], *, by: User, at: datetime) -> Source:
    """The source at the given address; another transaction with this address waits here and then finds it."""
    url = str(fields.get("url") or "").strip()
    if not url:
        return sources.add_source(by=by, at=at, **fields)
    _check_address(url)
    with connection.cursor() as cursor:
        name = f"articles_source/{webaddress.normalized(url)}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    return source_at(url) or sources.add_source(by=by, at=at, **{**fields, "url": url})
