"""What a text states that can be compared with a source: each figure and each quotation, with its sentence."""

from bisect import bisect_right
from dataclasses import dataclass

from lib.checkworthy import quotations, sentences
from lib.stated import figures
from lib.stated.figures import Figure

#: A quotation of fewer words is a word in inverted commas.
MIN_QUOTED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """``text[start:end] == words``. ``figure`` is ``None`` for a quotation, whose ``words`` have no marks."""

    start: int
    end: int
    words: str
    sentence: str
    sentence_start: int
    figure: Figure | None = None


def find(text: str, language: str) -> list[Statement]:
    """Figures outside of quotations, and quotations of two or more words, in the order of the text."""
    parts = list(sentences.split(text, language=language))
    starts = [part.start for part in parts]
    quoted = [span for span in _quoted(text) if len(text[span[0] : span[1]].split()) >= MIN_QUOTED_WORDS]
    found = []
    for start, end, figure in [
        *((start, end, None) for start, end in quoted),
        *((one.start, one.end, one) for one in figures.find(text, language) if not _is_within(one, quoted)),
    ]:
        part = parts[max(0, bisect_right(starts, start) - 1)] if parts else None
        sentence, begins = (part.text, part.start) if part else (text, 0)
        found.append(Statement(start, end, text[start:end], sentence, begins, figure))
    return sorted(found, key=lambda statement: statement.start)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where quotations are, without their marks."""
    spans, offset = [], 0
    for line in text.split("\n"):
        spans += [(offset + start + 1, offset + end - 1) for start, end in quotations.spans(line)]
        offset += len(line) + 1
    return spans


def _is_within(figure: Figure, spans: list[tuple[int, int]]) -> bool:
    return any(start <= figure.start < end for start, end in spans)
