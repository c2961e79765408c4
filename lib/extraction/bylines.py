"""Authors and publishers as pages name them. A wrong author is worse than none: what is doubtful is left out."""

import re

#: What content systems put where a name belongs.
_NO_NAMES = frozenset(
    [
        "admin",
        "administrator",
        "author",
        "authors",
        "autor",
        "redaktion",
        "redaction",
        "editor",
        "editors",
        "editorial",
        "staff",
        "webmaster",
        "user",
        "username",
        "root",
        "guest",
        "anonymous",
        "unknown",
        "none",
        "null",
        "test",
        "website",
        "online",
        "news",
        "newsroom",
        "desk",
        "team",
        "default",
        "wordpress",
        "作者",
        "админ",
        "редактор",
        "редакция",
        "администратор",
        "admin1",
        "redazione",
        "redacción",
        "rédaction",
    ]
)
_LEADING = re.compile(
    r"^(?:view all posts by|posted by|written by|reporting by|story by|by|von|par|por|di|автор:?|müəllif:?|yazar:?)\s+",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
]
_TRAILING = re.compile(rf"[\s,|·-]+(?:{'|'.join(_MONTHS)})\b.*$|[\s,|·-]+\d.*$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|\d{4}", re.IGNORECASE)


def authors(said: str) -> list[str]:
    """Names out of a byline, each once; "Seeley, Jason" is one person. Semicolons part names."""
    found: list[str] = []
    parts = [part.strip() for part in re.split(r"[;\n]| and (?=[A-Z])| & ", said) if part.strip()]
    if len(parts) == 2 and all(len(part.split()) == 1 for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]  # "Seeley, Jason", taken apart at its comma
    for part in parts:
        name = _LEADING.sub("", " ".join(part.split())).strip(" ,|·-")
        name = _TRAILING.sub("", name).strip(" ,|·-")
        name = _turned(name)
        if _is_name(name) and name.casefold() not in {other.casefold() for other in found}:
            found.append(name)
    return [_cased(name) for name in found]


def publisher(said: str) -> str:
    """A publisher's name; empty where it is a copyright line or longer than names are."""
    name = " ".join(said.split()).strip(" |·-")
    return "" if _COPYRIGHT.search(name) or len(name) > 80 else name


def _turned(name: str) -> str:
    """ "Seeley, Jason" as "Jason Seeley"; a list with commas is left for ``_is_name`` to refuse."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and all(parts) and all(len(part.split()) == 1 for part in parts):
        return f"{parts[1]} {parts[0]}"
    return name


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 < len(name) <= 80 or len(words) > 6 or re.search(r"https?://|www\.|@|[<>{}\[\]/\\_=]", name):
        return False
    if any(word.casefold().strip(".,") in _NO_NAMES for word in words):
        return False
    return any(char.isalpha() for char in name) and not any(char.isdigit() for char in name)


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and len(name.split()) > 1 else name
