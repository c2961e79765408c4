"""Where a line quotes somebody: the spans between matching quotation marks, in one pass."""

import re
from bisect import bisect_right
from functools import lru_cache

#: A pair further apart than this many code points is no quotation: one of its marks is a slip.
MAX_QUOTATION = 900
_CLOSERS = {"“": "”", "„": '“”"', "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘’", '"': '"', "'": "'", "「": "」"}
_MARKS = re.compile(r"[“”„«»‹›‘’‚\"'「」]")


@lru_cache(maxsize=16)
def spans(line: str) -> tuple[tuple[int, int], ...]:
    """The quotations of a line, outermost only, marks included. A mark without its partner opens nothing."""
    closers: dict[str, list[int]] = {}
    openers: list[int] = []
    for mark in _MARKS.finditer(line):
        at = mark.start()
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if mark.group() in _CLOSERS and after and not after.isspace() | (mark.group() in "\"'‘" and before.isalnum()):
            openers.append(at)
        elif mark.group() == "«" and after.isspace():
            openers.append(at)  # French: « so »
        if not (mark.group() in "\"'’" and (after.isalnum() or not before.strip())) or mark.group() == "»":
            closers.setdefault(mark.group(), []).append(at)
    found: list[tuple[int, int]] = []
    for at in openers:
        if found and at < found[-1][1]:
            continue
        end = _first_closer(closers, _CLOSERS[line[at]], at)
        if at + 1 < end <= at + MAX_QUOTATION:
            found.append((at, end + 1))
    return tuple(found)


def blank(text: str) -> str:
    """The text with what is quoted as blanks, between straight marks; every position stays."""
    parts, done = [], 0
    for start, end in spans(text):
        parts += [text[done:start], '"', " " * (end - start - 2), '"']
        done = end
    return "".join(parts) + text[done:]


def _first_closer(closers: dict[str, list[int]], marks: str, at: int) -> int:
    following = []
    for mark in marks:
        places = closers.get(mark, [])
        index = bisect_right(places, at)
        if index < len(places):
            following.append(places[index])
    return min(following, default=-1)
