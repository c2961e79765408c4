"""Bytes to letters: by mark, by what the bytes are, by what the server or the page says, and only then by a guess."""

import codecs
import re

import charset_normalizer

from lib.extraction.results import ExtractionError
from lib.phrases import counted, marked, phrase

_WRONG = marked("The text says that it is in %(charset)s, which is not so.")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE)
#: The character sets that browsers know (WHATWG Encoding Standard), under Python's names.
_KNOWN = frozenset(
    (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ibm866", "cp866", "koi8-r", "koi8-u", "mac-roman"),
        *("mac-cyrillic", "gbk", "gb2312", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr", "cp949"),
        *(f"cp125{number}" for number in range(9)),
        *(f"iso8859-{number}" for number in (*range(2, 12), 13, 14, 15, 16)),
        *("tis-620", "cp874"),
    )
)
#: Labels under which pages mean something wider than what they say (the same standard).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
#: Fewer bytes than this say too little for a guess.
_ENOUGH = 100
#: UTF-8 read as a Western or Cyrillic set: "Ã¼", "â€™", "Ð°".
_GARBLED = re.compile(r"[ÃÂÐÑØÙ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Р[°-»]Р|Г[¤¶ј]")


def is_page(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does."""
    return _PAGE.search(data[:2048]) is not None


def decode(data: bytes, *, declared: str = "") -> tuple[str, list[str]]:
    """The text, and notes on what was doubtful. ``declared`` is the character set that the server named, if any.

    As browsers do (WHATWG HTML, 13.2.3.2): the mark at the start, then the server's word, then the page's own. A page
    in a declared set, or one that is UTF-8 but for a few bytes, keeps it; what is broken becomes U+FFFD, with a note.
    Raises ``ExtractionError`` ("encoding") when no character set fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _forgiving(data.removeprefix(mark) if name == "utf-8" else data, name, [])
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    said = [label for label in (declared, _label(_META, data), _label(_XML, data)) if label]
    for label in said:
        try:
            return data.decode(_codec(label)), []
        except (LookupError, UnicodeDecodeError):
            continue
    meant = next((name for name in map(_known, said) if name), "")
    if _is_nearly(data, "utf-8"):
        return _forgiving(data, "utf-8", [phrase(_WRONG, charset=said[0])] if _differs(meant) else [])
    if meant and _is_nearly(data, meant):
        return _forgiving(data, meant, [])
    return _guessed(data, said)


def _differs(meant: str) -> bool:
    return bool(meant) and meant != "utf-8"


def _known(label: str) -> str:
    try:
        return _codec(label)
    except LookupError:
        return ""


def _is_nearly(data: bytes, name: str) -> bool:
    """Whether all but a few bytes are valid in this set, and it is used: at most one break in 200 letters."""
    broken = data.decode(name, "replace").count("\ufffd")
    letters = sum(1 for byte in data if byte >= 0x80)
    return broken * 4 <= letters and broken * 200 <= len(data) + 200


def _forgiving(data: bytes, name: str, notes: list[str]) -> tuple[str, list[str]]:
    """Decoded with U+FFFD in the place of what is broken."""
    text = data.decode(name, "replace")
    if text.count("\ufffd") * 2 > len(text):
        raise _unknown()
    return text, notes


def notes_on(text: str) -> list[str]:
    """Whether letters were lost before the text came here."""
    notes: list[str] = []
    if "\ufffd" in text:
        notes.append(
            counted(
                "One letter could not be read and became “\ufffd”. Correct what you can.",
                "%(n)s letters could not be read and became “\ufffd”. Correct what you can.",
                n=text.count("\ufffd"),
            )
        )
    garbled = len(_GARBLED.findall(text))
    if garbled >= 3 and garbled * 400 > len(text):
        notes.append(
            phrase(
                "Letters look garbled (such as “Ã¼” for “ü”): the text was saved in a wrong character set before it "
                "came here. Take it from another place, or paste it."
            )
        )
    return notes


def _label(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data[:4096])
    return found.group(1).decode("ascii") if found else ""


def _codec(label: str) -> str:
    name = codecs.lookup(label.strip()).name
    name = _MEANT.get(name, name)
    if name not in _KNOWN:
        raise LookupError(label)
    return name


def _guessed(data: bytes, said: list[str]) -> tuple[str, list[str]]:
    best = charset_normalizer.from_bytes(data[:100_000]).best() if len(data) >= _ENOUGH else None
    if best is None:
        raise _unknown()
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        raise _unknown() from None
    wrong = phrase(_WRONG, charset=said[0]) if said else phrase("The text does not say its character set.")
    guess = phrase("It was read as %(charset)s, which is a guess: look at its letters.", charset=best.encoding)
    return text, [wrong, guess]


def _unknown() -> ExtractionError:
    return ExtractionError(
        "encoding", phrase("This is not a text file in UTF-8. Open it where it came from and save it as UTF-8 text.")
    )
