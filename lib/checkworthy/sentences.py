"""A text in sentences, with exact positions; and which lines are no statements but headings, captions, references.

One pass, linear in the text's length. Positions are code points of the text as it was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.checkworthy import abbreviations, quotations

#: A stretch without any end is cut at a blank before this many code points: nobody checks more in one claim.
MAX_SENTENCE = 1_000
#: A line of at most this many code points that does not end as a sentence does is a heading.
MAX_HEADING = 110

STATEMENT, QUESTION, HEADING, CAPTION, REFERENCE = "statement", "question", "heading", "caption", "reference"

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSERS = "\"'”’»›)]"
_END = re.compile(r"[.!?…؟۔।։]{1,8}[\"'”’»›)\]]{0,4}(?=\s|$)|[。！？]{1,8}[”’」』）]{0,4}")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.'’-]){1,24}$")
_ENDS_AS_SENTENCE = re.compile(r"[.!?…؟۔।։。！？:;,][\"'”’»›)\]」』）]*$")
_REFERENCE = re.compile(
    r"\W{0,3}(?:read more|read also|see also|also read|more on|sources?|text|by|updated|published|via|"
    r"читайте также|читать далее|источник|kaynak|ayrıca okuyun|mənbə|həmçinin oxuyun|المصدر|اقرأ أيضا|"
    r"quelle|lesen sie auch|fuente|lea también|lire aussi|leia também|fonte)\s*[:：]",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\W{0,3}(?:(?:photos?|pictures?|image|file photo|foto(?:ğraf)?|фото|şəkil|الصورة|صورة|bild|imagen)\s*[:：]|"
    r"(?:photo|picture|image) \d{1,3} (?:of|/) \d{1,3})",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"[.!?]?\s*\((?:[^()\W\d_][\w.]*)(?:[ /][\w./]+){0,3}\)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``body[start:end] == text``; ``paragraph`` counts lines with text from 0; ``kind`` as above."""

    start: int
    end: int
    text: str
    paragraph: int
    kind: str


def split(body: str, *, language: str) -> Iterator[Sentence]:
    """The sentences of ``body`` in order. Blanks around them belong to none; everything else belongs to one."""
    lines = [(line.start(), line.group()) for line in _LINE.finditer(body) if line.group().strip()]
    for number, (offset, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        kind = _kind_of_line(line.strip(), following.strip())
        spans = [(0, len(line))] if kind != STATEMENT and len(line) <= MAX_SENTENCE else _spans(line, language)
        for begin, end in spans:
            text = line[begin:end]
            lead = len(text) - len(text.lstrip())
            text = text.strip()
            if text:
                start = offset + begin + lead
                which = QUESTION if kind == STATEMENT and _asks(text) else kind
                yield Sentence(start, start + len(text), text, number, which)


def _kind_of_line(line: str, following: str) -> str:
    if _REFERENCE.match(line):
        return REFERENCE
    if _PICTURE.match(line) or (len(line) <= 400 and _is_credited(line)) or (following.startswith(line) and line):
        return CAPTION
    if len(line) <= MAX_HEADING and not _ENDS_AS_SENTENCE.search(line):
        return HEADING
    return STATEMENT


def without_credit(line: str) -> str:
    """A caption without the agency in brackets behind it: the same picture has it or not."""
    credit = _CREDIT.search(line[-120:])
    return line[: len(line) - len(line[-120:]) + credit.start()] if credit else line


def _is_credited(line: str) -> bool:
    """Whether the line ends with an agency in brackets, after its full stop: a picture's caption."""
    credit = _CREDIT.search(line)
    return bool(credit and line[credit.start()] in ".!?" and line[credit.end() - 2].isalpha())


def _asks(text: str) -> bool:
    return text.rstrip(_CLOSERS + " ").endswith(("?", "؟", "？", "?!"))


def _spans(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end. A quotation of several sentences is not cut inside."""
    begin, quoted = 0, iter(quotations.spans(line))
    inside = next(quoted, None)
    for found in _END.finditer(line):
        while inside and inside[1] <= found.start():
            inside = next(quoted, None)
        if inside and inside[0] < found.start() and found.end() < inside[1]:
            continue
        if _is_end(line, found, language):
            yield from _cut(line, begin, found.end())
            begin = found.end()
    yield from _cut(line, begin, len(line))


def _cut(line: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > MAX_SENTENCE:
        blank = line.rfind(" ", begin + MAX_SENTENCE // 2, begin + MAX_SENTENCE)
        stop = blank if blank != -1 else begin + MAX_SENTENCE
        yield begin, stop
        begin = stop
    if begin < end:
        yield begin, end


def _is_end(line: str, found: re.Match[str], language: str) -> bool:
    """Whether a full stop (or its like) ends a sentence, judged by the words on both sides of it."""
    rest = line[found.end() : found.end() + 60].lstrip()
    if not rest or found.group()[0] in "。！？":
        return True
    first = rest.lstrip("\"'“”„‘«‹([¿¡")[:1]
    if rest[0] in "–—" or first.islower():
        return False
    mark = found.group()
    if mark[0] != "." or mark.startswith(".."):
        return True
    word = _WORD_BEFORE.search(line, max(0, found.start() - 24), found.start())
    before = word.group().strip("'’-") if word else ""
    if len(mark) > 1 and mark[1] not in ".!?":
        return True
    return _word_may_end(before, rest, language)


def _word_may_end(before: str, rest: str, language: str) -> bool:
    known = before.lower()
    if known in abbreviations.before_names(language):
        return False
    if before.isdigit():
        return not (len(before) <= 2 and abbreviations.writes_ordinals_with_a_dot(language))
    is_initial = len(before) == 1 and before.isupper()
    is_dotted = "." in before and all(len(part) <= 3 for part in before.split("."))
    if is_initial or is_dotted or known in abbreviations.anywhere(language):
        following = re.match(r"[^\W\d_]+", rest)
        return bool(following and following.group() in abbreviations.STARTERS) and not is_initial
    return True
