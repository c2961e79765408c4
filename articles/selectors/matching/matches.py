"""Claims that say what a text says: "has this been checked before?", for the desk.

Readers ask ``articles.selectors.readers.matching``: the same search on their connection, without open claims.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from uuid import UUID

from articles import text as texts
from articles.folding import posts
from articles.models.base import language_tag
from articles.selectors.matching import bm25, details, findings, near
from articles.selectors.matching.bm25 import Collection, Question
from articles.selectors.matching.findings import Findings
from lib import languages

Among = Literal["open", "published", "both"]
MAX_TEXT = bm25.MAX_TEXT
MAX_LIMIT = 50
#: A text without a language is looked for in so many languages.
MAX_LANGUAGES = 3


def find_matches(
    *,
    text: str,
    language: str = "",
    limit: int = 5,
    among: Among = "both",
    claimant: str = "",
    context: str = "",
    exclude: Sequence[UUID] = (),
    siblings_of: UUID | None = None,
    with_siblings: bool = False,
) -> Findings:
    """The claims most like ``text``, in two groups; at most ``limit`` in all, each claim once.

    ``open`` are claims that are being worked on, in the desk's words; ``published`` those readers see, in theirs.
    ``language`` is the text's, or empty when nobody knows. ``claimant`` is the name of the person who said it and
    ``context`` the sentences around it: both change the order. ``exclude`` are claims that are left out;
    ``siblings_of`` leaves out that claim and, unless ``with_siblings``, the other claims of its articles.

    Raises ``ValidationError`` for text that cannot be stored and for a language that is no language tag. A text
    without a word that any claim has finds nothing. Of a text longer than ``MAX_TEXT`` only the beginning is read.
    """
    collections: list[Collection] = ["open", "published"] if among == "both" else [among]
    left_out = [*exclude, *([siblings_of] if siblings_of else [])]
    asked = question(text=text, claimant=claimant, context=context, exclude=left_out, siblings_of=siblings_of)
    return run("default", collections, asked, language=language, limit=limit, with_siblings=with_siblings)


def question(
    *,
    text: str,
    claimant: str = "",
    context: str = "",
    exclude: Sequence[UUID] = (),
    siblings_of: UUID | None = None,
) -> Question:
    """What is asked, cleaned. Raises ``ValidationError`` for text that cannot be stored."""
    asked = posts.plain(bm25.whole_words(texts.clean(text, field="text")))
    around = posts.plain(bm25.whole_words(texts.clean(context, field="context")))
    name = texts.clean(claimant, field="claimant")
    return Question(asked, "", around, name, exclude, siblings_of)


def run(
    alias: str,
    collections: Sequence[Collection],
    asked: Question,
    *,
    language: str,
    limit: int,
    with_siblings: bool = True,
) -> Findings:
    """``find_matches`` on a database connection and in collections that the caller may read."""
    if language:
        language_tag(language)
    if texts.is_blank(asked.text) or limit < 1:
        return Findings()
    limit = min(limit, MAX_LIMIT)
    depth = max(bm25.DEPTH, 2 * limit)
    tags = [language] if language else guessed(alias, collections, asked.text)
    hits = [hit for tag in tags for hit in bm25.hits(alias, collections, replace(asked, language=tag), depth=depth)]
    hits = near.with_nearest(alias, collections, asked, tags, hits)
    ranked = findings.rank([hit for hit in hits if with_siblings or not hit.is_sibling], asked)[:limit]
    return findings.grouped(ranked, details.measure(alias, collections, [hit for _, hit in ranked]))


def guessed(alias: str, collections: Sequence[Collection], text: str) -> list[str]:
    """The languages to look in for a text whose language nobody named, at most ``MAX_LANGUAGES``.

    First the one that it seems to be in, then those in which most of its words are known.
    """
    guess = languages.detect(text)
    if guess.is_sure:
        return [guess.language]
    known = bm25.languages_by_words(alias, collections, text)
    return list(dict.fromkeys([*filter(None, [guess.language]), *known]))[:MAX_LANGUAGES]
