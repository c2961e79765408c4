"""The labelled texts of ``bench/data/match.tsv`` as questions with known answers, and generated claims for speed."""

import itertools
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

DATA = Path(__file__).parents[1] / "data" / "match.tsv"
#: Names of generated and labelled claims are made from their words: the same words are the same claim.
NAMESPACE = UUID("6a4c8f3e-6f0c-4f7e-9d53-0f6a3c1f9f10")
#: Every so many words of a text have a typing error in the questions with typing errors.
TYPO_EVERY = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """``asked`` says again what the claim called ``claim_id`` says; without a claim nothing does.

    ``left_out`` is the claim that it says when that one is not to be found: then its twins are the traps. Texts of one
    claim are all in the same half; weights and thresholds are set by the half that is not held out.
    """

    language: str
    claim_id: UUID | None
    asked: str
    claimant: str = ""
    context: str = ""
    kind: str = "plain"
    left_out: UUID | None = None
    is_held_out: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """The claims (language and words) with those to be mistaken for them, who said which, and the questions."""

    claims: list[tuple[str, str]]
    claimants: dict[UUID, str]
    pairs: list[Pair]


def named(claim: str) -> UUID:
    """The id of the claim with these words."""
    return uuid5(NAMESPACE, claim)


def labelled() -> Labelled:
    """All that is labelled: each text as it is, with chatter, as a post, with typing errors, without its answer."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    rows = [[*line.split("\t"), "", "", ""][:5] for line in lines if not line.startswith("#")]
    texts = [row for row in rows if row[1] not in "=+-"]
    claims = {(language, claim): None for language, claim, *_ in texts}
    for language, _, words, *_ in (row for row in rows if row[1] == "="):
        claims |= dict.fromkeys(_doubles(claims, language, words.split("|")))
    claimants = {named(claim): claimant for _, claim, _, claimant, _ in texts if claimant}
    plain = [
        Pair(language, named(claim), asked, claimant, context, is_held_out=_is_held_out(claim))
        for language, claim, asked, claimant, context in texts
        if asked
    ]
    absent = [
        Pair(language, None, words, kind="absent", is_held_out=_is_held_out(words))
        for language, mark, words, *_ in rows
        if mark == "-"
    ]
    chatter = [(language, words) for language, mark, words, *_ in rows if mark == "+"]
    return Labelled(list(claims), claimants, [*plain, *absent, *_variants([*plain, *absent], chatter)])


def _variants(plain: list[Pair], chatter: list[tuple[str, str]]) -> Iterator[Pair]:
    for number, pair in enumerate(plain):
        kind = "{}" if pair.claim_id else "absent"
        for language, words in chatter:
            if language == pair.language:
                yield replace(pair, asked=f"{words} {pair.asked}", kind=kind.format("chatter"))
        yield replace(pair, asked=_post(pair.asked), kind=kind.format("post"))
        yield replace(pair, asked=_with_typos(pair.asked, seed=number), kind=kind.format("typos"))
        if pair.claim_id:
            yield replace(pair, claim_id=None, left_out=pair.claim_id, kind="left out")


def _is_held_out(claim: str) -> bool:
    return named(claim).int % 2 == 1


def _post(words: str) -> str:
    """The text as it is pasted from a network: the first long words as a tag, an address, sender and day."""
    long = [word.strip("“”\"'.,!?:;#") for word in words.split() if len(word) > 5 and word.isalpha()][:2]
    tag = f" #{''.join(word.capitalize() for word in long)}" if long else ""
    return f"RT @newswatcher77: {words}{tag} https://t.example/x7Gq2 — Nia Bloom (@niabloom) October 3, 2020"


def _with_typos(words: str, *, seed: int) -> str:
    """The text with two letters exchanged, or one left out, in every fourth of its longer words."""
    lots, typed = random.Random(seed), words.split(" ")  # noqa: S311 - a seed, not a secret
    long = [place for place, word in enumerate(typed) if len(word) > 4 and word.isalpha()]
    for place in lots.sample(long, k=-(-len(long) // TYPO_EVERY)):
        word, at = typed[place], lots.randint(1, len(typed[place]) - 3)
        typed[place] = word[:at] + lots.choice([word[at + 1] + word[at], word[at + 1]]) + word[at + 2 :]
    return " ".join(typed)


def _doubles(claims: Iterable[tuple[str, str]], language: str, words: list[str]) -> list[tuple[str, str]]:
    return [
        (language, re.sub(rf"\b{re.escape(word)}(?!\w)", other, claim))
        for tag, claim in claims
        for word in words
        for other in words
        if tag == language and word != other and re.search(rf"\b{re.escape(word)}(?!\w)", claim)
    ]


def generated(count: int, *, seed: int, start: int = 0) -> Iterator[tuple[str, str]]:
    """English claims of invented words, as unevenly frequent as words are (Zipf's law)."""
    lots = random.Random(seed)  # noqa: S311
    words = [_word(lots) for _ in range(30_000)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(start, start + count):
        yield "en", f"{' '.join(lots.choices(words, cum_weights=weights, k=lots.randint(7, 16)))} {number}"


def _word(lots: random.Random) -> str:
    return "".join(lots.choice("bdfgklmnprtvz") + lots.choice("aeou") for _ in range(lots.randint(2, 4))) + "k"


def asked_of(claims: list[tuple[str, str]], count: int, *, seed: int) -> list[str]:
    """Texts that share most of their words with some claim, and some words of another."""
    lots, texts = random.Random(seed), []  # noqa: S311
    for _ in range(count):
        one, other = lots.choice(claims)[1].split(), lots.choice(claims)[1].split()
        texts.append(" ".join([word for word in one if lots.random() < 0.7] + other[:5]))
    return texts
