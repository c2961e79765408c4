"""The table that maps the ratings of an archive to ours: a CSV file that the newsroom edits."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from lib.archives.entries import ArchiveError

HEADER: Final = ("their_rating", "our_rating", "rows")
#: Common labels of fact-checkers, folded, by our first scale.
_COMMON: Final = {
    "true": "true correct accurate vrai verdadero verdadeiro cierto richtig wahr doğru правда doğrudur صحيح ճիշտ",
    "mostly_true": "mostly-true mostly-correct half-true plutôt-vrai größtenteils-richtig",
    "misleading": "misleading mixture missing-context lacks-context partly-false mostly-false trompeur engañoso "
    "enganoso irreführend yanıltıcı вводит-в-заблуждение مضلل",
    "false": "false fake incorrect wrong hoax pants-on-fire fabricated faux falso falsch yanlış yalan ложь фейк "
    "yanlışdır خطأ زائف كاذب կեղծ սուտ",
    "disputed": "disputed contested",
    "unverifiable": "unverifiable unproven no-evidence unsupported unbelegt",
    "outdated": "outdated",
    "unverified": "unverified research-in-progress",
}
_PROPOSALS: Final = {label.replace("-", " "): key for key, labels in _COMMON.items() for label in labels.split()}


def fold(label: str) -> str:
    """A label as labels are compared: without case, blanks and the signs around it."""
    return " ".join(label.casefold().replace("_", " ").replace("-", " ").split()).strip(".!?:;\"'“”«»() ")


def propose(label: str, keys: Iterable[str]) -> str:
    """Our rating for a label that many fact-checkers use; empty when there is none among ``keys``."""
    key = _PROPOSALS.get(fold(label), "")
    return key if key in set(keys) else ""


def read_table(path: Path, keys: Iterable[str]) -> dict[str, str]:
    """Our rating by their folded label. Lines without our rating are left out.

    Raises ``ArchiveError`` for a rating that is none of ``keys``, and ``OSError``.
    """
    known = set(keys)
    table: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter=_separator(path))
            next(rows, None)
            for number, cells in enumerate(rows, start=2):
                label, key = [*(cell.strip() for cell in cells[:2]), "", ""][:2]
                label = label.removeprefix("'")
                if not label or not key:
                    continue
                if key not in known:
                    raise ArchiveError(f"Line {number}: “{key}” is none of our ratings: {', '.join(sorted(known))}.")
                table[fold(label)] = key
    except (UnicodeDecodeError, csv.Error) as error:
        raise ArchiveError("The table of ratings is no CSV file in UTF-8.") from error
    return table


def write_table(path: Path, counts: Mapping[str, int], proposals: Mapping[str, str]) -> None:
    """Write all labels that were found, most frequent first, with our rating where there is a proposal."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for label, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            safe = f"'{label}" if label.startswith(("=", "+", "-", "@", "\t")) else label
            writer.writerow([safe, proposals.get(label, ""), count])


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        header = file.readline()
    return max(",;\t", key=header.count)
