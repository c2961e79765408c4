"""A claim in review as HTML to read: what changed is marked word by word, and every figure and quotation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.models import Claim, Comment
from articles.selectors.verification import changes_since, statements
from articles.selectors.verification.changes_since import Earlier
from articles.selectors.verification.statements import PARTS, Item
from lib.anchoring import quotes
from lib.markedtext import differences
from lib.markedtext.flat import Flat, Mark, Removed


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of the claim as HTML; how many changes are marked; which items stand in a sentence that changed."""

    parts: dict[str, SafeString]
    changes: int
    new_keys: frozenset[str]


def shown(claim: Claim, items: Sequence[Item], comments: Sequence[Comment], earlier: Earlier | None) -> Shown:
    """The claim with its marks; without ``earlier`` no changes are marked."""
    texts = statements.texts(claim)
    numbers = {item.key: number for number, item in enumerate(items, 1)}
    parts, count, changed = {}, 0, set[str]()
    for part in PARTS:
        flat = texts[part]
        was = earlier.texts.get(part, "") if earlier else flat.text
        found = differences.between(was, flat.text)
        own = [item for item in items if item.part == part]
        changed |= {item.key for item in own if earlier and item.sentence not in was}
        marks = [*_items(own, numbers), *_comments(flat, part, comments), *_added(found, count)]
        removed = [_removed(one, number) for number, one in enumerate(found, count + 1) if one.removed]
        parts[part] = mark_safe(flat.render(marks, removed))  # noqa: S308 (sanitised when it was saved)
        count += len(found)
    return Shown(parts, count, frozenset(changed))


def evidence(claim: Claim, earlier: Earlier | None) -> dict[str, Any]:
    """The evidence with what is new or changed in it, and the sources of what is gone."""
    told, gone = changes_since.evidence_changes(claim, earlier) if earlier else ({}, [])
    return {"evidence": [(row, told.get(row.pk, "")) for row in claim.evidence.all()], "evidence_gone": gone}


def _items(items: Sequence[Item], numbers: dict[str, int]) -> list[Mark]:
    marks = []
    for item in items:
        state = "ticked" if item.tick else "open"
        attributes = (
            ("class", f"review-item review-{item.kind} review-{state}"),
            ("data-item", str(numbers[item.key])),
        )
        marks += [Mark(start, end, "span", attributes) for start, end in [(item.start, item.end), *item.again]]
    return marks


def _comments(flat: Flat, part: str, comments: Sequence[Comment]) -> list[Mark]:
    """Words that open comments quote, where they still stand."""
    marks = []
    for comment in comments:
        passage = getattr(comment, "passage", None)
        if passage is None or passage.part != part or comment.removed_at or comment.resolved_at:
            continue
        places = list(quotes.found(flat.text, passage.exact))
        if places:
            start, end = next((one for one in places if flat.text[: one[0]].endswith(passage.prefix)), places[0])
            marks.append(Mark(start, end, "span", (("class", "review-quoted"), ("data-comment", str(comment.pk)))))
    return marks


def _added(found: Sequence[differences.Change], before: int) -> list[Mark]:
    return [
        Mark(one.start, one.end, "ins", (("data-change", str(number)),))
        for number, one in enumerate(found, before + 1)
        if one.end > one.start
    ]


def _removed(one: differences.Change, number: int) -> Removed:
    return Removed(one.start, one.removed, (("data-change", str(number)),))
