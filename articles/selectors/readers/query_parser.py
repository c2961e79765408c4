"""What somebody typed, as a search: in the words of each language in use, and in folded words.

A claim's vector (``services.projection``) holds its words twice: stemmed by its language's own configuration, and
folded. A query asks for either. A minus leaves a word out however it was found.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db import connections
from django.db.models import Func

from articles import folding, text
from articles.selectors.readers.connection import ALIAS

#: A folded word of so many letters also matches longer ones that begin with it: most languages decline, and not
#: all of them have a configuration that knows how.
PREFIX_FROM: Final = 5
#: Of more words than this only the first are looked for.
MAX_WORDS: Final = 60
#: In a search of more words "or" is a word of a sentence, unless it is in capitals.
SENTENCE_FROM: Final = 5
#: What is longer was pasted, not typed.
LONGEST_QUESTION: Final = 80
_WHOLE_PHRASE = re.compile(r'"[^"]*"')
_PIECE = re.compile(r'(?<!\S)(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A search taken apart. ``either`` are the alternatives around "or", each a list of words and quoted phrases."""

    either: list[list[str]] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to look for: a minus alone is nothing."""
        return bool(self.either)

    @property
    def wanted(self) -> str:
        """All that is looked for, as ``websearch_to_tsquery`` reads it, with nothing in it that it chokes on."""
        return " or ".join(" ".join(pieces) for pieces in self.either)

    def words(self) -> list[str]:
        """The words that are looked for, as typed, each once."""
        pieces = " ".join(piece for pieces in self.either for piece in pieces)
        return list(dict.fromkeys(pieces[start:end] for start, end in folding.spans(pieces)))


class Words(SearchQuery):
    """A search as SQL, for filters and ranks."""

    def __init__(self, sql: str, params: list[Any]) -> None:
        Func.__init__(self, output_field=SearchQueryField())
        self.sql, self.params = sql, params

    def as_sql(self, compiler: Any, connection: Any, **_kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The SQL it was made of."""
        return self.sql, self.params


def parse(typed: str, *, limit: int = 200) -> ParsedQuery:
    """What the first ``limit`` characters of ``typed`` ask for: words, "phrases", -unwanted, one or another.

    Anything else somebody types is taken as words, so that no input is an error.
    """
    found = ParsedQuery([[]])
    pieces = _PIECE.findall(folding.with_commas(typed[:limit].replace("\x00", " ")))
    for minus, phrase, plain in pieces:
        piece = (phrase or plain).replace('"', " ").replace("\\", " ").strip()
        if not plain and folding.words(piece):
            _put(found, f'"{piece}"', minus)
        elif plain.lower() == "or":
            if plain == "OR" or len(pieces) <= SENTENCE_FROM:
                found.either.append([])
        elif plain and folding.words(piece):
            bare = piece.lstrip("-−–—")
            _put(found, bare if bare.split() == [bare] else f'"{bare}"', plain[:1] if plain[0] == "-" else "")
    return ParsedQuery([pieces for pieces in found.either if pieces], found.unwanted)


def is_plain(typed: str) -> bool:
    """Whether ``typed`` is words alone, without quotation marks around them, OR in capitals, or a minus.

    A message is plain, too: its quotation marks and dashes are those of its sentences.
    """
    parsed = parse(typed, limit=len(typed))
    if len(typed) > LONGEST_QUESTION and not _WHOLE_PHRASE.fullmatch(typed.strip()):
        return True
    phrases = any(piece.startswith('"') for pieces in parsed.either for piece in pieces)
    is_either = len(parsed.either) > 1 and "OR" in typed.split()
    return not is_either and not parsed.unwanted and not (phrases and '"' in typed)


def _put(found: ParsedQuery, piece: str, minus: str) -> None:
    held = len(found.unwanted) + sum(map(len, found.either))
    if held < MAX_WORDS:
        (found.unwanted if minus else found.either[-1]).append(piece)


def words(typed: str, *, limit: int = 200) -> Words:
    """The first ``limit`` characters somebody typed, as a search that holds in each claim's own language."""
    return query(parse(typed, limit=limit))


def query(what: ParsedQuery) -> Words:
    """The search for ``what``; of nothing but unwanted words, everything that has none of them."""
    configs = configs_in_use()
    wanted, params = _any(what.wanted, _folded(what.either), configs)
    parts = [wanted]
    for piece in what.unwanted:
        unwanted, more = _any(piece, _folded([[piece]]), configs)
        parts.append(f"!!({unwanted})")
        params += more
    return Words(f"({' && '.join(f'({part})' for part in parts)})", params)


def _any(websearch: str, folded: str, configs: list[str]) -> tuple[str, list[Any]]:
    """The search in folded words or in the words of any configuration, each form once: most words have one for all."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_FORMS, [folded, websearch, configs])
        forms = [form for (form,) in cursor.fetchall()] or [""]
    return " || ".join(["%s::tsquery"] * len(forms)), forms


#: A text of stop words alone is empty in its language's configuration: nothing to look for.
_FORMS = """
SELECT form::text FROM (
    SELECT %s::tsquery AS form
    UNION SELECT websearch_to_tsquery(config::regconfig, %s) FROM unnest(%s::text[]) AS config
) f WHERE numnode(form) > 0
"""


def _folded(either: list[list[str]]) -> str:
    """The alternatives as a literal of type tsquery. Folded words hold nothing that would have to be escaped."""
    alternatives = []
    for pieces in either:
        phrases = [_phrase(piece) for piece in pieces]
        alternatives.append(" & ".join(phrase for phrase in phrases if phrase))
    return " | ".join(f"({one})" for one in alternatives if one)


def _phrase(piece: str) -> str:
    found = folding.words(piece)
    if len(found) == 1 and is_prefix(piece, found[0]):
        return f"'{found[0]}':*"
    run = " <-> ".join(f"'{word}'" for word in found)
    return f"({run})" if found else ""


def is_prefix(piece: str, word: str) -> bool:
    """Whether the only word of a piece also matches longer ones: not in quotation marks, and no number."""
    return not piece.startswith('"') and len(word) >= PREFIX_FROM and not word.isdigit()


def configs_in_use() -> list[str]:
    """The configurations of the languages that published claims are in."""
    return sorted({"english", *(text.search_config(language) for language in languages())} - {"simple"})


def languages() -> list[str]:
    """The languages that published claims are in, found by jumping from one to the next in an index."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LANGUAGES)
        return [language for (language,) in cursor.fetchall()]


#: SELECT DISTINCT would read a row for each claim there is.
_LANGUAGES = """
WITH RECURSIVE spoken (language) AS (
    SELECT min(language) FROM articles_publishedclaim
    UNION ALL
    SELECT (SELECT min(c.language) FROM articles_publishedclaim c WHERE c.language > spoken.language)
    FROM spoken WHERE spoken.language IS NOT NULL
)
SELECT language FROM spoken WHERE language IS NOT NULL
"""
