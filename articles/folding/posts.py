"""Posts as they are pasted: what is not part of the statement is dropped, what is hidden in tags is spelled out."""

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|\bpic\.twitter\.com/\S+|\b(?:t\.co|bit\.ly|youtu\.be|fb\.me)/\S+", re.IGNORECASE
)
_TAG: Final = re.compile(r"[#@＃＠](\w+)")
#: Where a new word begins in a tag: before a capital after a small letter, before the last of several capitals that is
#: followed by a small letter, between letters and digits.
_HUMP: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|_+")
#: "— Name (@name) October 3, 2020": the day on which a post was sent, at its end, in figures or in words.
_MONTH: Final = r"[^\W\d_]{3,12}\.?"
_DAY: Final = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}\.? (?:de )?{_MONTH},? (?:de )?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_BYLINE: Final = re.compile(rf"([—–]\s*[^—–\n]{{1,80}}\(@\w+\))[\s,·|:-]*{_DAY}\W*$")
_STAMP: Final = re.compile(rf"(?:^|[\n·|]|\s[—–-])\s*(?:\d{{1,2}}:\d{{2}}(?: ?[AaPp]\.?[Mm]\.?)?[\s,·|]*)?{_DAY}\W*$")


def plain(post: str) -> str:
    """``post`` without addresses and without the day at its end, with the words of its #tags and @names.

    A tag stays as it is, and its words are added. The name of who sent it stays. A text that is nothing but what is
    dropped stays whole.
    """
    said = _ADDRESS.sub(" ", post).rstrip()
    said = _STAMP.sub(" ", _BYLINE.sub(r"\1", said))
    return _TAG.sub(lambda tag: f"{tag[0]} {_split(tag[1])}", said).strip() or post


def _split(tag: str) -> str:
    """The words of a tag, or nothing when it is one word."""
    pieces = [piece for run in _HUMP.split(tag) for piece in _humps(run)]
    return " ".join(pieces) if len(pieces) > 1 else ""


def _humps(run: str) -> list[str]:
    """``run`` taken apart at its capitals: VoteNOWInParis → Vote, NOW, In, Paris."""
    cuts = [0]
    for at in range(1, len(run)):
        rises = run[at].isupper() and not run[at - 1].isupper()
        ends = run[at].islower() and run[at - 1].isupper() and at > 1 and run[at - 2].isupper()
        if rises or ends:
            cuts.append(at if rises else at - 1)
    return [run[start:end] for start, end in zip(cuts, [*cuts[1:], len(run)], strict=True) if start < end]
