"""Who is named as saying it: "X, the Y, said", "said X", "according to X", and "she said" of whoever spoke before.

A reader of the rules, not of the world: what it finds is offered to an editor and never stored without one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lib.checkworthy import lexicon, names
from lib.checkworthy.names import Named

_QUOTE = re.compile(r"[\"“„«][^\"“”„»]*[\"”“»]")
_PRONOUNS = {
    "en": ({"he", "she"}, {"they", "it", "who"}),
    "ru": ({"он", "она", "его", "её", "ее"}, {"они", "оно", "их"}),
    "tr": ({"o"}, {"onlar"}),
    "az": ({"o"}, {"onlar"}),
    "ar": (set(), set()),
    "de": ({"er"}, {"sie", "es"}),
    "es": ({"él", "ella"}, {"ellos", "ellas"}),
}
#: Languages whose verb stands without a subject when the speaker is the one before.
_DROPS_SUBJECT = {"ar", "es", "az", "tr", "ru"}
#: Languages in which the speaker follows the verb, or stands at the beginning of the sentence.
_VERB_FIRST, _VERB_LAST = {"ar"}, {"tr", "az"}
_STOP_AFTER = re.compile(
    r"[.,;:!?\"“”„«»()؛،]|\s[–—-]\s|\b(?:that|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at|in a|in the|last|this|"
    r"during|when|while|am (?:mon|diens|mitt|donners|frei|sams|sonn)\w+|dass|que|что|в|ki|إن|أن|إنه|أنه)(?=\W|$)",
    re.IGNORECASE,
)
_NOT_SPEECH_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|to|not|never|a|the|its|his)\s*$", re.I
)


@dataclass(slots=True)
class Memory:
    """Who has spoken so far: the last person and organisation of the paragraph, and full names by surname."""

    paragraph: int = -1
    person: Named | None = None
    other: Named | None = None
    subject: Named | None = None
    by_surname: dict[str, Named] = field(default_factory=dict)

    def enter(self, paragraph: int) -> None:
        """A new paragraph: an organisation is forgotten, a person is still "he" or "she" in the next one."""
        if paragraph != self.paragraph:
            if paragraph > self.paragraph + 3:
                self.person = None
            self.paragraph, self.other, self.subject = paragraph, None, None

    def keep(self, named: Named) -> Named:
        """Remember a speaker; a surname alone becomes the full name that was given before, with its role."""
        words = named.name.split()
        known = self.by_surname.get(words[-1])
        if known and (len(words) == 1 or named.name == known.name):
            named = replace(known, role=named.role or known.role)
        elif named.is_person and len(words) > 1:
            self.by_surname[words[-1]] = named
        if named.is_person:
            self.person = named
        else:
            self.other = named
        return named


def find(text: str, *, language: str, memory: Memory) -> Named | None:
    """The speaker of a sentence, or ``None``. ``memory`` is updated; call it for each sentence in order."""
    tongue = language.split("-")[0]
    patterns = _patterns(tongue)
    if patterns is None:
        return None
    speech, according = patterns
    bare = _QUOTE.sub(lambda quote: '"' + " " * (len(quote.group()) - 2) + '"', text)
    found = _according(bare, according, tongue, memory) or _reported(bare, speech, tongue, memory)
    if found is None:
        memory.subject = names.subject(bare)
        return None
    return memory.keep(found)


def _reported(bare: str, speech: re.Pattern[str], tongue: str, memory: Memory) -> Named | None:
    verbs: Sequence[re.Match[str]] = list(speech.finditer(bare))
    if tongue in _VERB_LAST:
        verbs = verbs[::-1]
    for verb in verbs[:6]:
        if tongue == "en" and _NOT_SPEECH_BEFORE.search(bare[max(0, verb.start() - 12) : verb.start()]):
            continue
        if tongue == "en" and verb.start() and verb.group()[:1].isupper():
            continue  # "the United States"
        found = _around(bare, verb, tongue, memory)
        if found:
            return found
    return None


def _around(bare: str, verb: re.Match[str], tongue: str, memory: Memory) -> Named | None:
    before, after = bare[: verb.start()].rstrip(), bare[verb.end() :]
    inverted = tongue in _VERB_FIRST or not before or before[-1] in '",”»“–—-،'
    appositive = tongue == "en" and before.endswith(",") and not re.search(r"[\"”]\s*,?$", before)
    if appositive:
        found = names.before_comma(before[:-1])
        if found:
            return found
    if inverted or tongue in {"de", "es", "ru"}:
        found = _after(after, tongue, memory)
        if found:
            return found
    if tongue in _VERB_LAST:
        return _in_front(before, tongue, memory)
    if not inverted:
        return _named_or_pronoun(_last_clause(before), tongue, memory)
    return memory.person if tongue in _DROPS_SUBJECT else None


def _after(after: str, tongue: str, memory: Memory) -> Named | None:
    """The words that follow the verb, up to where they stop being its subject; the role behind a comma belongs."""
    rest = after.lstrip(" \t")
    if rest[:1].islower() and tongue == "en" and not re.match(r"(?:a|an|the|its|their|his|her|he|she|they|it)\b", rest):
        return None
    if tongue == "ru":
        rest = re.sub(r"^(?:в|во) ", "", rest)
    stop = _STOP_AFTER.search(rest)
    while stop and stop.group() == "." and names.goes_on_after_dot(rest[: stop.start()]):
        stop = _STOP_AFTER.search(rest, stop.end())
    phrase = rest[: stop.start()] if stop else rest
    found = _named_or_pronoun(phrase, tongue, memory)
    if (
        stop
        and stop.group() == ","
        and re.match(r"(?:the|its|their)\s", phrase)
        and (found is None or found.name[:1].islower())
    ):
        apposed = re.match(r"\s*([^.,;:\"“”]{2,60})", rest[stop.end() :])
        named = names.of_phrase(apposed.group(1), tongue) if apposed and apposed.group(1)[:1].isupper() else None
        if named and named.name == names.tidy(apposed.group(1) if apposed else ""):
            return replace(named, role=named.role or names.tidy(phrase.split(" ", 1)[1]))
    if found and stop and stop.group() == "," and not found.role and found.is_person:
        role = re.match(
            r"\s*((?:the|a|an|head|chief|his|her|its|[\w’' ]+['’]s)\b[^.,;:\"“”]{3,80})", rest[stop.end() :]
        )
        found = replace(found, role=names.tidy(role.group(1))) if role else found
    return found


def _in_front(before: str, tongue: str, memory: Memory) -> Named | None:
    """Turkish and Azerbaijani: the subject opens the sentence, up to a comma, or the verb follows it directly."""
    outside = re.sub(r"\"\s*\"", " ", before)
    phrase = re.split(r"[,;:–—]", outside.strip(" ,–—-"))[0].strip()
    if re.search(r"\b(?:o)\s*$", outside, re.IGNORECASE):
        return memory.person
    return names.of_phrase(phrase, tongue) if phrase and len(phrase) < 90 else memory.person


def _last_clause(before: str) -> str:
    pieces = re.split(r"[;:\"“”„«»()]|,\s|\s[–—]\s|\b(?:but|and|while|as|when|although|because|that|if)\s", before)
    return pieces[-1].strip()


def _according(bare: str, according: re.Pattern[str], tongue: str, memory: Memory) -> Named | None:
    match = according.search(bare)
    if not match:
        return None
    if tongue in {"tr", "az"}:
        phrase = re.split(r"[,;:]", bare[: match.start()])[-1].strip()
        return names.of_phrase(phrase, tongue) if 0 < len(phrase) < 80 else None
    rest = bare[match.end() :]
    own = re.match(r"\s*(?:его|её|ее|him|her|them)\b", rest)
    if own:
        return memory.person
    if tongue == "de":
        rest = re.split(r"\b(?:können|kann|ist|sind|hat|haben|wird|werden|war|waren|wurde|wurden|soll|sollen)\b", rest)[
            0
        ]
    return _after(rest, tongue, memory)


def _named_or_pronoun(phrase: str, tongue: str, memory: Memory) -> Named | None:
    persons, others = _PRONOUNS.get(tongue, (set(), set()))
    words = phrase.split()
    if not words:
        return memory.person if tongue in _DROPS_SUBJECT else None
    last = words[-1].lower() if len(words) <= 3 else ""
    first = words[0].lower()
    if last in persons or first in persons:
        return memory.person
    if last in others or (first in others and len(words) <= 3):
        return (memory.subject or memory.other or memory.person) if last != "who" else None
    return names.of_phrase(phrase, tongue)


@lru_cache(maxsize=32)
def _patterns(tongue: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    words = lexicon.of(tongue)
    if not words.speech:
        return None
    return (
        re.compile(rf"\b(?:{words.speech})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{words.according})\b", re.IGNORECASE),
    )
