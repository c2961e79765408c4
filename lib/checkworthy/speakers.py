"""Who is named as saying it: "X, the Y, said", "said X", "according to X", and "she said" of the speaker before.

A reader of the rules, not of the world: what it finds is offered to an editor and never stored without one.
"""

import re
from functools import lru_cache

from lib.checkworthy import arabic, clauses, datelines, english, grammar, lexicon, names, phrases, quotations
from lib.checkworthy.abbreviations import without_dots
from lib.checkworthy.names import Named
from lib.checkworthy.people import Memory

__all__ = ["Memory", "find"]

#: French "l'Institut", "d'après": the article stands apart from the noun.
_ELISION = re.compile(r"\b(?:[ldjnmtsc]|qu)[’'](?=[^\W\d_])", re.IGNORECASE)


def find(text: str, *, language: str, memory: Memory) -> Named | None:
    """The speaker of a sentence, or ``None``. ``memory`` is updated; call it for each sentence in order."""
    tongue = language.split("-")[0]
    patterns = _patterns(tongue)
    if patterns is None:
        return None
    plain = without_dots(datelines.blank(text), tongue)
    if tongue == "fr":
        plain = _ELISION.sub(lambda each: each.group()[:-1] + " ", plain)
    bare = quotations.blank(plain)
    mentioned = phrases.full_names(plain, grammar.GRAMMARS[tongue]) if tongue in grammar.GRAMMARS else []
    memory.note(mentioned)
    found = _find(bare, patterns, tongue, memory)
    if found is None:
        memory.subject = names.subject(bare) if tongue == "en" else None
        memory.forget_person(mentioned)
        return None
    return memory.keep(found)


def _find(bare: str, patterns: tuple[re.Pattern[str], re.Pattern[str]], tongue: str, memory: Memory) -> Named | None:
    speech, according = patterns
    if tongue == "en":
        return english.find(bare, speech, according, memory)
    if tongue == "ar":
        return arabic.find(bare, speech, according, memory)
    return clauses.find(bare, speech, according, grammar.GRAMMARS[tongue], memory)


@lru_cache(maxsize=32)
def _patterns(tongue: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    words = lexicon.of(tongue)
    if not words.speech:
        return None
    return (
        re.compile(rf"\b(?:{words.speech})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{words.according})\b", re.IGNORECASE),
    )
