"""Rich text as plain text whose every stretch can be marked in the HTML."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

#: Elements that begin a new line of the plain text.
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "ul",
        "ol",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "table",
        "caption",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "br",
        "hr",
    ]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the plain text, and the element that marks it."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A text that stood before position ``at``."""

    at: int
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Flat:
    """``text``, and the HTML it comes from: tags as they are, and stretches ``(start, end)`` of ``text``."""

    text: str
    tokens: tuple[str | tuple[int, int], ...]

    def render(self, marks: Iterable[Mark], removed: Sequence[Removed] = ()) -> str:
        """The HTML with the marks in it."""
        longest_first = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        waiting = sorted(removed, key=lambda gone: gone.at)
        parts: list[str] = []
        last = max((n for n, token in enumerate(self.tokens) if not isinstance(token, str)), default=-1)
        for number, token in enumerate(self.tokens):
            if isinstance(token, str):
                parts.append(token)
                continue
            start, end = token
            for begin, stop in _pieces(start, end, longest_first, waiting):
                while waiting and waiting[0].at <= begin:
                    parts.append(_gone(waiting.pop(0)))
                parts.append(_wrapped(escape(self.text[begin:stop]), begin, stop, longest_first))
            while waiting and (waiting[0].at <= end if number != last else True):
                if number != last and waiting[0].at == end and self.text[end : end + 1] == "\n":
                    break  # it belongs to the block that follows
                parts.append(_gone(waiting.pop(0)))
        return "".join([*parts, *(f"<p>{_gone(gone)}</p>" for gone in waiting)])


def plain(text: str) -> Flat:
    """A text without elements."""
    return Flat(text, ((0, len(text)),) if text else ())


def flatten(html: str) -> Flat:
    """``html`` as plain text: a line for each block, blanks within as one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Flat("".join(reader.text), tuple(reader.tokens))


@dataclass
class _State:
    length: int = 0
    ends_with_blank: bool = True
    breaks: bool = field(default=False)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tokens: list[str | tuple[int, int]] = []
        self._state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        self.tokens.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        self.tokens.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        kept = " ".join(data.split())
        if not kept:
            if data and not self._state.ends_with_blank and not self._state.breaks:
                self._add(" ")
            return
        lead = " " if data[0].isspace() and not self._state.ends_with_blank and not self._state.breaks else ""
        self._add(lead + kept + (" " if data[-1].isspace() else ""))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self._state.length:
            self._state.breaks = True

    def _add(self, words: str) -> None:
        if self._state.breaks:
            self.text.append("\n")
            self._state.length += 1
            self._state.breaks = False
            words = words.lstrip()
        start = self._state.length
        self.text.append(words)
        self._state.length += len(words)
        self._state.ends_with_blank = words.endswith(" ")
        self.tokens.append((start, self._state.length))


def _pieces(start: int, end: int, marks: Sequence[Mark], removed: Sequence[Removed]) -> Iterator[tuple[int, int]]:
    """``start`` to ``end`` cut wherever a mark begins or ends, or something was removed."""
    cuts = {start, end, *(gone.at for gone in removed if start < gone.at < end)}
    for mark in marks:
        cuts |= {at for at in (mark.start, mark.end) if start < at < end}
    ordered = sorted(cuts)
    yield from itertools.pairwise(ordered)


def _wrapped(inner: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    around = [mark for mark in marks if mark.start <= start and mark.end >= end]
    for mark in reversed(around):
        inner = f"<{mark.tag}{_attributes(mark.attributes)}>{inner}</{mark.tag}>"
    return inner


def _gone(gone: Removed) -> str:
    return f"<del{_attributes(gone.attributes)}>{escape(gone.text)}</del>"


def _attributes(attributes: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes)
