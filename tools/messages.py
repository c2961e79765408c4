"""The catalogues of texts: Babel's extract, update and compile, for two parts of the product.

    python -m tools.messages                 brings every catalogue in step with the code and compiles it
    python -m tools.messages --missing       prints what readers' pages lack, as entries to fill in; exit code 1 if any
    python -m tools.messages --missing az --part desk --out FOLDER
                                             writes what the desk lacks, in files of 150 entries to fill in
    python -m tools.messages --fill FILE …   checks filled files and puts their translations into the catalogues

``readers`` is what readers see; it is always complete. ``desk`` is what colleagues alone see; a text of both parts is
in the readers' catalogue. ``pybabel`` alone does not do three things. Some texts are no call of ``gettext``
(``tools.unmarked_texts``). A text that changed loses its translation. Headers hold no time, so that a catalogue
changes with its texts alone.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import unmarked_texts

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    [
        *("gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"),
        *("phrase", "counted:1,2", "marked", "marked_forms:1,2"),  # lib.phrases
    ]
)
#: In modules whose other texts readers see, ``for_desk`` marks a text of the desk alone.
DESK_KEYWORDS = KEYWORDS | parse_keywords(["for_desk", "for_desk_in:1c,2"])
_FOLDERS = {
    "accounts",
    "articles",
    "desk",
    "factcheck",
    "followers",
    "jobs",
    "lib",
    "notifications",
    "partners",
    "readers",
}
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """One catalogue for each language: ``<folder>/<language>/LC_MESSAGES/<domain>.po``, found as ``settings`` says."""

    folder: Path
    domain: str = "django"
    settings: str = "babel.cfg"

    def file(self, language: str, kind: str) -> Path:
        """The catalogue of a language, as text ("po") or compiled ("mo")."""
        return self.folder / language / "LC_MESSAGES" / f"{self.domain}.{kind}"


READERS = Part(LOCALE)
DESK = Part(ROOT / "desk/locale")
SCRIPTS = Part(ROOT / "desk/locale", "djangojs", "babel-js.cfg")
#: What ``list_complete`` says, for the settings.
COMPLETE = ROOT / "desk/locale/complete.txt"
PARTS = {"readers": (READERS,), "desk": (DESK, SCRIPTS)}


@cache
def extract(part: Part = READERS) -> Catalog:
    """Every text of a part, with where it is written and what the code says to translators."""
    found = Catalog(creation_date=_WRITTEN, fuzzy=False)
    with (part.folder / part.settings).open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for name, line, message, comments, context in extract_from_dir(
        ROOT,
        methods,
        options,
        KEYWORDS if part == READERS else DESK_KEYWORDS,
        ("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).relative_to(ROOT).parts[0] in {*_FOLDERS, "templates"},
    ):
        _add(found, part, message, context, locations=[(name, line)], auto_comments=comments)
    unmarked = {READERS: unmarked_texts.of_readers, DESK: unmarked_texts.of_desk}.get(part)
    for text, context, where in unmarked() if unmarked else ():
        _add(found, part, text, context, locations=[(where, 0)])
    return found


def _add(
    found: Catalog, part: Part, message: str | tuple[str, ...], context: str | None, **about: list[object]
) -> None:
    first = message if isinstance(message, str) else message[0]
    if part != DESK or extract(READERS).get(first, context) is None:
        found.add(message, context=context, **about)


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def read(language: str, part: Part = READERS) -> Catalog:
    """A language's catalogue, read from its file; an empty one where there is none yet."""
    path = part.file(language, "po")
    if not path.exists():
        return Catalog(language, creation_date=_WRITTEN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(catalog: Catalog, source: Catalog) -> Catalog:
    """``catalog`` with the texts of ``source`` and the translations that it has of exactly these texts."""
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog, *, omit_header: bool = False) -> bytes:
    """The catalogue as its file holds it."""
    out = BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, omit_header=omit_header)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[Message]:
    """The texts of which a form is missing, or whose translation is that of another text."""
    return [
        message
        for message in catalog
        if message.id
        and (message.fuzzy or not all([message.string] if isinstance(message.id, str) else message.string))
    ]


def store(catalog: Catalog, language: str, part: Part) -> None:
    """Write a catalogue, as text and compiled."""
    part.file(language, "po").parent.mkdir(parents=True, exist_ok=True)
    part.file(language, "po").write_bytes(written(catalog))
    part.file(language, "mo").write_bytes(compiled(catalog))


def lacking(language: str, part: Part) -> list[Catalog]:
    """What a catalogue lacks, in catalogues of at most 150 entries."""
    left = untranslated(update(read(language, part), extract(part)))
    return [_batch(language, left[start : start + 150]) for start in range(0, len(left), 150)]


def _batch(language: str, entries: list[Message]) -> Catalog:
    batch = Catalog(language, fuzzy=False)
    for message in entries:
        batch.add(message.id, locations=message.locations, auto_comments=message.auto_comments, context=message.context)
    return batch


def _update_files() -> None:
    for name, parts in PARTS.items():
        for language in languages():
            counts = []
            for part in parts:
                catalog = update(read(language, part), extract(part))
                store(catalog, language, part)
                counts.append((len(catalog), len(untranslated(catalog))))
            total, left = (sum(column) for column in zip(*counts, strict=True))
            print(f"{name}, {language}: {total} texts" + (f", {left} to translate" if left else ""))
    COMPLETE.write_text(list_complete(), encoding="utf-8")


def list_complete() -> str:
    """The languages in which every text of the desk is translated, one a line: the desk offers these."""
    return "".join(
        f"{language}\n"
        for language in languages()
        if not any(untranslated(update(read(language, part), extract(part))) for part in PARTS["desk"])
    )


def _entries(language: str, part: Part) -> Iterator[tuple[str, str]]:
    """The name and the text of each file to fill in. Its first line names the catalogue (``tools.fill_messages``)."""
    target = part.file(language, "po").relative_to(ROOT)
    for number, batch in enumerate(lacking(language, part), 1):
        name = f"{language}-{part.domain}-{number:02}.po"
        yield name, f"# ---- {target}\n\n{written(batch, omit_header=True).decode()}"


def _print_missing(chosen: list[str], parts: tuple[Part, ...], out: Path | None) -> bool:
    is_any = False
    for language in chosen:
        for part in parts:
            for name, entries in _entries(language, part):
                is_any = True
                if out:
                    out.mkdir(parents=True, exist_ok=True)
                    (out / name).write_text(entries, encoding="utf-8")
                    print(out / name)
                else:
                    print(entries)
    return is_any


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Keep the catalogues of texts in step with the code.")
    parser.add_argument("--missing", nargs="?", const="all", metavar="LANGUAGE", help="print what is left to translate")
    parser.add_argument("--part", choices=PARTS, default="readers", help="of --missing; readers if not given")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="of --missing: write files instead of printing")
    parser.add_argument("--fill", nargs="+", type=Path, metavar="FILE", help="take translations over from filled files")
    given = parser.parse_args()
    if given.fill:
        from tools import fill_messages

        return int(fill_messages.fill(given.fill))
    if given.missing:
        chosen = languages() if given.missing == "all" else [given.missing]
        return int(_print_missing(chosen, PARTS[given.part], given.out))
    _update_files()
    return 0


if __name__ == "__main__":
    sys.exit(main())
