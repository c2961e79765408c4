"""Who is named as the speaker in an English sentence: "X, the Y, said", "said X", "according to X", "she said"."""

import re
from dataclasses import replace

from lib.checkworthy import names
from lib.checkworthy.names import Named
from lib.checkworthy.people import Memory

_PERSONS, _OTHERS = {"he", "she"}, {"they", "it", "who"}
_STOP_AFTER = re.compile(
    r"[.,;:!?\"“”„«»()]|\s[–—-]\s|\b(?:that|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at|in a|in the|last|this|"
    r"during|when|while|in an|in his|in her|with|after|before)(?=\W|$)",
    re.IGNORECASE,
)
_NOT_SPEECH_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|to|not|never|a|the|its|his)\s*$", re.I
)
#: "Valdoria reported 11.1 per cent" is a figure of Valdoria's, and no statement of theirs.
_FIGURE_AFTER = re.compile(r"\s+(?:an?\s+|about\s+|some\s+|nearly\s+|over\s+|more than\s+|only\s+)?[$€£]?\d")
_NAME_AFTER = re.compile(
    r"\s+(?:[^\W\dA-Z_]+\s){0,2}(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w’'-]+\s[A-Z]"
)
_MAY_FOLLOW = re.compile(
    r"(?:a|an|the|its|their|his|her|he|she|they|it)\b|(?!on\b|in\b|at\b|that\b|by\b|to\b|of\b|from\b|about\b|as\b)(?:[a-z-]+\s){1,2}[A-Z][\w’'-]+\s[A-Z]"
)
#: "Omar Aziz on Friday said": the day is no part of the subject.
_DAY_BEFORE = re.compile(r"\s(?:on|late|early|late on|early on)\s[A-Z][a-z]{2,5}day$")
_CLAUSE_AFTER = re.compile(r"[^.;]{0,60}?(?:\bthat\b|[\"“:])|\s+(?:it|they|its|their|there|no)\b")
_SAYING = frozenset(
    [
        "according to",
        "in the words of",
        "said",
        "says",
        "told",
        "tells",
        "stated",
        "states",
        "wrote",
        "insisted",
        "insists",
    ]
)


def find(bare: str, speech: re.Pattern[str], according: re.Pattern[str], memory: Memory) -> Named | None:
    """The speaker of a sentence whose quotations are blank."""
    return _according(bare, according, memory) or _reported(bare, speech, memory)


def _reported(bare: str, speech: re.Pattern[str], memory: Memory) -> Named | None:
    for verb in list(speech.finditer(bare))[:6]:
        if _NOT_SPEECH_BEFORE.search(bare[max(0, verb.start() - 12) : verb.start()]):
            continue
        if verb.start() and verb.group()[:1].isupper():
            continue  # "the United States"
        if verb.group().lower() not in _SAYING and _FIGURE_AFTER.match(bare, verb.end()):
            continue
        found = _around(bare, verb, memory)
        if found and (named := _resolved(found, bare, verb, memory)):
            return named
    return None


def _resolved(found: Named, bare: str, verb: re.Match[str], memory: Memory) -> Named | None:
    """The speaker with the full name; a place is one only where a statement follows, and two of a surname never."""
    if found.is_person or len(found.name.split()) > 1 or not found.name[:1].isupper():
        return memory.resolve(found, sure=True)
    as_person = memory.resolve(replace(found, is_person=True), sure=False)
    if as_person or memory.knows(found.name):
        return as_person
    ends = not bare[verb.end() :].strip(" .") and re.search(r",[^,]*$", bare[: verb.start()])  # "…, X estimates."
    states = verb.group().lower() in _SAYING or ends or _CLAUSE_AFTER.match(bare, verb.end())
    return found if states else None


def _around(bare: str, verb: re.Match[str], memory: Memory) -> Named | None:
    before, after = _DAY_BEFORE.sub("", bare[: verb.start()].rstrip()), bare[verb.end() :]
    inverted = not before or before[-1] in '",–—-'
    if (
        before.endswith(",")
        and _NAME_AFTER.match(after)
        and not verb.group().lower().startswith(("told", "tell", "call"))
    ):
        return _after(after, memory)
    if before.endswith(",") and not re.search(r"\"\s*,?$", before):
        found = names.before_comma(before[:-1])
        if found:
            return found
    if inverted:
        return _after(after, memory)
    clause = _last_clause(before)
    if re.search(r"[^\W\d_a-z][\w’'.-]*,? and(?: the)?\s*$", before[: len(before) - len(clause)][-60:]):
        return None  # "X and Y said": two people
    return _named_or_pronoun(clause, memory)


def _after(after: str, memory: Memory) -> Named | None:
    """The words that follow the verb, up to where they stop being its subject; the role behind a comma belongs."""
    rest = after.lstrip(" \t")
    if rest[:1].islower() and not _MAY_FOLLOW.match(rest):
        return None
    stop = _STOP_AFTER.search(rest)
    while stop and stop.group() == "." and names.goes_on_after_dot(rest[max(0, stop.start() - 30) : stop.start()]):
        stop = _STOP_AFTER.search(rest, stop.end())
    phrase = rest[: stop.start()] if stop else rest
    found = _named_or_pronoun(phrase, memory)
    if not stop or stop.group() != ",":
        return found
    behind = rest[stop.end() :]
    if re.match(r"(?:the|its|their)\s", phrase) and (found is None or found.name[:1].islower()):
        apposed = _apposed(behind, phrase)
        if apposed:
            return apposed
    if found and not found.role and found.is_person:
        role = re.match(r"\s*((?:the|a|an|head|chief|his|her|its|[\w’' ]{1,60}['’]s)\b[^.,;:\"“”]{3,80})", behind)
        found = replace(found, role=names.tidy(role.group(1))) if role else found
    return found


def _apposed(behind: str, phrase: str) -> Named | None:
    """The name in "said the mayor, X"."""
    apposed = re.match(r"\s*([^.,;:\"“”]{2,60})", behind)
    if not apposed or not apposed.group(1)[:1].isupper():
        return None
    named = names.of_phrase(apposed.group(1))
    if named and named.name == names.tidy(apposed.group(1)):
        return replace(named, role=named.role or names.tidy(phrase.split(" ", 1)[1]))
    return None


def _last_clause(before: str) -> str:
    pieces = re.split(r"[;:\"“”„«»()]|,\s|\s[–—]\s|\b(?:but|and|while|as|when|although|because|that|if)\s", before)
    return pieces[-1].strip()


def _according(bare: str, according: re.Pattern[str], memory: Memory) -> Named | None:
    match = according.search(bare)
    if not match:
        return None
    rest = bare[match.end() :]
    if re.match(r"\s*(?:him|her|them)\b", rest):
        return memory.person
    found = _after(rest, memory)
    if found and found.role and not found.is_person:
        return found
    return _resolved(found, bare, match, memory) if found else None


def _named_or_pronoun(phrase: str, memory: Memory) -> Named | None:
    words = phrase.split()
    if not words:
        return None
    last = words[-1].lower() if len(words) <= 3 else ""
    first = words[0].lower()
    if last in _PERSONS or first in _PERSONS:
        return memory.person
    if last in _OTHERS or (first in _OTHERS and len(words) <= 3):
        return (memory.subject or memory.other or memory.person) if last != "who" else None
    return names.of_phrase(phrase)
