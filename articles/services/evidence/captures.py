"""Captures: unchanged copies of a source, from an uploaded file or from its address.

A fetch happens before anything is written and outside every transaction; what was fetched is then kept in one.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles import attachments, rules
from articles.attachments import AttachmentError, Checked
from articles.choices import MediaType, SourceKind
from articles.models import Attachment, Capture, Source
from articles.services import audit, editing
from articles.services.articles import fetching
from articles.services.articles.intake import UnreadableError
from lib.refusals import NotAllowedError, RefusedError
from lib.safehttp import client, policy

_TEXTS = re.compile(r"(text/|application/(xhtml\+xml|xml|json|[\w.+-]+\+(xml|json)))", re.IGNORECASE)
_NO_TEXT = gettext_lazy("No text was found in the page: only the page itself is kept.")


class UnsupportedFileError(UnreadableError):
    """A file that is not kept. ``code`` says why: ``attachments.AttachmentError`` has the list."""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What is at an address at this moment, not kept yet, and what it says about itself, for a person to correct."""

    file: Checked
    #: The address that answered, after redirects.
    url: str
    text: str = ""
    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    kind: SourceKind = SourceKind.DOCUMENT
    notes: tuple[str, ...] = ()


def checked(data: bytes, *, name: str, max_bytes: int | None = None) -> Checked:
    """A file as it will be kept. Nothing is stored. Raises ``UnsupportedFileError`` with what to do."""
    try:
        return attachments.check(data, name=name, max_bytes=max_bytes or settings.ATTACHMENT_MAX_BYTES)
    except AttachmentError as error:
        raise UnsupportedFileError(str(error), code=error.code) from error


def preview_url(url: str, *, through: policy.Policy | None = None, max_bytes: int | None = None) -> FetchedPage:
    """Fetch what is at an address. Nothing is stored.

    Raises ``fetching.FetchError`` when nothing came, ``UnsupportedFileError`` when it is of a kind that is not kept.
    """
    largest = max_bytes or settings.ATTACHMENT_MAX_BYTES
    try:
        answer = fetching.get(url, through=through, limits=replace(policy.ARTICLE, max_bytes=largest))
    except fetching.FetchError as error:
        if error.code != "too_large":
            raise
        words = _("What is at this address is larger than %(n)s MB, so no copy was kept.") % {
            "n": largest // (1024 * 1024)
        }
        raise UnsupportedFileError(words, code="too_large") from error
    if not answer.content.strip():
        raise UnsupportedFileError(_("There is nothing at this address: the server sent an empty page."), code="empty")
    kind = answer.header("content-type").strip()
    if _is_page(answer.content, kind):
        return _page(answer, kind, asked=url, max_bytes=largest)
    file = checked(answer.content, name=_name(answer.url), max_bytes=largest)
    sort = SourceKind.DOCUMENT if file.media_type == MediaType.PDF else SourceKind.IMAGERY
    return FetchedPage(file, answer.url, kind=sort)


def keep_fetched(*, source: Source, seen: FetchedPage, by: User, at: datetime) -> Capture:
    """Keep what ``preview_url`` found as a capture of ``source``. Raises ``NotAllowedError``."""
    return _keep(source, seen.file, by=by, at=at, text=seen.text, fetched_from=seen.url[:2000])


def keep_file(*, source: Source, file: Checked, by: User, at: datetime, archive_url: str = "") -> Capture:
    """Keep a file that somebody gives as a capture of ``source``. Raises ``NotAllowedError``, ``ValidationError``."""
    return _keep(source, file, by=by, at=at, archive_url=archive_url)


def keep_text(
    *, source: Source, by: User, at: datetime, text: str = "", archive_url: str = "", sha256: str = ""
) -> Capture:
    """Keep what was read at a source, or where an archive keeps it. The hash of a text is made here; that of an
    archived copy may be given.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    _check(by)
    with audit.act_as(by=by):
        kept = Capture(source=source, captured_at=at, captured_by=by)
        digest = hashlib.sha256(text.encode()).hexdigest() if text else sha256
        editing.assign(kept, {"archive_url": archive_url, "text": text, "sha256": digest})
        kept.save()
    return kept


def from_address(*, source: Source, by: User, at: datetime, through: policy.Policy | None = None) -> Capture:
    """Fetch what is at the source's own address and keep it. Raises what ``preview_url`` and ``keep_fetched`` raise."""
    _check(by)
    if not source.url:
        raise UnsupportedFileError(
            _("This source has no address to fetch. Enter it, or attach a file."), code="no_address"
        )
    return keep_fetched(source=source, seen=preview_url(source.url, through=through), by=by, at=at)


def _check(by: User) -> None:
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_(_("You do not have permission to add copies to sources."))


def _keep(source: Source, file: Checked, *, by: User, at: datetime, **fields: str) -> Capture:
    """The bytes once, however often they were seen, and the capture that shows them: both or neither."""
    _check(by)
    with audit.act_as(by=by):
        row = Attachment(
            sha256=file.sha256,
            media_type=file.media_type,
            size=len(file.content),
            content=file.content,
            kept_at=at,
        )
        Attachment.objects.bulk_create([row], ignore_conflicts=True)
        kept = Capture(source=source, captured_at=at, captured_by=by)
        values = {
            "attachment": Attachment.objects.get(sha256=file.sha256),
            "file_name": file.name,
            "sha256": file.sha256,
            "received_sha256": file.received_sha256,
        }
        editing.assign(kept, {**values, **fields})
        kept.save()
    return kept


def _is_page(content: bytes, kind: str) -> bool:
    """Whether this is text, by what the server says and by what it is: a server that says text may send a PDF."""
    try:
        attachments.kind_of(content)
    except AttachmentError:
        return _TEXTS.match(kind) is not None or not kind
    return False


def _page(answer: client.Answer, kind: str, *, asked: str, max_bytes: int) -> FetchedPage:
    is_html = "html" in kind.lower() or not kind
    file = attachments.keep_page(answer.content, name=_name(answer.url), is_html=is_html)
    sort = SourceKind.MEDIA_REPORT if is_html else SourceKind.DATASET
    try:
        found = fetching.read(answer, asked=asked, max_bytes=max_bytes).found
    except RefusedError:  # a page of scripts, an image map, a table of numbers
        return FetchedPage(file, answer.url, kind=sort, notes=(str(_NO_TEXT),))
    return FetchedPage(
        file, answer.url, found.body, found.title, found.publisher, found.published_on, kind=sort, notes=found.notes
    )


def _name(url: str) -> str:
    """A name for what was fetched: the last piece of its address, or its host."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rsplit("/", 1)[-1]) or parts.hostname or ""
