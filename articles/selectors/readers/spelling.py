"""Words of published claims near to one that was misspelt."""

import re
from typing import Final

from django.db import connections, transaction

from articles import folding
from articles.models import PublishedWord
from articles.selectors.readers import query_parser
from articles.selectors.readers.connection import ALIAS

#: Words that share this part of their trigrams are looked at; one exchange of letters leaves a quarter of a short one.
_ALIKE: Final = 0.2
_LOOKED_AT: Final = 60
#: No more words of a search are put right.
_MAX_WORDS: Final = 6


def suggestion(typed: str) -> str:
    """``typed`` with each word that no claim has put right; empty when none can be."""
    asked = query_parser.parse(typed)
    spelled = [word for word in asked.words() if len(word) >= 3 and word.isalpha()][:_MAX_WORDS]
    folded = {word: folding.fold(word) for word in spelled}
    known = set(PublishedWord.objects.using(ALIAS).filter(word__in=folded.values()).values_list("word", flat=True))
    better = typed
    for word in spelled:
        if folded[word] not in known and (near := _nearest(folded[word])):
            better = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", near, better)
    return better if better != typed else ""


def _nearest(word: str) -> str:
    """The word of most claims among those with the fewest letters between them and ``word``; empty without any."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(_ALIKE)])
        cursor.execute(
            'SELECT word, shown, claims FROM "articles_publishedword" WHERE word %% %s '
            "ORDER BY similarity(word, %s) DESC, claims DESC LIMIT %s",
            [word, word, _LOOKED_AT],
        )
        rows = cursor.fetchall()
    allowed = 1 if len(word) <= 4 else 2
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
