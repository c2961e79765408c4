"""Every figure and every quotation of a claim beside the passages of its sources, each with its tick."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from articles.models import Appearance, Claim, Evidence, Tick
from articles.selectors.log import evidence_numbers, record_content
from lib.anchoring import quotes
from lib.markedtext.flat import Flat, flatten, plain
from lib.richtext import citations
from lib.stated import figures, statements, sums
from lib.stated.figures import Figure
from lib.stated.statements import Statement

STATEMENT, SUMMARY, EXPLANATION = "statement", "summary", "explanation"
HEADLINE, KEY_POINTS, UNKNOWNS = "headline", "key_points", "unknowns"
#: The parts in the order in which they are read.
PARTS = (HEADLINE, STATEMENT, SUMMARY, KEY_POINTS, EXPLANATION, UNKNOWNS)
#: So much text around the words is shown, in code points.
CONTEXT = 120
#: So much of a captured text is searched, in code points.
MAX_COPY = 200_000
#: So many passages are shown for one figure.
MAX_PASSAGES = 4
#: A figure is worked out from those of its sentence and of so many code points before it.
REACH = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source, with some text on both sides. ``number`` is the evidence's place; 0 is the article itself."""

    number: int
    label: str
    where: str  # "quote", "note", "copy" or "article"
    before: str
    words: str
    after: str
    locator: str = ""
    fit: str = "same"
    capture_id: int | None = None  # where its copy has a file
    article_id: str = ""
    #: What makes it another passage when it changes.
    identity: tuple[str, ...] = ()


@dataclass(slots=True)
class Item:
    """A figure or a quotation: ``start`` to ``end`` of ``part``. ``key`` changes with its sentence and its sources."""

    part: str
    start: int
    end: int
    words: str
    sentence: str
    is_quotation: bool
    passages: list[Passage]
    worked_out: str = ""
    key: str = ""
    tick: Tick | None = None
    #: Further places of the same words in the same sentence.
    again: list[tuple[int, int]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """A figure or a quotation."""
        return "quotation" if self.is_quotation else "figure"

    @property
    def has_source(self) -> bool:
        """Whether there is something to compare it with."""
        return bool(self.passages or self.worked_out)


def texts(claim: Claim) -> dict[str, Flat]:
    """The parts of a claim in which figures and quotations are looked for, as plain text."""
    verdict = record_content.current_verdict(claim)
    return {
        HEADLINE: plain(claim.headline),
        KEY_POINTS: plain("\n".join(claim.key_points)),
        UNKNOWNS: plain("\n".join(claim.unknowns)),
        STATEMENT: plain(claim.text),
        SUMMARY: plain(verdict.summary if verdict else ""),
        EXPLANATION: flatten(evidence_numbers.numbered(claim, verdict.explanation_html) if verdict else ""),
    }


def of_claim(claim: Claim) -> list[Item]:
    """All figures and quotations in the order of the text, each with its tick where it has one."""
    shown = texts(claim)
    sources = list(_sources(claim))
    found: list[Item] = []
    shares = [one for one in figures.find(claim.text, claim.language) if one.kind == figures.PERCENT]
    for part in PARTS:
        stated = _stated(shown[part].text, claim.language)
        numbers = [one.figure for one in stated if one.figure]
        for one in stated:
            passages = list(_passages(one, sources))[:MAX_PASSAGES]
            worked = _worked_out(one, numbers, shares, passages)
            _add(found, Item(part, one.start, one.end, one.words, one.sentence, one.figure is None, passages, worked))
    ticks = {tick.key: tick for tick in claim.ticks.select_related("created_by")}
    for item in found:
        item.key = _key(item)
        item.tick = ticks.get(item.key)
    return found


def _stated(text: str, language: str) -> list[Statement]:
    """What a text states; the number of a citation is no figure."""
    cited = citations.spans(text)
    found = statements.find(text, language)
    return [one for one in found if not any(begin <= one.start and one.end <= end for begin, end in cited)]


def open_items(claim: Claim) -> list[Item]:
    """Those that nobody ticked as they are now."""
    return [item for item in of_claim(claim) if item.tick is None]


def _add(found: list[Item], item: Item) -> None:
    """The same words twice in one sentence are one thing to compare."""
    for other in reversed(found):
        if other.part != item.part or other.sentence != item.sentence:
            break
        if other.words == item.words and other.is_quotation == item.is_quotation:
            other.again.append((item.start, item.end))
            return
    found.append(item)


def _key(item: Item) -> str:
    """The hash of the sentence, the words, and what is beside them."""
    beside = [list(passage.identity) for passage in item.passages]
    sentence = citations.without(item.sentence) if item.part == EXPLANATION else item.sentence
    named = [item.kind, item.part, sentence, item.words, beside, item.worked_out]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()


def _worked_out(
    one: Statement, numbers: Sequence[Figure], shares: Sequence[Figure], passages: Sequence[Passage]
) -> str:
    """``numbers`` are those of the part; ``shares`` the percentages that the claim's statement is about."""
    if one.figure is None or any(passage.fit == "same" for passage in passages):
        return ""
    end = one.sentence_start + len(one.sentence)
    near = [other for other in numbers if other != one.figure and one.start - REACH <= other.start < end]
    return sums.worked_out(one.figure, [*near, *(share for share in shares if share != one.figure)])


def _fold(text: str) -> str:
    """Without capitals, each letter at its place."""
    return "".join(small if len(small := char.casefold()) == 1 else char for char in text)


class _Text:
    """A text in which a source may say it; its figures are looked for once."""

    def __init__(self, where: str, text: str, language: str) -> None:
        self.where, self.text, self.language = where, text, language

    @cached_property
    def figures(self) -> list[Figure]:
        return figures.find(self.text, self.language)

    @cached_property
    def folded(self) -> str:
        return _fold(self.text)


@dataclass(frozen=True, slots=True)
class _Source:
    """A piece of evidence or the article, with its texts in the order in which they are searched."""

    row: Evidence | Appearance
    number: int
    texts: list[_Text]


def _sources(claim: Claim) -> Iterator[_Source]:
    """The evidence with its quotes, notes and captured texts; then the passages of the articles."""
    for number, row in enumerate(claim.evidence.all(), 1):
        copy = row.capture.text[:MAX_COPY] if row.capture else ""
        given = (("quote", row.quote), ("note", row.note), ("copy", copy))
        yield _Source(row, number, [_Text(where, text, claim.language) for where, text in given if text])
    for appearance in claim.appearances.all():
        text = appearance.prefix + appearance.exact + appearance.suffix
        yield _Source(appearance, 0, [_Text("article", text, claim.language)])


def _passages(one: Statement, sources: Sequence[_Source]) -> Iterator[Passage]:
    """Where the sources say it; of each source the first text that does."""
    for source in sources:
        for text in source.texts:
            if place := _place(one, text):
                if isinstance(source.row, Evidence):
                    yield _of_evidence(source.row, source.number, text.where, text.text, *place)
                else:
                    yield _of_article(source.row, text.text, *place)
                break


def _place(one: Statement, text: _Text) -> tuple[int, int, str] | None:
    """Where ``text`` has the words, and whether it has the figure more exactly."""
    if one.figure is None:
        wanted = _fold(one.words.strip(" .,;:…"))
        at = next(quotes.found(text.folded, wanted), None) if wanted else None
        return (*at, "same") if at else None
    found: dict[str, tuple[int, int, str]] = {}
    for other in text.figures:
        if fit := figures.says(other, one.figure):
            found.setdefault(fit, (other.start, other.end, fit))
    return found.get("same") or found.get("rounded")


def whole_words(before: str) -> str:
    """A text that was cut at its beginning, from the first whole word on."""
    return "… " + before.lstrip("…").partition(" ")[2]


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    begin, stop = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before = whole_words(text[begin:start]) if begin else text[:start]
    return before, text[start:end], text[end:stop] + ("…" if stop < len(text) else "")


def _of_evidence(row: Evidence, number: int, where: str, text: str, start: int, end: int, fit: str) -> Passage:
    before, words, after = _around(text, start, end)
    shown = before + words + after if where == "copy" else text
    return Passage(
        number,
        row.source.title,
        where,
        before,
        words,
        after,
        locator=row.locator,
        fit=fit,
        capture_id=row.capture_id if row.capture and row.capture.attachment_id else None,
        identity=(str(row.source_id), where, shown, row.locator, row.capture.sha256 if row.capture else ""),
    )


def _of_article(appearance: Appearance, text: str, start: int, end: int, fit: str) -> Passage:
    article = appearance.article_version.article
    before, words, after = _around(text, start, end)
    return Passage(
        0,
        article.title,
        "article",
        whole_words(before),
        words,
        after.rpartition(" ")[0] + " …",
        locator=appearance.locator,
        fit=fit,
        article_id=str(article.pk),
        identity=(str(article.pk), "article", appearance.exact),
    )


def counted(items: Iterable[Item]) -> tuple[int, int]:
    """How many are ticked, and how many there are."""
    listed = list(items)
    return sum(1 for item in listed if item.tick), len(listed)
