"""Published claims that say what a text says, for readers and partners: on the readers' connection alone.

Open claims can never be found here: the readers' role may not read their tables.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from articles.selectors.matching import bm25, matches
from articles.selectors.matching.findings import Finding, Findings
from articles.selectors.readers.connection import ALIAS

#: A text may be this long; one that is longer than ``PART`` is asked about in parts.
MAX_TEXT: Final = 20_000
PART: Final = matches.MAX_TEXT
MAX_LIMIT = matches.MAX_LIMIT
#: Where a text is divided: after a line, or after a sentence.
_END = re.compile(r"\n+|[.!?…։؟。！？]+\s")


def find_matches(
    *,
    text: str,
    language: str = "",
    limit: int = 5,
    claimant: str = "",
    context: str = "",
    exclude: Sequence[UUID] = (),
) -> Findings:
    """The published claims most like ``text``, in two groups. For the meaning of the rest see the desk's
    ``find_matches``. Raises ``ValidationError`` as that does. Of a text longer than ``MAX_TEXT`` the beginning is read.
    """
    found = []
    for part in divide(text[:MAX_TEXT]):
        asked = matches.question(text=part, claimant=claimant, context=context, exclude=exclude)
        found.append(matches.run(ALIAS, ["published"], asked, language=language, limit=limit))
    return found[0] if len(found) == 1 else _merged(found, limit)


def divide(text: str) -> list[str]:
    """``text`` in parts of at most ``PART`` characters, which end with a line or a sentence where there is one."""
    parts, rest = [], text
    while len(rest) > PART:
        window = rest[:PART]
        ends = [end.end() for end in _END.finditer(window, PART // 2)]
        at = ends[-1] if ends else len(bm25.whole_words(rest)[:PART])
        parts.append(rest[:at])
        rest = rest[at:].lstrip()
    return [*parts, rest]


def _merged(found: Iterable[Findings], limit: int) -> Findings:
    """The answers to the parts of a text as one: each claim once, as the part that is surest of it has it."""
    best: dict[UUID, Finding] = {}
    for one in (finding for findings in found for finding in findings.ranked):
        known = best.get(one.claim_id)
        if known is None or (one.confidence, one.score) > (known.confidence, known.score):
            best[one.claim_id] = one
    ranked = sorted(best.values(), key=lambda one: (-one.confidence, -one.score, one.claim_id))[:limit]
    return Findings([one for one in ranked if one.is_same], [one for one in ranked if not one.is_same])
