"""Whether importing changes a word: ``make bench-intake``.

Each document (``bench/intake/cases.py``) is read, and its words are compared with the words that it shows. Fails when a
word was lost, added or changed, or when a note is missing.
"""

import argparse
import difflib
import re
import sys
from collections import Counter
from dataclasses import dataclass

from bench.intake.cases import Case, cases
from lib import extraction

#: Letters of scripts without blanks between words count as one word each.
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\s\u3040-\u30ff\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What reading a case changed: words lost, added and changed (as pairs), and notes that are missing."""

    case: Case
    words: int
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    missing_notes: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether nothing was changed and every note is there."""
        return not (self.lost or self.added or self.changed or self.missing_notes)


def measure(case: Case) -> Answer:
    """Read a case and compare. A file that is refused has lost all its words."""
    expected = _WORD.findall(case.text)
    try:
        found = extraction.read(case.data, name=case.file_name)
    except extraction.ExtractionError as error:
        return Answer(case, len(expected), lost=tuple(expected), missing_notes=(f"refused: {error}",))
    lost, added, changed = _differences(expected, _WORD.findall(found.body))
    notes = " ".join(found.notes)
    missing = tuple(note for note in case.notes if note not in notes)
    return Answer(case, len(expected), lost, added, changed, missing)


def _differences(
    expected: list[str], found: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    lost: list[str] = []
    added: list[str] = []
    changed: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if kind == "replace":
            changed.append((" ".join(expected[a:b]), " ".join(found[c:d])))
        elif kind == "delete":
            lost += expected[a:b]
        elif kind == "insert":
            added += found[c:d]
    return tuple(lost), tuple(added), tuple(changed)


def main() -> None:
    """Print the counts by kind of file and each case that is not right; exit with 1 when there is one."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    answers = [measure(case) for case in cases()]
    kinds = Counter(answer.case.name.partition(":")[0] for answer in answers)
    right = Counter(answer.case.name.partition(":")[0] for answer in answers if answer.is_right)
    for kind, number in kinds.items():
        print(f"{kind}: {right[kind]} of {number} documents right")
    for answer in answers:
        if not answer.is_right:
            _show(answer)
    print(
        f"{len(answers)} documents in {len({answer.case.language for answer in answers})} languages, "
        f"{sum(answer.words for answer in answers)} words: "
        f"{sum(len(answer.lost) for answer in answers)} lost, {sum(len(answer.added) for answer in answers)} added, "
        f"{sum(len(answer.changed) for answer in answers)} changed, "
        f"{sum(len(answer.missing_notes) for answer in answers)} notes missing"
    )
    sys.exit(not all(answer.is_right for answer in answers))


def _show(answer: Answer) -> None:
    print(f"  {answer.case.name} ({answer.case.language})")
    for label, words in (("lost", answer.lost), ("added", answer.added), ("notes missing", answer.missing_notes)):
        if words:
            print(f"    {label}: {' '.join(words)}")
    for before, after in answer.changed:
        print(f"    changed: {before!r} became {after!r}")


if __name__ == "__main__":
    main()
