"""JSON of any length, one element at a time: an array, a DataFeed, a graph, or JSON lines."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from lib.archives.entries import MAX_ROW, ArchiveError, Found, Options, Refusal
from lib.archives.reviews import of_document
from lib.claimreview import repair
from lib.claimreview.errors import RowError

_BLOCK: Final = 1 << 16
_LISTS: Final = re.compile(r'"(?:dataFeedElement|@graph)"\s*:\s*\[')
_MARKS: Final = re.compile(r'["\\{}\[\],]')
_TOO_LARGE: Final = f"The row is larger than {MAX_ROW // 1024} kB."


def read_lines(path: Path, options: Options) -> Iterator[Found]:
    """JSON lines: a simple row or a ClaimReview in each line. Empty lines are passed over."""
    with path.open("rb") as file:
        for number, line in bounded_lines(file):
            place = f"line {number}"
            if line is None:
                yield Refusal(place, "too_large", _TOO_LARGE)
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield from _line(line, place, options)


def bounded_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None for a line longer than ``MAX_ROW``, which is never held in memory."""
    number = 0
    while line := file.readline(MAX_ROW + 1):
        number += 1
        if len(line) <= MAX_ROW:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := file.readline(_BLOCK)):
            pass
        yield number, None


def read_document(path: Path, options: Options) -> Iterator[Found]:
    """A JSON document: its array, or the list of a DataFeed or a graph, element by element; else all of it as one."""
    with path.open("rb") as file:
        chars = _Characters(file)
        start = chars.start_of_list()
        if start is None:
            yield from _element(chars.whole(), "item 1", options)
            return
        chars.skip(start)
        for number, element in enumerate(chars.elements(), start=1):
            place = f"item {number}"
            if element is None:
                yield Refusal(place, "too_large", _TOO_LARGE)
            else:
                yield from _element(element, place, options)
        if chars.is_cut:
            yield Refusal("end", "malformed_json", "The list has no end: the rest of the file could not be read.")


def _line(line: bytes, place: str, options: Options) -> Iterator[Found]:
    try:
        source = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Refusal(place, "encoding", "The line is not UTF-8.")
        return
    yield from _element(source, place, options)


def _element(source: str, place: str, options: Options) -> Iterator[Found]:
    try:
        document, _notes = repair.loads(source)
    except RowError as error:
        yield Refusal(place, error.code, str(error))
        return
    found = False
    for one in of_document(document, place, options):
        found = True
        yield one
    if not found:
        yield Refusal(place, "not_a_claim_review", "There is no ClaimReview in it.")


class _Characters:
    """The characters of a file, block by block. Bytes that are not UTF-8 become �, and then are refused as text."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._decoder = file, codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._text, self._at_end, self.is_cut = "", False, False
        head = file.peek(2)[:2] if hasattr(file, "peek") else b""
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise ArchiveError("It is UTF-16. Save it as UTF-8.")

    def start_of_list(self) -> int | None:
        """Where the elements begin, after the bracket; None for a document that is one element."""
        while len(self._text) < _BLOCK and self._read():
            pass
        first = len(self._text) - len(self._text.lstrip())
        if self._text[first : first + 1] == "[":
            return first + 1
        found = _LISTS.search(self._text, 0, _BLOCK)
        return found.end() if found else None

    def whole(self) -> str:
        """All of a document that is no list. Raises ``ArchiveError`` when it is larger than a row may be."""
        while self._read():
            if len(self._text) > 64 * MAX_ROW:
                raise ArchiveError("It is one JSON object of more than 64 MB.")
        return self._text

    def skip(self, count: int) -> None:
        """Leave out the first characters."""
        self._text = self._text[count:]

    def elements(self) -> Iterator[str | None]:
        """The text of each element up to the list's closing bracket; None for one that is too large."""
        depth, position, in_string, is_large = 0, 0, False, False
        while True:
            mark = _MARKS.search(self._text, position)
            if mark is None:
                if depth and len(self._text) > MAX_ROW:
                    self._text, is_large = "", True
                position = len(self._text)
                if not self._read():
                    self.is_cut = True
                    return
                continue
            char, position = mark[0], mark.end()
            if char == "\\":
                if position >= len(self._text) and not self._read():
                    self.is_cut = True
                    return
                position += 1
            elif char == '"':
                in_string = not in_string
            elif in_string:
                continue
            elif char in "{[":
                depth += 1
            elif depth == 0 or (depth == 1 and char in "}]"):
                end = position - 1 if depth == 0 else position
                element = self._text[:end].strip().lstrip(",").strip()
                self._text, position = self._text[position:], 0
                if element or is_large:
                    yield None if is_large or len(element) > MAX_ROW else element
                if depth == 0 and char == "]":
                    return
                depth, is_large = 0, False
            elif char in "}]":
                depth -= 1

    def _read(self) -> bool:
        """Add a block; false at the end of the file."""
        if self._at_end:
            return False
        data = self._file.read(_BLOCK)
        self._at_end = not data
        self._text += self._decoder.decode(data, final=not data)
        return bool(data)


def looks_like_lines(head: bytes) -> bool:
    """Whether the first line of a file is a JSON document of its own, and another line follows."""
    line, newline, rest = head.partition(b"\n")
    if not newline or not rest.strip():
        return False
    try:
        return isinstance(_json(line), dict)
    except ValueError:
        return False


def _json(data: bytes) -> Any:
    return json.loads(data.decode("utf-8-sig"))
