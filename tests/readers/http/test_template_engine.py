"""The readers' templates are compiled with everything in place that cannot change, and say the same all the same."""

import pytest
from django.core.cache import cache, caches
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template, render_to_string
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from jinja2 import DictLoader
from lxml import html

from lib.anchoring.quotes import CONTEXT_LENGTH
from readers.http import template_constants, template_globals, verdict_words
from readers.http.template_engine import Readers, ReadersTemplates
from readers.http.template_globals import per_cent, words_after, words_before
from tests.readers.conftest import full

EVIL = "<script>alert('x')</script> & \"q\"\nsecond line"


def _engine() -> ReadersTemplates:
    return next(engine for engine in engines.all() if isinstance(engine, ReadersTemplates))


def _environment(templates: dict[str, str], *, apart: bool = False, language: str = "en") -> Readers:
    return Readers(language=language, loader=DictLoader(templates), autoescape=True, auto_reload=apart)


def test_texts_and_urls_are_resolved_when_a_template_is_compiled():
    source = '<a href="{{ url("readers:claims") }}">{{ _("Claims") }}</a>'
    code = _environment({}, language="ru").compile(source, raw=True)
    assert 'href="/ru/claims/">Утверждения</a>' in code.replace("\\", "")
    assert "context.call" not in code


#: Parts that are written as they are, and parts that are escaped, refused or written in another way.
PARTS = [
    ("a-b",),
    ("x", "y"),
    ("a", "b", "c"),
    ("a" * 64,),
    ("Ժամ-ایران-2",),
    ("é?&=%#+;:@",),
    ("a", "b c"),
    ("..",),
    ("",),
]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_address_is_the_one_that_django_gives(language):
    found = 0
    with translation.override(language):
        for name in (name for name in get_resolver("readers.urls").reverse_dict if isinstance(name, str)):
            for parts in PARTS:
                try:
                    address = reverse(f"readers:{name}", args=parts)
                except NoReverseMatch:
                    with pytest.raises(NoReverseMatch):
                        template_constants.url(f"readers:{name}", *parts)
                else:
                    assert template_constants.url(f"readers:{name}", *parts) == address
                    found += 1
    assert found > 100


def test_expressions_that_depend_on_the_page_are_evaluated_per_page():
    template = _environment({}).from_string(
        '{{ url("readers:claim", slug) }} {{ ngettext("%(n)s claim", "%(n)s claims", n) }}'
    )
    assert template.render(slug="ferry", n=2) == "/claims/ferry/ 2 claims"


def test_a_missing_static_file_in_a_branch_that_is_not_taken_breaks_no_template(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    template = _environment({}).from_string('{% if mine %}{{ static("factcheck/no-such.css") }}{% endif %}ours')
    assert template.render() == "ours"


@pytest.mark.parametrize("apart", [False, True], ids=["compiled in", "apart"])
def test_an_included_template_sees_the_context_and_does_not_change_it(apart):
    templates = {
        "page": (
            '{% set x = "page" %}{% for n in "ab" %}{% with y=n %}{% include "part" %}{% endwith %}{{ x }};{% endfor %}'
        ),
        "part": '{% set x = "part" %}{{ x }} {{ n }}{{ y }} ',
    }
    assert _environment(templates, apart=apart).get_template("page").render() == "part aa page;part bb page;"


@pytest.mark.django_db
def test_a_claim_page_with_separately_compiled_parts_has_the_same_bytes(client, people, monkeypatch):
    claim = full(people, rows=2)
    compiled = client.get(f"/claims/{claim.slug}/").content
    engine = _engine()
    monkeypatch.setattr(engine, "_backends", {})
    monkeypatch.setattr(engine, "_options", {"auto_reload": True})
    verdict_words._badge.cache_clear()
    cache.clear()
    caches["pages"].clear()
    assert client.get(f"/claims/{claim.slug}/").content == compiled


@pytest.mark.parametrize(
    "name",
    sorted(
        set(template_globals.FILTERS) - {"time_tag", "day", "month", "date", "suggestion_state", "number", "own_page"}
    ),
)
def test_no_filter_lets_a_script_element_through(name):
    given = {"truncatechars": "(300)", "urlizetrunc": "(60)", "explanation_in_feed": "('https://site.example/')"}
    arguments = given.get(name, "")
    shown = _environment({}).from_string(f"{{{{ words|{name}{arguments} }}}}").render(words=EVIL)
    assert "<script" not in shown


def test_values_are_escaped_inside_translated_texts():
    template = _environment({}).from_string('{{ _("Revision %(n)s", n=n) }}{{ badge(label, "no such tone") }}')
    shown = template.render(n=EVIL, label=EVIL)
    assert "<script" not in shown
    assert shown.count("&lt;script") == 2


def test_a_line_break_at_the_end_stays_when_words_go_on_after_it():
    template = _environment({}).from_string("{{ before|linebreaksbr }}<mark>{{ exact }}</mark>")
    shown = template.render(before="He said so.\r\n", exact="<No>")
    assert shown == "He said so.<br><mark>&lt;No&gt;</mark>"


def test_text_without_blanks_around_a_quote_is_kept():
    around = "桥梁造价一千二百万克朗市长在星期一说这座桥于二零一九年通车每天有四千辆车"
    assert len(around) > CONTEXT_LENGTH
    assert (words_before(around), words_after(around)) == (f"… {around}", f"{around} …")
    assert words_before("ut in two, the bridge that cost so much ") == "… in two, the bridge that cost so much "


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 900, "0%"), (1, 900, "1%"), (1, 3, "33%"), (899, 900, "99%"), (900, 900, "100%")],
)
def test_a_share_just_below_100_percent_is_not_rounded_to_100(part, whole, said):
    assert per_cent(part, whole) == said


def test_a_records_keys_take_precedence_over_dictionary_methods():
    template = _environment({}).from_string("{{ record.items }}|{{ record.nothing }}|{{ record.nothing.deeper }}")
    assert template.render(record={"items": "three"}) == "three||"


def test_desk_pages_use_djangos_template_engine():
    with pytest.raises(TemplateDoesNotExist):
        _engine().get_template("admin/index.html")
    assert get_template("admin/index.html").backend is not _engine()


@pytest.mark.parametrize("language", ["en", "az", "ar"])
def test_each_language_renders_a_template_with_its_own_lang_and_dir(language):
    with translation.override(language):
        page = html.document_fromstring(render_to_string("404.html"))
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
