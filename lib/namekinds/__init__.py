"""What kind of claimant a name belongs to, from the name alone; a person confirms it."""

import re
from itertools import pairwise

from lib.namekinds import words

__all__ = ["suggest"]

_WORD = re.compile(r"[^\W\d_]+(?:[.'’&-][^\W\d_]+)*\.?")
#: "City of Lindholm", "Stadt Köln", "Ville de Lyon": the body, not the place.
_CITY = re.compile(r"^(?:the\s+)?(?:city|town|county|state) of |^stadt |^ville de |^город(?:ская)? ", re.IGNORECASE)
#: "Department of Health", "Office for Statistics": of a state, with what it is for.
_DEPARTMENT = re.compile(r"\b(?:department|office|secretary|bureau) (?:of|for) ", re.IGNORECASE)
_MOST_WORDS = 4


def suggest(name: str) -> str:
    """``person``, ``organisation``, ``outlet`` or ``government``; empty where the name does not tell."""
    found = _WORD.findall(name)
    lower = [_lower(word) for word in found]
    if not found:
        return ""
    if _holds(words.OUTLET, lower):
        return "outlet"
    if _holds(words.GOVERNMENT, lower) or _CITY.search(name) or _DEPARTMENT.search(name):
        return "government"
    if _holds(words.ORGANISATION, lower) or _is_acronym(found):
        return "organisation"
    if len(found) > 1 and lower[0].rstrip(".") in words.TITLES:
        return "person"
    return "person" if _is_person(name, found, lower) else ""


def _lower(word: str) -> str:
    """In lower case, also the Turkish capital İ, whose dot would stay behind as a mark."""
    return word.replace("İ", "i").lower().rstrip(".")


def _holds(kind: words.Words, lower: list[str]) -> bool:
    pairs = {"_".join(pair) for pair in pairwise(lower)}
    return not kind.whole.isdisjoint({*lower, *pairs}) or any(
        word.startswith(kind.begins) or (len(word) > 6 and word.endswith(kind.ends)) for word in lower
    )


def _is_acronym(found: list[str]) -> bool:
    """ "WHO", "NATO": one word in capitals. Two may be a person's name in capitals."""
    letters = found[0].replace(".", "").replace("&", "")
    return len(found) == 1 and len(letters) > 1 and letters.isupper()


def _is_person(name: str, found: list[str], lower: list[str]) -> bool:
    """Two to four capitalised words and nothing else, but for particles and initials."""
    if not 1 < len(found) <= _MOST_WORDS or re.search(r"[\d/,()&]", name) or lower[0] in words.PARTICLES:
        return False
    plain = [word for word, small in zip(found, lower, strict=True) if small not in words.PARTICLES]
    if not words.NO_PERSON.isdisjoint(word.lower() for word in plain):
        return False
    is_name = all(word[0].isupper() and (not word.isupper() or len(word.rstrip(".")) == 1) for word in plain)
    return is_name and len(plain) > 1 and " ".join(found) == " ".join(name.split())
