"""The place and agency in front of a news report: "ANKARA —", "PARIS (AFP) –", "Баку, 3 марта —"."""

import re

_DASH = r"\s*[—–-]{1,2}\s"
_AGENCY = r"\s*[(/][^()\n]{2,30}[)/]"
_DAY = r",\s(?:[^\W\d_]+\.?\s)?\d{1,2}\.?(?:\s[^\W\d_]+)?(?:\s\d{4})?"
_PLACE = r"[^\W\d_][\w.’'-]*(?:[ /,]{1,2}[^\W\d_][\w.’'-]*){0,3}"
_WITH_SIGN = re.compile(rf"(?:{_PLACE})(?:{_DAY}(?:{_AGENCY})?|{_AGENCY}){_DASH}")
_CAPITALS = re.compile(rf"{_PLACE}{_DASH}")


def length(line: str) -> int:
    """How many code points at the line's beginning are a dateline; 0 if it has none."""
    head = line[:90]
    signed = _WITH_SIGN.match(head)
    if signed:
        return signed.end()
    capitals = _CAPITALS.match(head)
    if capitals and capitals.group().isupper() and len(capitals.group().strip(" —–-")) > 1:
        return capitals.end()
    return 0


def blank(line: str) -> str:
    """The line with its dateline as blanks; every position stays."""
    size = length(line)
    return " " * size + line[size:]
