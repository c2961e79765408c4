"""Names and roles in a short phrase: who is a person, who an organisation, what their office is."""

import re
from dataclasses import dataclass

from lib.checkworthy.titles import TITLES

_ORGANISATION = re.compile(
    r"\b(?:ministry|court|council|agency|inc|ltd|corp|company|line|lines|university|office|union|police|army|guard|"
    r"brigade|committee|commission|parliament|government|party|bank|institute|association|group|service|department|"
    r"authority|board|house|hospital|nations|watch|international|federation|officials?|experts?|residents|parents|"
    r"media|journalists|reporters|sources|critics|bureau|survey|organi[sz]ation|centre|center|council|college|trust|fund|observatory)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:the\s+)?((?:[A-Z][\w’'-]*\s+)*[A-Z][\w’'-]*(?:\s+(?:of|for|on|and|the)){1,2}(?:\s+(?:[A-Z][\w’'-]*|of|for|on|and|the))*"
    r"\s+[A-Z][\w’'-]*)"
)
_PARTICLES = frozenset(["of", "de", "da", "do", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "and"])
_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*\.?")
_CUT = re.compile(
    r"\s+(?:in|at|for|who|which|by|from|with|to|has|have|had|is|was|were|also|later|then|once|never|publicly|earlier)\b.*$",
    re.IGNORECASE,
)
_MAX = 90
#: Who is nobody in particular: an editor would not enter them as a claimant.
_ANYBODY = frozenset(
    [
        "officials",
        "company",
        "firm",
        "military",
        "two sides",
        "both sides",
        "sides",
        "parents",
        "people",
        "critics",
        "experts",
        "sources",
        "observers",
        "residents",
        "witnesses",
        "nobody",
        "everybody",
        "neighbours",
        "passengers",
        "supporters",
        "opponents",
        "others",
        "locals",
        "reports",
        "study",
        "figures",
    ]
)


#: English words that open a sentence with a capital letter and are no part of a name.
_OPENER = re.compile(
    r"(?:about|after|all|almost|also|although|and|around|as|at|because|before|both|but|by|during|each|every|few|for|from|"
    r"here|how|if|in|just|last|many|more|most|nearly|next|no|not|now|of|on|once|one|only|over|several|since|so|some|such|"
    r"than|that|then|there|these|this|those|though|to|two|under|until|what|when|where|which|while|with|yet|yesterday|"
    r"today|tomorrow|later|earlier|however|meanwhile|still|it|its|he|she|they|we|i|you|his|her|their|our|my|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as the text names them: ``name``, ``role`` (empty when none is given), person or organisation."""

    name: str
    role: str = ""
    is_person: bool = True


def tidy(phrase: str) -> str:
    """Without blanks, marks and article at its edges."""
    return " ".join(phrase.strip(' \t,;:."“”„«»–—-').split())


def of_phrase(phrase: str) -> Named | None:
    """Who a subject names: "Mayor Ines Quill", "the health ministry", "the Institute for Rural Studies"."""
    phrase = re.sub(r"^(?:which|that|who|where|but|and|as)\s+", "", tidy(phrase))
    if not phrase or len(phrase) > _MAX * 2:
        return None
    joined = _JOINED.match(phrase)
    if joined and _ORGANISATION.search(joined.group(1)) and not _has_office(joined.group(1)):
        return Named(joined.group(1)[:_MAX], is_person=False)
    run = _last_run(phrase)
    if run is None:
        return _unnamed(phrase)
    begin, words = run
    lead = phrase[:begin].strip()
    title, name = _split_title(words)
    if not name:
        return _unnamed(phrase)
    if title and _ORGANISATION.fullmatch(" ".join(name)):
        title, name = [], words  # "Azerbaijan's Defence Ministry": no office, but part of the name
    full = " ".join(name)
    possessive = re.search(r"[’']s?$", words[-1])
    if possessive or phrase[begin + len(" ".join(words)) :].strip():
        rest = _CUT.sub("", phrase[begin:]).strip()
        if possessive and len(rest) > len(" ".join(words)):
            if not _ORGANISATION.search(rest):
                return None  # "Tom Hill's lawyer" has a name that the text does not give
            return Named(_DETERMINER.sub("", rest)[:_MAX], is_person=False)
    role = tidy(" ".join([_DETERMINER.sub("", lead + " ").strip(), *title]))
    if _ORGANISATION.search(full) or _is_group(lead):
        whole = tidy(f"{_DETERMINER.sub('', lead + ' ')} {full}") if len(lead.split()) <= 2 else full
        return Named(whole[:_MAX], is_person=False)
    if re.search(r" and ", full):
        return None  # two people
    is_person = bool(len(name) > 1 or role or len(name) < len(words)) and not _ORGANISATION.search(role or "-")
    if len(role.split()) > 8 or (role and not title and _has_verb(role)):
        role = ""
    return Named(full[:_MAX], role[:_MAX], is_person=is_person)


def before_comma(before: str) -> Named | None:
    """English: who "…, X, the Y" or "…, the Y, X" names in front of the verb."""
    pieces = [piece.strip() for piece in re.split(r",\s*|[\"“”]", before) if piece.strip()]
    pieces = [piece for piece in pieces if not piece.isdigit()]  # "X, 43, a baker, said"
    while len(pieces) > 1 and re.match(r"(?:who|which|whose|where|speaking|asked)\b", pieces[-1]):
        pieces.pop()
        if len(pieces) == 1:
            return of_phrase(pieces[0])
    if len(pieces) < 2:
        return None
    last, previous = pieces[-1], pieces[-2] if len(pieces) > 1 else ""
    run = _last_run(last)
    named = of_phrase(last)
    is_name = run is not None and run[0] == 0 and len(run[1]) <= 5 and len(" ".join(run[1])) >= len(last) - 1
    if is_name and named:
        role = named.role or (tidy(previous) if 0 < len(previous.split()) <= 8 else "")
        return Named(named.name, _DETERMINER.sub("", role), named.is_person)
    if previous and (last[:1].islower() or _DETERMINER.match(last)):
        earlier = of_phrase(previous)
        if earlier and earlier.name[:1].isupper():
            role = ", ".join(part for part in (earlier.role, tidy(_DETERMINER.sub("", last))) if part)
            return Named(earlier.name, role[:_MAX], is_person=len(earlier.name.split()) > 1 or earlier.is_person)
    return named


def subject(sentence: str) -> Named | None:
    """What "it" may stand for in the next sentence: the name that opens this one."""
    run = re.match(
        r"[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}?(?= (?:has|have|had|is|was|were|will|would|did)\b)", sentence[:80]
    )
    if not run or not run.group()[:1].isupper():
        return None
    named = of_phrase(run.group())
    return Named(named.name, named.role, is_person=False) if named and named.name[:1].isupper() else None


def goes_on_after_dot(text: str) -> bool:
    """Whether the word before a full stop is a title or an initial, so that a name goes on."""
    word = re.search(r"[^\W\d_]+$", text)
    return bool(word and (len(word.group()) == 1 or word.group().lower() in TITLES or word.group() in {"U", "S"}))


def _last_run(phrase: str) -> tuple[int, list[str]] | None:
    """The last run of capitalised words, with where it begins; particles such as "of" belong when inside."""
    best: tuple[int, list[str]] | None = None
    words: list[str] = []
    begin = 0
    for match in _WORD.finditer(phrase):
        word = match.group()
        opens = match.start() == 0 and (
            word.lower() in {"the", "a", "an"} or len(word) < 2 or _OPENER.fullmatch(word) is not None
        )
        if word[:1].isupper() and not opens:
            begin = begin if words else match.start()
            words.append(word)
        elif words and word.lower() in _PARTICLES:
            words.append(word)
        else:
            best = _trimmed(begin, words) or best
            words = []
    return _trimmed(begin, words) or best


def _trimmed(begin: int, words: list[str]) -> tuple[int, list[str]] | None:
    kept = list(words)
    while kept and kept[-1].lower() in _PARTICLES:
        kept.pop()
    return (begin, kept) if kept else None


def _split_title(words: list[str]) -> tuple[list[str], list[str]]:
    """The office in front, then the name; "U.S." and such count as part of the office."""
    cut = 0
    for number, word in enumerate(words[:-1]):
        bare = word.lower().rstrip(".")
        if bare in TITLES or (number == cut and bare in {"u.s", "u.k", "russian", "turkish", "french", "german"}):
            cut = number + 1
    title = [word for word in words[:cut] if word.lower() not in {"dr.", "mr.", "mrs.", "ms.", "mr", "dr"}]
    return title, words[cut:]


def _unnamed(phrase: str) -> Named | None:
    """Somebody without a name: "a former engineer", "the company", "health officials"."""
    if re.match(r"(?:an?|some|one|many|several)\s", phrase, re.IGNORECASE):
        return None
    bare = tidy(_DETERMINER.sub("", _CUT.sub("", phrase) + " "))
    if re.match(r"(?:was|were|is|are|had|has|asked|not|to|of|by|in|there|also|then|later)\b", bare, re.IGNORECASE):
        return None
    if bare.lower().split()[-1:] and bare.lower() in _ANYBODY:
        return None
    if re.search(r"\d", bare):
        return None  # a number of people without names
    if not _ORGANISATION.search(bare):
        return None  # "the minister", "a neighbour": an office is no name
    if not bare or len(bare.split()) > 6 or len(bare) > _MAX or not re.search(r"[^\W\d_]{3,}", bare):
        return None
    return Named(bare, is_person=False)


def _has_office(words: str) -> bool:
    return any(word.lower().rstrip(".") in TITLES for word in words.split())


def _is_group(lead: str) -> bool:
    return bool(re.search(r"\b(?:union|company|group|agency|firm|operator|party|newspaper)$", lead, re.IGNORECASE))


def _has_verb(role: str) -> bool:
    return bool(re.search(r"\b(?:was|were|is|are|has|had|that|which|who|since|because|when)\b", role))
