"""Authors and publishers as pages name them. A wrong author is worse than none: what is doubtful is left out."""

import re

from lib import namekinds
from lib.extraction import byline_words as words

_LEADING = re.compile(rf"^(?:{words.LABELS})(?:\s*[:：/]\s*|\s+)", re.IGNORECASE)
_PARTS = re.compile(rf"[;\n|•]|\s(?:{words.AND})\s(?=[^\W\d_])|\s(?:{words.AND_OR_INSIDE})\s(?=\S+\s+\S)|\s&\s")
#: A day or year, and the month in front of it, also stuck to the name: "Jane Roe May 3", "Jane RoeMay 3, 2021".
_DATE = re.compile(
    rf"(?:[\s,·(-]+(?:(?:on|am|le|el)\s+)?|(?<=[^\W\d_]{{3}}))(?:{words.MONTHS}|{words.SHORT_MONTHS})?\.?[\s,]*\d.*$",
    re.IGNORECASE,
)
_STUCK = re.compile(rf"(?<=[^\W\d_]{{3}})(?<=[a-zа-яё])(?:{words.MONTHS.title()})$")
_COPYRIGHT = re.compile(
    r"©|\(c\)|copyright|rights reserved|rechte vorbehalten|droits réservés|derechos reservados|права защищены|"
    r"\blatest\b|\bbreaking\b|hakları saklıdır|hüquqlar qorunur|الحقوق محفوظة|版权|\b(?:19|20)\d\d\b|https?://|www\.",
    re.IGNORECASE,
)
_NOT_IN_NAMES = re.compile(r"https?://|www\.|[@<>{}\[\]()/\\_=:：!?→»«#*+\d]")
_BETWEEN = re.compile(r"\s+[|–—•·:»-]+\s+|:\s+")
_MOST_WORDS = 5


def authors(said: str) -> list[str]:
    """Names out of a byline, each once; "Seeley, Jason" is one person. Semicolons part names."""
    found: dict[str, str] = {}
    parts = [part.strip() for part in _PARTS.split(_unlabelled(said)) if part.strip()]
    if len(parts) == 2 and all(len(part.split()) == 1 for part in parts) and not any(map(_is_no_name, parts)):
        parts = [f"{parts[0]}, {parts[1]}"]  # "Seeley, Jason", taken apart at its comma
    for part in parts:
        for name in _names(_undoubled(_undated(_unlabelled(part)))):
            if _is_name(name):
                key = name.casefold()
                found[key] = name if key not in found or found[key].isupper() else found[key]
    return [_cased(name) for name in found.values()]


def publisher(said: str) -> str:
    """A publisher's name; empty for a copyright line, a page's title, or what is longer than names are."""
    name = " ".join(said.split()).strip(" |·–—-")
    if _COPYRIGHT.search(name) or len(name) > 80 or name.casefold() in words.NO_PUBLISHERS:
        return ""
    parts = [part.strip() for part in _BETWEEN.split(name) if part.strip()]
    if len(parts) > 1:
        outlets = [part for part in parts if namekinds.suggest(part) == "outlet"]
        name = outlets[0] if len(outlets) == 1 and "," not in outlets[0] else ""
    return name if len(name.split()) <= 7 else ""


def _unlabelled(said: str) -> str:
    """Without what stands before a name: "View all posts by", "By"."""
    plain = said.strip()
    while (shorter := _LEADING.sub("", plain).strip()) != plain:
        plain = shorter
    return plain


def _undated(part: str) -> str:
    """Without a date behind the name, also one that is stuck to it. Empty where a date cut may have cut a surname."""
    name = " ".join(part.split()).strip(" ,|·-→")
    cut = _STUCK.sub("", _DATE.sub("", name)).strip(" ,|·-")
    while cut.split() and cut.split()[-1].casefold() in words.ONLY_MONTHS:
        cut = " ".join(cut.split()[:-1]).strip(" ,|·-")
    return "" if cut != name and len(cut.split()) < 2 else cut


def _undoubled(name: str) -> str:
    """ "Jane Roe JANE ROE" is one name; the spelling in small letters is kept."""
    parts = name.split()
    half = len(parts) // 2
    first, second = " ".join(parts[:half]), " ".join(parts[half:])
    if half and first.casefold().strip(",") == second.casefold():
        return second if first.isupper() else first.strip(",")
    return name


def _names(part: str) -> list[str]:
    """The names in a part that may have commas: one turned around, several, or one with an office behind it."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) < 2:
        return pieces
    if len(pieces) == 2 and len(pieces[1].split()) == 1 and not any(map(_is_no_name, pieces)):
        before = pieces[0].split()
        if len(before) == 1 or before[0].casefold() in words.PARTICLES:
            return [f"{pieces[1]} {pieces[0]}"]
    named = [piece for piece in pieces if not _is_no_name(piece) and not _is_body(piece)]
    return named if all(len(piece.split()) > 1 for piece in named) else []


def _is_no_name(name: str) -> bool:
    return any(word.casefold().strip(".,:：") in words.NO_NAMES for word in name.split())


def _is_body(name: str) -> bool:
    return namekinds.suggest(name) not in ("", "person")


def _is_name(name: str) -> bool:
    """Several capitalised words, a name in a script without capitals, or the short name of an agency."""
    parts = name.split()
    if not 1 < len(name) <= 80 or len(parts) > _MOST_WORDS or _NOT_IN_NAMES.search(name) or _is_no_name(name):
        return False
    if not all(word[0].isalpha() for word in parts):
        return False
    if len(parts) == 1:
        has_no_capitals = name.lower() == name.upper()
        return has_no_capitals or (name.isupper() and len(name) <= 6)
    capitals = (not word[0].islower() or word.casefold() in words.PARTICLES for word in parts)
    return all(capitals) and parts[-1].casefold() not in words.PARTICLES and not _is_body(name)


def _cased(name: str) -> str:
    """A name in capitals as names are written; left as it is where the small letter of I is not sure."""
    if not name.isupper() or len(name.split()) < 2:
        return name
    is_turkic = any(char in "İŞĞƏ" for char in name)
    return name if is_turkic and re.search(r"\BI", name) else name.replace("İ", "i").title()
