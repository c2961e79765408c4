"""Dates, numbers and punctuation follow the language of the page: no readers' template writes them by hand."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date, format_skeleton
from django.utils.translation import override

from articles import text
from readers.http import languages

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = [
    *sorted((ROOT / "templates/readers").rglob("*.html")),
    *(ROOT / "templates" / f"{name}.html" for name in ("403", "403_csrf", "500")),
]
LANGUAGES = ("en", "az", "hy", "ru", "tr", "ar")
_VALUE, _TAG = "\x01", "\x02"
#: A mark after something that was put in, quotation marks, and a list or a date put together in the template.
_BY_HAND = re.compile(rf"[{_VALUE}{_TAG}]\s*[:,;.?!%]|[“”«»„‟]")
_JOINED = re.compile(r"\|\s*join\(\s*\"[^\"]*[,;:][^\"]*\"\s*\)|\|\s*date\(\s*\"(?!Y-m-d\"|c\")")


def written_by_hand(source: str) -> list[str]:
    """The places of a template at which it writes punctuation, a list or a date itself."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    found = [match.group() for match in _JOINED.finditer(source)]
    shown = re.sub(r"\{\{.*?\}\}", _VALUE, source, flags=re.DOTALL)
    shown = re.sub(r"\{%.*?%\}", _TAG, shown, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", "", shown)
    return found + [shown[max(0, match.start() - 20) : match.end() + 20] for match in _BY_HAND.finditer(shown)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_leaves_punctuation_to_the_language(path: Path) -> None:
    assert not written_by_hand(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        '{{ _("Did you mean") }} {{ word }}?',
        "<dt>{{ label }}:</dt>",
        "<bdi>{{ name }}</bdi>{% if role %}, <bdi>{{ role }}</bdi>{% endif %}",
        "<p>{{ share }} %</p>",
        "<p>“{{ claim.text }}”</p>",
        '{{ names|join(", ") }}',
        '{{ day|date("j F Y") }}',
    ],
)
def test_punctuation_that_is_written_by_hand_is_found(source: str) -> None:
    assert written_by_hand(source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_written_as_babel_writes_it(language: str) -> None:
    for month in range(1, 13):
        day = date(2020, month, 5)
        # Armenian newspapers write the year first, as Babel does in the form with the day of the week.
        form = "full" if language == "hy" else "long"
        babels = format_date(day, form, locale={"en": "en_GB"}.get(language, language))
        babels = babels.partition(",")[0] if language == "hy" else babels.removeprefix("0")
        with override(language):
            assert text.long_day(day) == babels.removesuffix("\u202fг.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_is_written_as_babel_writes_it(language: str) -> None:
    for month in range(1, 13):
        day = date(2020, month, 1)
        babels = format_skeleton("yMMMM", day, locale={"en": "en_GB"}.get(language, language))
        with override(language):
            assert text.long_month(day) == babels.replace("\u2024", ".").removesuffix("\u202fг.")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567"),
        ("az", "1\u00a0234\u00a0567"),
        ("hy", "1\u00a0234\u00a0567"),
        ("ru", "1\u00a0234\u00a0567"),
        ("tr", "1.234.567"),
        ("ar", "1,234,567"),
    ],
)
def test_thousands_are_separated_as_in_the_language(language: str, written: str) -> None:
    with override(language):
        assert languages.number(1_234_567) == written
        assert languages.number(999) == "999"
