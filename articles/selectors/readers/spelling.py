"""Words of published claims near to one that was misspelt.

A word is left alone where it is no misspelling: one that some claim has in any form, an abbreviation, a part of a
number or an address. Another word begins with the same letter, and a name differs from what was typed in one letter.
"""

import re
from typing import Final

from django.db import connections, transaction

from articles import folding, text
from articles.models import PublishedWord
from articles.selectors.readers import query_parser
from articles.selectors.readers.connection import ALIAS

#: Words that share this part of their trigrams are looked at; one exchange of letters leaves a quarter of a short one.
_ALIKE: Final = 0.2
_LOOKED_AT: Final = 60
#: No more words of a search are put right.
_MAX_WORDS: Final = 6
#: A word on its own: between blanks, with nothing but punctuation around it.
_ALONE = re.compile(r"(?<!\S)[-\"'“”„«»(\[]*([^\W\d_]{3,})[\"'“”»)\].,!?:;…؟،]*(?!\S)")


def suggestion(typed: str) -> str:
    """``typed`` with each word that no claim has put right; empty when none can be."""
    asked = set(query_parser.parse(typed).words())
    spelled = [found[1] for found in _ALONE.finditer(typed) if found[1] in asked and not _is_abbreviation(found[1])]
    spelled = list(dict.fromkeys(spelled))[:_MAX_WORDS]
    known = _known(spelled)
    unknown = [word for word in spelled if word not in known]
    better = _joined(typed, unknown) if unknown else typed
    for word in unknown:
        if near := _nearest(folding.fold(word), most=1 if word[0].isupper() else 2):
            better = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", near, better)
    return better if better != typed else ""


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 5 and word.isupper()


def _known(words: list[str]) -> set[str]:
    """Those that a published claim has, in any form that its language's stemmer knows."""
    if not words:
        return set()
    stemmed = [tag for tag in query_parser.languages() if text.search_config(tag) != "simple"]
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_KNOWN, {"words": words, "folded": [folding.fold(word) for word in words], "languages": stemmed})
        return {word for (word,) in cursor.fetchall()}


_KNOWN = """
SELECT w.word FROM unnest(%(words)s::text[], %(folded)s::text[]) AS w (word, folded)
WHERE EXISTS (SELECT FROM articles_publishedword p WHERE p.word = w.folded) OR EXISTS (
    SELECT FROM unnest(%(languages)s::text[]) AS l (language)
    CROSS JOIN LATERAL factcheck_lexemes(l.language, w.word) stem
    JOIN articles_publishedlexeme c ON c.language = split_part(l.language, '-', 1) AND c.lexeme = stem.lexeme
)
"""


def _joined(typed: str, unknown: list[str]) -> str:
    """``typed`` with pairs of words as one, where one of them is unknown and a claim has them as one word."""
    pairs = [
        (f"{one}{between}{other}", one + other)
        for one, between, other in re.findall(r"(?<!\S)(?=([^\W\d_]{3,})(\s+)([^\W\d_]{3,})(?!\S))", typed)
        if one in unknown or other in unknown
    ]
    folded = {whole: folding.fold(whole) for _, whole in pairs}
    there = set(PublishedWord.objects.using(ALIAS).filter(word__in=folded.values()).values_list("word", flat=True))
    for apart, whole in pairs:
        if folded[whole] in there:
            typed = typed.replace(apart, whole)
    return typed


def _nearest(word: str, *, most: int) -> str:
    """The word of most claims among those with the fewest letters between them and ``word``; empty without any.

    No more than ``most`` letters may differ, in a word of four letters or fewer one.
    """
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(_ALIKE)])
        cursor.execute(
            'SELECT word, shown, claims FROM "articles_publishedword" WHERE word %% %s AND left(word, 1) = %s '
            "ORDER BY similarity(word, %s) DESC, claims DESC LIMIT %s",
            [word, word[0], word, _LOOKED_AT],
        )
        rows = cursor.fetchall()
    allowed = min(most, 1 if len(word) <= 4 else 2)
    near = [(distance(word, other), -claims, shown) for other, shown, claims in rows]
    return min(near)[2] if near and min(near)[0] <= allowed else ""


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, left out, changed, or swapped with the next, to make one of the other.

    Optimal string alignment (Damerau 1964; Boytsov, Indexing methods for approximate dictionary searching, 2011).
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, their in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != their))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == their:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
