"""The catalogues of the readers' pages: whole, compiled, and true to the texts they translate."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation
from django.utils.translation import ngettext

from articles import text
from factcheck import site_languages
from tests.newsroom import AT
from tools import fill_messages, messages

ROOT = Path(__file__).parents[1]
LANGUAGES = messages.languages()
_PLACES = re.compile(r"%\((\w+)\)[sd]")
#: Formats have one name everywhere.
_NAMES = {"Atom", "ClaimReview", "JSON", "Feed", "RSS"}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def _known(catalog) -> dict:
    return {(message.id, message.context): message for message in catalog if message.id}


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def test_every_language_that_is_shipped_has_a_catalogue():
    assert {"en", *LANGUAGES} == set(site_languages.SHIPPED)


def test_texts_are_found_wherever_readers_texts_are_written():
    found = {identity: message.locations[0][0] for identity, message in _known(messages.extract()).items()}
    assert found["Skip to the content", None] == "templates/readers/base.html"
    assert found[("%(n)s source", "%(n)s sources"), None] == "templates/readers/claims/parts/glance.html"
    assert found["From", "a stage"] == "templates/readers/newsroom/methodology.html"
    assert found["This fact check has no version %(number)s.", None] == "readers/claims/pages.py"
    assert found["Media report", None] == "articles/choices.py"
    assert found["Send back", None] == "articles/workflow.py"
    assert found["Mostly true", "a rating"] == "articles/migrations/0003_ratings.py"


@each_language
def test_a_catalogue_holds_the_texts_of_the_code_and_no_others(language):
    in_code, in_catalogue = set(_known(messages.extract())), set(_known(messages.read(language)))
    assert in_code - in_catalogue == set(), "make messages"
    assert in_catalogue - in_code == set(), "make messages"


@each_language
def test_every_text_has_a_translation_in_each_language(language):
    left = [message.id for message in messages.untranslated(messages.read(language))]
    assert left == [], "python -m tools.messages --missing says what to fill in"


@each_language
def test_a_translation_has_the_placeholders_of_its_text(language):
    wrong = []
    for message in _known(messages.read(language)).values():
        *_singular, last = [message.id] if isinstance(message.id, str) else message.id
        wanted, forms = set(_PLACES.findall(last)), _forms(message)
        exact = forms if isinstance(message.id, str) else forms[-1:]
        if any(set(_PLACES.findall(form)) != wanted for form in exact):
            wrong.append(message.id)
        if any(
            not set(_PLACES.findall(form)) <= wanted or "%" in _PLACES.sub("", form).replace("%%", "") for form in forms
        ):
            wrong.append(message.id)
    assert wrong == []


@each_language
def test_a_translation_brings_no_markup_of_its_own(language):
    """Texts stand in pages as they are written, in attributes, too: a straight quotation mark would end one."""
    wrong = []
    for message in _known(messages.read(language)).values():
        known = set("".join([message.id] if isinstance(message.id, str) else message.id)) & set('"<>&')
        wrong += [form for form in _forms(message) if set(form) & set('"<>&') - known]
    assert wrong == []


@each_language
def test_a_translation_ends_as_its_text_does(language):
    """A colon that leads on to what follows, and blanks, get lost first."""
    wrong = []
    for message in _known(messages.read(language)).values():
        first = message.id if isinstance(message.id, str) else message.id[0]
        for form in _forms(message):
            if form != form.strip() or (first.endswith(":") and form[-1] not in ":՝։."):
                wrong.append(form)
    assert wrong == []


@each_language
def test_a_compiled_catalogue_matches_its_source(language):
    compiled = (messages.LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
    assert compiled == messages.compiled(messages.read(language)), "make messages"


@each_language
def test_bringing_a_whole_catalogue_up_to_date_changes_nothing(language):
    old = messages.read(language)
    path = messages.LOCALE / language / "LC_MESSAGES" / "django.po"
    assert messages.written(messages.update(old, messages.extract())) == path.read_bytes(), "make messages"


def test_a_text_that_changed_loses_its_translation():
    source = messages.extract()
    old = messages.read("ru")
    old.delete("Skip to the content")
    old.add("Skip to the contents", "Перейти к содержанию")
    new = messages.update(old, source)
    assert [message.id for message in messages.untranslated(new)] == ["Skip to the content"]
    assert new.get("Skip to the contents") is None


def test_a_text_that_got_a_plural_has_to_be_translated_again():
    old = messages.read("ru")
    forms = old.get("%(n)s source").string
    old.delete("%(n)s source")
    old.add("%(n)s source", forms[0])
    assert messages.untranslated(old) == []
    left = messages.untranslated(messages.update(old, messages.extract()))
    assert [message.id for message in left] == [("%(n)s source", "%(n)s sources")]


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", {1: "1 source", 5: "5 sources"}),
        ("az", {1: "1 mənbə", 5: "5 mənbə"}),
        ("hy", {1: "1 աղբյուր", 5: "5 աղբյուր"}),
        ("ru", {1: "1 источник", 2: "2 источника", 5: "5 источников", 11: "11 источников", 21: "21 источник"}),
        ("tr", {1: "1 kaynak", 5: "5 kaynak"}),
        ("ar", {1: "مصدر واحد", 2: "مصدران", 3: "3 مصادر", 11: "11 مصدرًا", 100: "100 مصدر"}),
    ],
)
def test_plural_forms_follow_the_language(language, counted):
    with translation.override(language):
        said = {n: ngettext("%(n)s source", "%(n)s sources", n) % {"n": n} for n in counted}
    assert said == counted


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "2 March 2026"),
        ("az", "2 mart 2026"),
        ("hy", "2026 թ. մարտի 2"),
        ("ru", "2 марта 2026"),
        ("tr", "2 Mart 2026"),
        ("ar", "2 مارس 2026"),
    ],
)
def test_dates_are_written_in_the_languages_format(language, day):
    with translation.override(language):
        assert text.long_day(AT.date()) == day


def _outside_of_translation(template: str) -> list[str]:
    """Words of a template that no translation reaches, in its text and in the attributes that are read out."""
    template = re.sub(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", "", template, flags=re.DOTALL)
    template = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    read_out = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', template))
    plain = re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"", " ", template)  # blocks that extend a tag hold attributes alone
    return re.findall(r"[A-Za-z]{2,}", f"{plain} {read_out}")


def test_every_text_of_a_template_is_marked_for_translation():
    assert _outside_of_translation('<p title="Oops">{% translate "In" %} out</p>') == ["out", "Oops"]
    found = {}
    for path in [*ROOT.glob("templates/*.html"), *ROOT.glob("templates/readers/**/*.html")]:
        words = set(_outside_of_translation(path.read_text(encoding="utf-8"))) - _NAMES
        if words:
            found[path.name] = words
    assert found == {}


def test_a_language_without_a_catalogue_is_refused_with_the_list_of_languages():
    with pytest.raises(site_languages.ImproperlyConfigured, match="there is no catalogue for xx"):
        site_languages.chosen(["en", "xx"], default="en")
    assert [code for code, _name in site_languages.chosen(["ru"], default="az")] == ["az", "ru"]


# --- The desk's catalogues: complete or not, they are in step with the code -------------------------------------------
each_part = pytest.mark.parametrize("part", messages.PARTS["desk"], ids=lambda part: part.domain)


@each_language
@each_part
def test_a_catalogue_of_the_desk_holds_the_texts_of_the_code_and_no_others(language, part):
    assert set(_known(messages.extract(part))) == set(_known(messages.read(language, part))), "make messages"


@each_language
@each_part
def test_what_is_translated_at_the_desk_fits_its_text(language, part):
    catalog = messages.read(language, part)
    filled = [message for message in _known(catalog).values() if any(_forms(message))]
    problems = {message.id: fill_messages.problem_of(message, catalog.num_plurals) for message in filled}
    assert {text: problem for text, problem in problems.items() if problem} == {}


@each_language
@each_part
def test_a_compiled_catalogue_of_the_desk_matches_its_source(language, part):
    assert part.file(language, "mo").read_bytes() == messages.compiled(messages.read(language, part)), "make messages"


def test_the_desk_is_offered_in_the_languages_whose_catalogue_is_complete():
    assert messages.COMPLETE.read_text(encoding="utf-8") == messages.list_complete(), "make messages"


def test_texts_of_the_desk_are_found_wherever_they_are_written():
    found = {identity: message.locations[0][0] for identity, message in _known(messages.extract(messages.DESK)).items()}
    assert found["Import an article", None] == "desk/articles/intake_pages.py"
    assert found["There is no verdict yet: choose a rating.", None] == "articles/guards.py"
    assert found["Not needed any more", None] == "templates/desk/collaboration/panel.html"
    assert found["Mostly holds", "tone of a rating"] == "articles/choices.py"
    scripts = {identity[0] for identity in _known(messages.extract(messages.SCRIPTS))}
    assert "Choose a source first." in scripts
    assert ("%(count)s similar claim.", "%(count)s similar claims, the most similar first.") in scripts


@pytest.mark.parametrize(
    ("translation_of", "string", "problem"),
    [
        ("Copy of %(at)s:", "Kopya %(at)s:", ""),
        ("Copy of %(at)s:", "Kopya %(on)s:", "the placeholders are %(at)s"),
        ("Save", "<b>Kaydet</b>", 'it may not bring " < > or & of its own'),
        ("Save", "Kaydet ", "it begins or ends with a blank"),
        (("%(n)s claim", "%(n)s claims"), ("%(n)s утверждение",), "it needs 3 plural forms"),
        (("%(n)s claim", "%(n)s claims"), ("%(n)s утверждение", "", "%(n)s утверждений"), "a form is missing"),
    ],
)
def test_a_filled_entry_is_refused_with_the_reason(translation_of, string, problem):
    assert fill_messages.problem_of(Message(translation_of, string), 3) == problem
