"""Explanations as they are shown: citations, tables that scroll, and charts drawn beside their figures."""

import re
from decimal import Decimal
from html import escape, unescape
from typing import Final

from django.conf import settings
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import text
from lib.charts import drawing, figures
from lib.charts.figures import Chart
from lib.pictures import FORMATS, file_name, widths
from lib.richtext import markup, structure
from lib.richtext.cleaning import clean

_CHART: Final = re.compile(r'<figure data-chart="[^"]*"(?: data-unit="[^"]*")?>.*?</figure>', re.DOTALL)
_TABLE: Final = re.compile(r"<table>(?:<caption>(.*?)</caption>)?.*?</table>", re.DOTALL)
_CITATION: Final = re.compile(r'<a href="#evidence-(\d+)" class="cite"')
_PICTURES: Final = "/pictures/"
_PICTURE: Final = re.compile(r'<figure><img src="/pictures/([0-9a-f]{64})/(\d+)\.jpg"((?: [a-z]+="[^"]*")*)>')
_ANCHOR: Final = re.compile(r' id="cite-\d+"')
_TAGS: Final = re.compile(r"<[^>]+>")


def shown(html: str, language: str, *, picture_base: str = "") -> SafeString:
    """An explanation with numbered citations as HTML for a page. ``language`` is the explanation's own.

    ``picture_base`` is where pictures are that are not public yet.
    The first citation of each piece of evidence can be led back to: its id is ``cite-2``.
    """
    cleaned = clean(html)
    parts, at = [], 0
    for found in _CHART.finditer(cleaned):
        parts += [_with_tables(cleaned[at : found.start()]), _chart(found[0], language)]
        at = found.end()
    parts.append(_with_tables(cleaned[at:]))
    drawn = _with_pictures("".join(parts), picture_base or _PICTURES)
    return mark_safe(_with_citations(drawn))  # noqa: S308 (sanitised above, charts are escaped)


def on_desk(html: str, language: str, *, picture_base: str) -> SafeString:
    """The same for a claim's page on the desk, where the first card of evidence has the number 0 in its id."""
    drawn = _ANCHOR.sub("", shown(html, language, picture_base=picture_base))
    return mark_safe(  # noqa: S308 (sanitised)
        _CITATION.sub(lambda found: f'<a href="#evidence-{int(found[1]) - 1}" class="cite"', drawn)
    )


def in_feed(html: str, address: str) -> SafeString:
    """The same for a feed, away from the page at ``address``: full addresses, and charts as their tables."""
    full = clean(html).replace('<a href="#evidence-', f'<a href="{escape(address)}#evidence-')
    return mark_safe(full.replace(f'<img src="{_PICTURES}', f'<img src="{settings.SITE_URL}{_PICTURES}'))  # noqa: S308


def figure_words(figure: Decimal) -> str:
    """A figure as the language in force writes it, with all its digits."""
    return number_format(figure, use_l10n=True, force_grouping=abs(figure) >= 10_000)


def _with_citations(html: str) -> str:
    seen: set[str] = set()

    def link(found: re.Match[str]) -> str:
        number = found[1]
        name = escape(_("Evidence %(number)s") % {"number": number})
        anchor = "" if number in seen else f' id="cite-{number}"'
        seen.add(number)
        return f'<a href="#evidence-{number}" class="cite"{anchor} aria-label="{name}"'

    return _CITATION.sub(link, html)


def _with_pictures(html: str, base: str) -> str:
    return _PICTURE.sub(lambda found: _picture(found[1], int(found[2]), found[3], base), html)


def _picture(name: str, width: int, rest: str, base: str) -> str:
    """A picture in the sizes and formats that there are, for a browser to choose from."""
    sizes = ' sizes="(min-width: 45rem) 44rem, 100vw"'
    sets = {
        ending: ", ".join(f"{base}{file_name(name, one, ending)} {one}w" for one in widths(width)) for ending in FORMATS
    }
    sources = "".join(
        f'<source type="{FORMATS[ending]}" srcset="{listed}"{sizes}>'
        for ending, listed in sets.items()
        if ending != "jpg"
    )
    plain = f'src="{base}{file_name(name, width, "jpg")}" srcset="{sets["jpg"]}"{sizes}'
    return f'<figure class="picture"><picture>{sources}<img {plain}{rest} loading="lazy" decoding="async"></picture>'


def _with_tables(html: str) -> str:
    return _TABLE.sub(lambda found: _scrolled(found[0], unescape(_TAGS.sub("", found[1] or ""))), html)


def _scrolled(table: str, name: str) -> str:
    label = escape(name or _("Table"))
    return f'<div class="table-scroll" tabindex="0" role="group" aria-label="{label}">{table}</div>'


def _chart(figure: str, language: str) -> str:
    """A chart with its figures folded in. One that cannot be drawn is its table alone."""
    chart = structure.chart_of(next(markup.tree(figure).iter("figure")))
    title = escape(chart.title)
    unit = f' <span class="chart-unit">({escape(chart.unit)})</span>' if chart.unit else ""
    named = escape(_("Source: %(source)s") % {"source": chart.source})
    source = f"<figcaption>{named}</figcaption>"
    table = _scrolled(_table(chart), chart.title)
    if figures.faults(chart):
        return f'<figure class="chart-figure">{table}{source if chart.source else ""}</figure>'
    drawn = drawing.svg(chart, figure_words, is_rtl=text.direction(language) == "rtl")
    summary = escape(_("The figures as a table"))
    details = f"<details><summary>{summary}</summary>{table}</details>"
    return f'<figure class="chart-figure"><p class="chart-title">{title}{unit}</p>{drawn}{details}{source}</figure>'


def _table(chart: Chart) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(_written(value))}</td></tr>'
        for label, value in chart.rows
    )
    unit = f" ({escape(chart.unit)})" if chart.unit else ""
    return f"<table><caption>{escape(chart.title)}{unit}</caption><tbody>{rows}</tbody></table>"


def _written(value: str) -> str:
    return figure_words(Decimal(value)) if figures.is_figure(value) else value
