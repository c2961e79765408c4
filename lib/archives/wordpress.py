"""A WordPress export (WXR): posts with ClaimReview in their content or fields, else their title."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from lxml import etree

from lib.archives import plain
from lib.archives.entries import ArchiveError, Entry, Found, Options, Refusal
from lib.archives.reviews import of_found
from lib.claimreview import files, repair
from lib.claimreview.errors import NothingReadableError, RowError

_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NO_DOCTYPE: Final = "It has a document type (DOCTYPE), which an export never needs. Remove it."
_UNREAD: Final = "The XML is broken: {}. What follows was not read."


def read(path: Path, options: Options) -> Iterator[Found]:
    """Each published post. Raises ``ArchiveError`` for a file with a document type."""
    _refuse_document_types(path)
    number, language = 0, ""
    parsed = etree.iterparse(
        str(path), events=("end",), tag=("item", "language"), resolve_entities=False, load_dtd=False, no_network=True
    )
    try:
        for _event, item in parsed:
            if item.tag == "language":
                language = language or (item.text or "").strip()
                continue
            number += 1
            yield from _item(item, f"item {number}", language, options)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield Refusal(f"item {number + 1}", "malformed_xml", _UNREAD.format(error.msg))


def _refuse_document_types(path: Path) -> None:
    """Entities can only be declared before the first element, in any encoding that holds ASCII."""
    with path.open("rb") as file:
        head = file.read(1 << 20).replace(b"\x00", b"")
    root = re.search(rb"<\s*rss\b", head, re.IGNORECASE)
    if root is None:
        raise ArchiveError("It is no WordPress export: there is no element “rss”.")
    if _DOCTYPE.search(head, 0, root.start()):
        raise ArchiveError(_NO_DOCTYPE)


def _item(item: Any, place: str, language: str, options: Options) -> Iterator[Found]:
    fields = {_local(child): (child.text or "") for child in item if isinstance(child.tag, str)}
    if fields.get("post_type", "post") != "post":
        return
    if fields.get("status", "publish") != "publish":
        yield Refusal(place, "not_published", f"The post is not published: its status is {fields['status']}.")
        return
    content, meta = item.findtext(_CONTENT) or "", dict(_meta(item))
    link, found = fields.get("link", "").strip(), False
    for one in _reviews(content, meta, options):
        found = True
        entry = of_found(one, place, options)
        if isinstance(entry, Entry):
            _complete(entry, fields, content, link, language, options)
        yield entry
    if not found:
        yield _by_title(item, place, fields, content, meta, language, options)


def _reviews(content: str, meta: dict[str, str], options: Options) -> Iterator[files.Found]:
    for value in (content, *meta.values()):
        if "ClaimReview" not in value:
            continue
        if value.lstrip()[:1] in ("{", "["):
            try:
                document, notes = repair.loads(value)
            except RowError as error:
                yield files.Found(refusal=error)
            else:
                yield from files.in_document(document, notes=notes, strict=False)
        else:
            try:
                yield from files.in_page(value)
            except NothingReadableError:
                continue


def _by_title(
    item: Any, place: str, fields: dict[str, str], content: str, meta: dict[str, str], language: str, options: Options
) -> Found:
    """A post without ClaimReview: a person has to say what the claim is."""
    notes: list[str] = []
    title = plain.plain_text(fields.get("title", ""), notes)
    if not title:
        return Refusal(place, "no_claim", "The post has no ClaimReview and no title.")
    labels = [(child.text or "").strip() for child in item if _local(child) == "category"]
    entry = Entry(
        place,
        text=title,
        headline=title,
        rating=plain.plain_text(meta.get(options.rating_field, ""), notes) if options.rating_field else "",
        labels=[label for label in labels if label],
        notes=notes,
        doubts=[("no_claim_review", "The post has no ClaimReview: its title was taken for the claim.")],
    )
    _complete(entry, fields, content, fields.get("link", "").strip(), language, options)
    return entry


def _complete(entry: Entry, fields: dict[str, str], content: str, link: str, language: str, options: Options) -> None:
    """What the post says beside its review: address, day, title, language and links."""
    if plain.is_web_address(link):
        entry.url = link
    entry.headline = entry.headline or plain.plain_text(fields.get("title", ""), [])
    entry.links = entry.links or plain.links_of(content, site=plain.host_of(entry.url))
    if entry.language == "und" and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", language):
        entry.language = language.split("-")[0]
    if entry.checked_on is None:
        day = fields.get("post_date", "")[:10]
        try:
            made = date.fromisoformat(day)
        except ValueError:
            return
        if made <= options.today:
            entry.checked_on = made


def _meta(item: Any) -> Iterator[tuple[str, str]]:
    for child in item:
        if _local(child) == "postmeta":
            pair = {_local(part): (part.text or "") for part in child}
            yield pair.get("meta_key", ""), pair.get("meta_value", "")


def _local(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
