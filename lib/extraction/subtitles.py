"""Subtitles and timed transcripts (SubRip .srt, WebVTT, "[00:01:12] text"): the words, and when each is said."""

import html
import re
from typing import Final

from lib.extraction.results import Extracted, first_line, joined
from lib.phrases import counted, phrase

_TIME: Final = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME})?.*$")
_STAMP = re.compile(rf"^\s*[\[(]?({_TIME})[\])]?\s*(?:[-–—:]\s*)?(?=\S)")
_MARKS = re.compile(r"</?[a-zA-Z][^>]*>|<\d[^>]*>|\{\\[^}]*\}")
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]+)>")
_BLOCKS = ("NOTE", "STYLE", "REGION")
#: A caption that begins so long after the last one ended, in seconds, begins a paragraph.
_PAUSE = 2.5
#: The longest paragraph, in code points.
_LONG = 600


def is_subtitles(text: str) -> bool:
    """Whether a text is WebVTT or SubRip: it begins with the mark of the one, or with a numbered cue of the other."""
    start = text.lstrip("\ufeff \n")
    if start.startswith("WEBVTT"):
        return True
    lines = [line for line in start.split("\n", 8)[:8] if line.strip()]
    return len(lines) > 1 and any(_CUE.match(line) for line in lines[:2])


def is_transcript(text: str) -> bool:
    """Whether most paragraphs begin with a time, as transcripts have it."""
    lines = [line for line in text.splitlines() if line.strip()][:200]
    return len(lines) > 2 and sum(1 for line in lines if _STAMP.match(line)) > len(lines) / 2


def from_subtitles(text: str) -> Extracted:
    """Captions as paragraphs, each with the moment it begins. Broken times are left out, their words are not."""
    cues, broken = _cues(text.lstrip("\ufeff"))
    parts: list[tuple[str, str]] = []
    last_end, last_words = 0.0, ""
    for begins, ends, words in cues:
        if words == last_words:  # a caption that stays on screen
            last_end = max(last_end, ends)
            continue
        is_new = not parts or begins - last_end > _PAUSE or len(parts[-1][1]) > _LONG or words.startswith("- ")
        if is_new:
            parts.append((_written(begins), words))
        else:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {words}")
        last_end, last_words = max(ends, begins), words
    body, places = joined(parts)
    said: tuple[str, ...] = (
        phrase("The times of the captions are kept as locators; sentences may be cut where captions were."),
    )
    if broken:
        said = (
            *said,
            counted(
                "One caption has a time that cannot be read: its words are kept.",
                "%(n)s captions have a time that cannot be read: their words are kept.",
                n=broken,
            ),
        )
    return Extracted(body=body, title=first_line(body), notes=said, places=places)


def from_transcript(text: str) -> Extracted:
    """Paragraphs without their times, which are kept as locators."""
    parts: list[tuple[str, str]] = []
    for line in (line.strip() for line in text.splitlines()):
        stamp = _STAMP.match(line)
        if stamp:
            parts.append((_written(_seconds(stamp.group(1)) or 0.0), line[stamp.end() :].strip()))
        elif line and parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line}")
        elif line:
            parts.append(("00:00:00", line))
    body, places = joined(parts)
    return Extracted(
        body=body,
        title=first_line(body),
        notes=(phrase("The times of the transcript are kept as locators."),),
        places=places,
    )


def _cues(text: str) -> tuple[list[tuple[float, float, str]], int]:
    """Beginning, end and words of each caption; and how many times could not be read."""
    cues: list[tuple[float, float, str]] = []
    broken, at = 0, 0.0
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines or (lines[0].startswith(("WEBVTT", *_BLOCKS)) and "-->" not in block):
            continue
        timed = next((n for n, line in enumerate(lines) if "-->" in line), None)
        if timed is None:
            words = [line for line in lines if not line.strip().isdigit()] if cues else lines
            begins = ends = at
        else:
            words, (begins, ends, is_broken) = lines[timed + 1 :], _times(lines[timed], at)
            broken += is_broken
        said = " ".join(_plain(line) for line in words).strip()
        if said:
            cues.append((begins, ends, said))
            at = max(at, ends)
    return cues, broken


def _times(line: str, at: float) -> tuple[float, float, bool]:
    found = _CUE.match(line)
    begins = _seconds(found.group(1)) if found else None
    ends = _seconds(found.group(2)) if found and found.group(2) else None
    if begins is None:
        return at, at, True
    return begins, max(ends or begins, begins), ends is None


def _seconds(written: str) -> float | None:
    parts = written.replace(",", ".").split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if any(number >= 60 for number in numbers[1:]):
        return None
    return float(sum(number * 60**power for power, number in enumerate(reversed(numbers))))


def _written(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _plain(line: str) -> str:
    """A caption's line without its marks; a voice is named before what it says."""
    line = _VOICE.sub(lambda found: f"{found.group(1).strip()}: ", line)
    return " ".join(html.unescape(_MARKS.sub("", line)).split())
