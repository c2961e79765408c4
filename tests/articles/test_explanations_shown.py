"""Explanations as HTML for pages and feeds."""

import pytest
from django.conf import settings
from django.utils.translation import override

from articles import explanations

LINK = '<a href="#evidence-2" class="cite" rel="nofollow noopener">[2]</a>'
NAME = "ab" * 32
PICTURE = (
    f'<figure><img src="/pictures/{NAME}/640.jpg" alt="A &quot;bridge&quot;" width="640" height="400">'
    "<figcaption>NN</figcaption></figure>"
)
CHART = (
    '<figure data-chart="bar" data-unit="%"><table><caption>Harvest &lt;2024&gt;</caption><tbody>'
    '<tr><th scope="row">Wheat</th><td>12500.5</td></tr></tbody></table><figcaption>Ministry</figcaption></figure>'
)


def test_the_first_citation_of_each_piece_can_be_led_back_to():
    html = explanations.shown(f"<p>a {LINK} b {LINK}</p>", "en")
    assert html.count('id="cite-2"') == 1
    assert html.count('aria-label="Evidence 2"') == 2


def test_a_table_scrolls_and_can_be_reached_by_keyboard():
    html = explanations.shown("<table><caption>Sums &amp; more</caption><tr><th>a<tr><td>1</table>", "en")
    assert html.startswith('<div class="table-scroll" tabindex="0" role="group" aria-label="Sums &amp; more"><table>')


@pytest.mark.parametrize(("language", "side"), [("en", "ltr"), ("ar", "rtl")])
def test_a_chart_is_drawn_beside_its_table_in_the_direction_of_its_language(language, side):
    html = explanations.shown(f"<p>before</p>{CHART}<p>after</p>", language)
    assert f'direction="{side}"' in html
    assert '<p class="chart-title">Harvest &lt;2024&gt; <span class="chart-unit">(%)</span></p>' in html
    assert html.count("<details>") == 1
    assert html.count("12,500.5") == 2
    assert "style" not in html
    assert html.startswith("<p>before</p><figure")
    assert html.endswith("<p>after</p>")


def test_figures_are_written_as_the_page_writes_them():
    with override("tr"):
        assert "12.500,5" in explanations.shown(CHART, "en")


def test_a_chart_that_cannot_be_drawn_shows_its_table():
    html = explanations.shown(CHART.replace("12500.5", "much &amp; more"), "en")
    assert "<svg" not in html
    assert "much &amp; more" in html


def test_a_feed_gets_full_addresses_and_tables():
    html = explanations.in_feed(f"<p>{LINK}</p>{CHART}", "https://site.example/claims/a/")
    assert '<a href="https://site.example/claims/a/#evidence-2" class="cite"' in html
    assert "<svg" not in html
    assert "<table>" in html


def test_the_desk_leads_to_its_own_cards():
    html = explanations.on_desk(f"<p>{LINK}</p>{PICTURE}", "en", picture_base="/desk/")
    assert 'href="#evidence-1"' in html
    assert "[2]" in html
    assert "cite-" not in html
    assert f'<img src="/desk/{NAME}/640.jpg"' in html
    assert '"/pictures/' not in html


def test_a_picture_comes_in_all_sizes_with_its_words_and_in_full_in_a_feed():
    html = explanations.shown(PICTURE, "en")
    assert f'<source type="image/avif" srcset="/pictures/{NAME}/320.avif 320w, /pictures/{NAME}/640.avif 640w"' in html
    assert 'alt="A &quot;bridge&quot;" width="640" height="400"' in html
    assert "<figcaption>NN</figcaption></figure>" in html
    assert f'<img src="{settings.SITE_URL}/pictures/{NAME}/640.jpg"' in explanations.in_feed(
        PICTURE, "https://a.example"
    )
