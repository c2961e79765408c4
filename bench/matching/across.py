"""Questions in another language than the claim's (``bench/data/match-across.tsv``), and search by meaning over them.

The claims are the English ones of ``match.tsv``; the questions are what is labelled for the claims of other languages
that say the same. What is labelled for the others has no answer here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from bench.matching.data import DATA, Labelled, Pair, named

FILE = DATA.with_name("match-across.tsv")
#: The language of the claims that are asked for in all others.
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the claims that are left out: those of the languages that it is not about."""

    pair: Pair
    exclude: list[UUID]


def within(known: Labelled) -> list[Asked]:
    """The questions of each language over the claims of that language."""
    others = {tag: _claims_not_in(known, tag) for tag in {pair.language for pair in known.pairs}}
    return [_asked(pair, others[pair.language]) for pair in known.pairs]


def across(known: Labelled) -> list[Asked]:
    """The questions of each other language over its claims and the English ones, without the claim in that language."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    same = {named(claim): named(english) for english, _, claim in rows}
    asked = []
    for pair in known.pairs:
        if pair.language == LANGUAGE or pair.kind not in ("plain", "post", "absent"):
            continue
        answer = same.get(pair.claim_id) if pair.claim_id else None
        held_out = answer.int % 2 == 1 if answer else pair.is_held_out
        kind = pair.kind if answer else "absent"
        asked.append(
            replace(pair, claim_id=answer, left_out=pair.claim_id, kind=kind, claimant="", is_held_out=held_out)
        )
    asked += [
        Pair(language, named(english), claim, left_out=named(claim), is_held_out=named(english).int % 2 == 1)
        for english, language, claim in rows
    ]
    others = {tag: _claims_not_in(known, tag, LANGUAGE) for tag in {pair.language for pair in known.pairs}}
    return [_asked(pair, others[pair.language]) for pair in asked]


def _claims_not_in(known: Labelled, *languages: str) -> list[UUID]:
    return [named(claim) for tag, claim in known.claims if tag not in languages]


def _asked(pair: Pair, others: Iterable[UUID]) -> Asked:
    return Asked(pair, [*others, *([pair.left_out] if pair.left_out else [])])
