"""The readers' templates are compiled with everything in place that cannot change, and say the same all the same."""

import pytest
from django.core.cache import cache
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template, render_to_string
from django.utils import translation
from jinja2 import DictLoader
from lxml import html

from lib.anchoring.quotes import CONTEXT_LENGTH
from readers.http import template_globals
from readers.http.template_engine import Readers, ReadersTemplates
from readers.http.template_globals import per_cent, words_after, words_before
from tests.readers.conftest import full

EVIL = "<script>alert('x')</script> & \"q\"\nsecond line"


def _engine() -> ReadersTemplates:
    return next(engine for engine in engines.all() if isinstance(engine, ReadersTemplates))


def _environment(templates: dict[str, str], *, apart: bool = False, language: str = "en") -> Readers:
    return Readers(language=language, loader=DictLoader(templates), autoescape=True, auto_reload=apart)


def test_texts_and_addresses_are_worked_out_when_a_template_is_compiled():
    source = '<a href="{{ url("readers:claims") }}">{{ _("Claims") }}</a>'
    code = _environment({}, language="ru").compile(source, raw=True)
    assert 'href="/ru/claims/">Утверждения</a>' in code.replace("\\", "")
    assert "context.call" not in code


def test_what_depends_on_the_page_is_left_to_it():
    template = _environment({}).from_string(
        '{{ url("readers:claim", slug) }} {{ ngettext("%(n)s claim", "%(n)s claims", n) }}'
    )
    assert template.render(slug="ferry", n=2) == "/claims/ferry/ 2 claims"


def test_a_file_that_only_some_newsrooms_have_is_no_obstacle_to_the_others(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    template = _environment({}).from_string('{% if mine %}{{ static("factcheck/no-such.css") }}{% endif %}ours')
    assert template.render() == "ours"


@pytest.mark.parametrize("apart", [False, True], ids=["compiled in", "apart"])
def test_a_part_sees_what_is_around_it_and_leaves_nothing_behind(apart):
    templates = {
        "page": (
            '{% set x = "page" %}{% for n in "ab" %}{% with y=n %}{% include "part" %}{% endwith %}{{ x }};{% endfor %}'
        ),
        "part": '{% set x = "part" %}{{ x }} {{ n }}{{ y }} ',
    }
    assert _environment(templates, apart=apart).get_template("page").render() == "part aa page;part bb page;"


@pytest.mark.django_db
def test_a_claim_page_with_its_parts_apart_is_the_same_page(client, people, monkeypatch):
    claim = full(people, rows=2)
    compiled = client.get(f"/claims/{claim.slug}/").content
    engine = _engine()
    monkeypatch.setattr(engine, "_backends", {})
    monkeypatch.setattr(engine, "_options", {"auto_reload": True})
    template_globals._badge.cache_clear()
    cache.clear()
    assert client.get(f"/claims/{claim.slug}/").content == compiled


@pytest.mark.parametrize(
    "name", sorted(set(template_globals.FILTERS) - {"time_tag", "day", "month", "date", "suggestion_fate"})
)
def test_no_filter_lets_through_what_a_browser_would_run(name):
    arguments = {"truncatechars": "(300)", "urlizetrunc": "(60)"}.get(name, "")
    shown = _environment({}).from_string(f"{{{{ words|{name}{arguments} }}}}").render(words=EVIL)
    assert "<script" not in shown


def test_values_are_escaped_in_texts_too():
    template = _environment({}).from_string('{{ _("Revision %(n)s", n=n) }}{{ badge(label, "no such tone") }}')
    shown = template.render(n=EVIL, label=EVIL)
    assert "<script" not in shown
    assert shown.count("&lt;script") == 2


def test_a_line_break_at_the_end_stays_when_words_go_on_after_it():
    template = _environment({}).from_string("{{ before|linebreaksbr }}<mark>{{ exact }}</mark>")
    shown = template.render(before="He said so.\r\n", exact="<No>")
    assert shown == "He said so.<br><mark>&lt;No&gt;</mark>"


def test_text_without_blanks_keeps_what_stands_around_a_quote():
    around = "桥梁造价一千二百万克朗市长在星期一说这座桥于二零一九年通车每天有四千辆车"
    assert len(around) > CONTEXT_LENGTH
    assert (words_before(around), words_after(around)) == (f"… {around}", f"{around} …")
    assert words_before("ut in two, the bridge that cost so much ") == "… in two, the bridge that cost so much "


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 900, "0 %"), (1, 900, "1 %"), (1, 3, "33 %"), (899, 900, "99 %"), (900, 900, "100 %")],
)
def test_nearly_all_is_not_all(part, whole, said):
    assert per_cent(part, whole) == said


def test_a_records_own_names_come_before_those_of_dictionaries():
    template = _environment({}).from_string("{{ record.items }}|{{ record.nothing }}|{{ record.nothing.deeper }}")
    assert template.render(record={"items": "three"}) == "three||"


def test_the_desk_keeps_djangos_templates():
    with pytest.raises(TemplateDoesNotExist):
        _engine().get_template("admin/index.html")
    assert get_template("admin/index.html").backend is not _engine()


@pytest.mark.parametrize("language", ["en", "az", "ar"])
def test_each_language_has_its_own(language):
    with translation.override(language):
        page = html.document_fromstring(render_to_string("404.html"))
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
