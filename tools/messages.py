"""The catalogues of the readers' pages: find every text, keep ``locale/*/LC_MESSAGES/django.po`` and ``.mo`` in step.

    python -m tools.messages            every catalogue holds exactly the texts of the code, and is compiled
    python -m tools.messages --missing  what is left to translate, as entries to fill in and paste into a catalogue

Written with Babel and Jinja2's own reader of templates, so that no gettext programs are needed. Nothing is guessed:
a text that changed loses its translation, since half a verdict is worse than an English one. Exit code 1 with
``--missing`` when something is.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
#: Where texts that readers see are written. The desk's are not in the catalogues yet.
PYTHON = (
    "articles/choices.py",
    "articles/workflow.py",
    "articles/text.py",
    "articles/commitments.py",
    "articles/selectors/readers/claim_filters.py",
    "readers/**/*.py",
    "desk/expert/*.py",
    "articles/services/collaboration/experts.py",
)
TEMPLATES = ("templates/*.html", "templates/readers/**/*.html")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Django's own texts of which the catalogues have a better translation, or one at all.
DJANGOS = (
    *((month, "alt. month") for month in _MONTHS),
    *((name, None) for name in ("English", "Azerbaijani", "Armenian", "Russian", "Turkish", "Arabic")),
)
#: One moment for all headers: a catalogue differs only when its texts do.
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def texts() -> Catalog:
    """Every text of the readers' pages, with where it stands and what the code tells translators."""
    found = Catalog(fuzzy=False)
    for name, messages in _sources():
        for _line, message, comments, context in messages:
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    for words in _scale():
        found.add(words, locations=[("articles/migrations/0003_ratings.py", 0)], context="a rating")
    for name, context in DJANGOS:
        found.add(name, locations=[("django", 0)], context=context)
    return found


def _sources() -> Iterator[tuple[str, Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]]]:
    for pattern in PYTHON:
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), _extracted(path.read_bytes())
    for pattern in TEMPLATES:
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), _said(path.read_text(encoding="utf-8"))


def _said(template: str) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The texts of a template. What translators need to be told stands in the context of a text, or nowhere."""
    for line, function, given in extract_from_ast(Environment().parse(template), KEYWORDS):  # noqa: S701 # nothing is rendered
        words = [word for word in (given if isinstance(given, tuple) else (given,)) if word is not None]
        context = words.pop(0) if function == "pgettext" else None
        yield line, words[0] if len(words) == 1 else tuple(words), [], context


def _scale() -> Iterator[str]:
    """Labels and definitions of the ratings that a new newsroom starts with."""
    for _key, label, _value, _tone, definition in import_module("articles.migrations.0003_ratings").FIRST_EDITIONS:
        yield label
        yield definition


def _extracted(code: bytes) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    return extract("python", BytesIO(code), KEYWORDS, ("Translators:",), {"encoding": "utf-8"}, strip_comment_tags=True)


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it stands in its file."""
    with _file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(old: Catalog, source: Catalog) -> Catalog:
    """``source`` with the translations that ``old`` has for exactly the same texts, and its plural rule."""
    new = Catalog(
        old.locale,
        project="Factcheck",
        header_comment="# Texts of the readers' pages. After an edit: make messages.",
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        last_translator="The newsroom",
        language_team=str(old.locale_identifier),
        fuzzy=False,
    )
    new.mime_headers = [(name, value) for name, value in old.mime_headers if name == "Plural-Forms"]
    for message in source:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        is_same = known is not None and known.id == message.id and not known.fuzzy
        new.add(
            message.id,
            known.string if known is not None and is_same else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known is not None else (),
            flags=message.flags,
            context=message.context,
        )
    return new


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    """The catalogue as its file holds it."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=False, include_lineno=False)
    return out.getvalue()


def is_translated(message: Message) -> bool:
    """Whether every form of a text is there."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _file(language: str, kind: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{kind}"


def _update() -> None:
    source = texts()
    for language in languages():
        catalog = brought_up_to_date(catalogue(language), source)
        _file(language, "po").write_bytes(written(catalog))
        _file(language, "mo").write_bytes(compiled(catalog))
        left = sum(not is_translated(message) for message in catalog if message.id)
        print(f"{language}: {len(catalog)} texts" + (f", {left} to translate" if left else ""))


def _missing() -> bool:
    source, is_any = texts(), False
    for language in languages():
        left = Catalog(language, fuzzy=False)
        for message in brought_up_to_date(catalogue(language), source):
            if message.id and not is_translated(message):
                left.add(message.id, locations=message.locations, context=message.context)
        if len(left):
            is_any = True
            out = BytesIO()
            write_po(out, left, width=110, omit_header=True, include_lineno=False)
            print(f"# ---- locale/{language}/LC_MESSAGES/django.po\n\n{out.getvalue().decode()}")
    return is_any


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Keep the readers' catalogues in step with the code.")
    parser.add_argument("--missing", action="store_true", help="only print what is left to translate")
    if parser.parse_args().missing:
        return int(_missing())
    _update()
    return 0


if __name__ == "__main__":
    sys.exit(main())
