"""The reviews in a file or a document: JSON, JSON lines, a DataFeed, an answer of Google's search, a page with JSON-LD
or microdata."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree, html

from lib.claimreview import google, repair
from lib.claimreview.errors import NothingReadableError, RowError
from lib.claimreview.rows import MAX_BYTES, MAX_DEPTH, bare, properties

#: A document that has to be read whole may be this large; JSON lines may be of any length.
MAX_DOCUMENT: Final = 64 * 1024 * 1024
_WITHDRAWN = "The feed says that this review was withdrawn."
_MICRODATA_VALUES = {"meta": "content", "time": "datetime", "a": "href", "link": "href", "img": "src", "data": "value"}


@dataclass(frozen=True, slots=True)
class Found:
    """One review as it stands in the file, or why it cannot be one; ``notes`` say what was mended."""

    review: Any = None
    refusal: RowError | None = None
    notes: list[str] = field(default_factory=list)


def in_file(path: Path) -> Iterator[Found]:
    """The reviews in a file. JSON lines are read line by line, everything else whole.

    Raises ``NothingReadableError`` for a file that cannot be read or holds no review, and ``OSError``.
    """
    count = 0
    for found in _of_file(path):
        count += 1
        yield found
    if not count:
        raise NothingReadableError("There is no ClaimReview in it.")


def in_document(document: Any, *, notes: list[str] | None = None, strict: bool = True) -> Iterator[Found]:
    """The reviews in a JSON document, in its order; ``strict`` refuses what is none, else it is passed over."""
    waiting: list[tuple[Any, int, bool]] = [(document, 1, strict)]
    while waiting:
        item, depth, is_strict = waiting.pop()
        if depth > MAX_DEPTH:
            yield Found(refusal=RowError("nested_too_deep", f"Nested deeper than {MAX_DEPTH} levels."))
        elif isinstance(item, list):
            waiting.extend((inner, depth + 1, is_strict) for inner in reversed(item))
        elif isinstance(item, Mapping):
            inner = _within(item)
            if inner is not None:
                waiting.append((inner, depth + 1, is_strict and "@graph" not in item))
            elif is_review(item):
                yield Found(item, notes=list(notes or []))
            elif _is_deleted(item):
                yield Found(refusal=RowError("withdrawn", _WITHDRAWN))
            elif is_strict:
                yield Found(refusal=RowError("not_a_claim_review", "This is no ClaimReview: its @type says otherwise."))
        elif is_strict and item is not None:
            yield Found(refusal=RowError("not_a_claim_review", "A review has to be a JSON object."))


def is_review(item: Mapping[str, Any]) -> bool:
    """Whether an object says that it is a ClaimReview."""
    kinds = properties(item).get("@type", item.get("type"))
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and bare(kind) == "ClaimReview" for kind in names)


def _is_deleted(item: Mapping[str, Any]) -> bool:
    return bool(item.get("dateDeleted"))


def _within(item: Mapping[str, Any]) -> Any:
    """What an object holds in place of being a review itself; None when it holds nothing."""
    if "@graph" in item:
        return item["@graph"] or []
    if "dataFeedElement" in item:
        return item["dataFeedElement"] or []
    if google.is_answer(item):
        return google.reviews(item)
    if "item" in item and not is_review(item) and not _is_deleted(item):
        return item["item"] or []
    return None


def _of_file(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(0)
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _lines(file)
            return
        data = file.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise NothingReadableError(
            f"It is larger than {MAX_DOCUMENT // 1024 // 1024} MB. Write one review a line and name the file .jsonl."
        )
    source = _decoded(data)
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from in_page(source)
        return
    try:
        document, notes = repair.loads(source)
    except RowError as error:
        raise NothingReadableError(str(error)) from error
    yield from in_document(document, notes=notes)


def _lines(file: IO[bytes]) -> Iterator[Found]:
    while line := file.readline(MAX_BYTES * 2):
        is_whole = line.endswith(b"\n") or len(line) < MAX_BYTES * 2
        if not is_whole:
            while (rest := file.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield Found(refusal=RowError("too_large", f"The line is longer than {MAX_BYTES * 2 // 1024} kB."))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield from _line(line)


def _line(line: bytes) -> Iterator[Found]:
    try:
        document, notes = repair.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Found(refusal=RowError("encoding", "The line is not UTF-8."))
    except RowError as error:
        yield Found(refusal=error)
    else:
        yield from in_document(document, notes=notes)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NothingReadableError("It is not text in UTF-8.") from error


def in_page(source: str) -> Iterator[Found]:
    """The reviews in a web page: JSON-LD, then microdata. Raises ``NothingReadableError`` for an empty page."""
    try:
        parser = html.HTMLParser(encoding="utf-8", recover=True)  # type: ignore[no-untyped-call]
        root = html.document_fromstring(source.encode(), parser=parser)  # type: ignore[no-untyped-call]
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NothingReadableError("It is an empty page.") from error
    for script in root.xpath('//script[@type="application/ld+json"]'):
        try:
            document, notes = repair.loads(script.text or "")
        except RowError as error:
            if "ClaimReview" in (script.text or ""):
                yield Found(refusal=error)
            continue
        yield from in_document(document, notes=notes, strict=False)
    for scope in root.xpath('//*[@itemscope and contains(@itemtype, "ClaimReview")]'):
        try:
            yield Found(_microdata(scope, 1))
        except RowError as error:
            yield Found(refusal=error)


def _microdata(scope: Any, depth: int) -> dict[str, Any]:
    """An item of HTML microdata (WHATWG HTML, section 5) as JSON-LD has it; a property met twice becomes a list."""
    if depth > MAX_DEPTH:
        raise RowError("nested_too_deep", f"The microdata is nested deeper than {MAX_DEPTH} levels.")
    made: dict[str, Any] = {"@type": (scope.get("itemtype") or "").rsplit("/", 1)[-1]}
    waiting = list(reversed(scope))
    while waiting:
        node = waiting.pop()
        if not isinstance(node.tag, str):
            continue
        is_item = node.get("itemscope") is not None
        for name in (node.get("itemprop") or "").split():
            value = _microdata(node, depth + 1) if is_item else _value(node)
            if name not in made:
                made[name] = value
            else:
                made[name] = [*(made[name] if isinstance(made[name], list) else [made[name]]), value]
        if not is_item:
            waiting.extend(reversed(node))
    return made


def _value(node: Any) -> str:
    attribute = _MICRODATA_VALUES.get(node.tag, "content")
    return str(node.get(attribute) or node.get("content") or " ".join(node.text_content().split()))
