"""The catalogues of the readers' pages: Babel's extract, update and compile, with the settings of ``locale/babel.cfg``.

    python -m tools.messages            brings every catalogue in step with the code and compiles it
    python -m tools.messages --missing  prints what is left to translate, as entries to fill in; exit code 1 if any

``pybabel`` alone does not do three things. The ratings' labels are rows of a migration, and the names of months and
languages are Django's, so no call of ``gettext`` names them. A text that changed loses its translation. Headers hold no
time, so that a catalogue changes with its texts alone.
"""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    ["gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext_lazy:1c,2"]
)
_FOLDERS = {"articles", "desk", "followers", "notifications", "readers", "templates"}
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Django's own texts that the catalogues translate, or translate better.
DJANGOS = (
    *((month, "alt. month") for month in _MONTHS),
    *((name, None) for name in ("English", "Azerbaijani", "Armenian", "Russian", "Turkish", "Arabic")),
)


def extract() -> Catalog:
    """Every text of the readers' pages, with where it is written and what the code says to translators."""
    found = Catalog(creation_date=_WRITTEN, fuzzy=False)
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for name, line, message, comments, context in extract_from_dir(
        ROOT,
        methods,
        options,
        KEYWORDS,
        ("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).relative_to(ROOT).parts[0] in _FOLDERS,
    ):
        found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    for _key, label, _value, _tone, definition in import_module("articles.migrations.0003_ratings").FIRST_EDITIONS:
        for text in (label, definition):
            found.add(text, locations=[("articles/migrations/0003_ratings.py", 0)], context="a rating")
    for name, context in DJANGOS:
        found.add(name, locations=[("django", 0)], context=context)
    return found


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def read(language: str) -> Catalog:
    """A language's catalogue, read from its file."""
    with _file(language, "po").open("rb") as file:
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


def _file(language: str, kind: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{kind}"


def _update_files() -> None:
    source = extract()
    for language in languages():
        catalog = update(read(language), source)
        _file(language, "po").write_bytes(written(catalog))
        _file(language, "mo").write_bytes(compiled(catalog))
        left = len(untranslated(catalog))
        print(f"{language}: {len(catalog)} texts" + (f", {left} to translate" if left else ""))


def _print_missing() -> bool:
    source, is_any = extract(), False
    for language in languages():
        left = Catalog(language, fuzzy=False)
        for message in untranslated(update(read(language), source)):
            left.add(message.id, locations=message.locations, context=message.context)
        if len(left):
            is_any = True
            print(f"# ---- locale/{language}/LC_MESSAGES/django.po\n\n{written(left, omit_header=True).decode()}")
    return is_any


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Keep the readers' catalogues in step with the code.")
    parser.add_argument("--missing", action="store_true", help="only print what is left to translate")
    if parser.parse_args().missing:
        return int(_print_missing())
    _update_files()
    return 0


if __name__ == "__main__":
    sys.exit(main())
