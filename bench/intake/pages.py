"""Pages for ``make bench-intake``, one for each construct that a page can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.intake.word import cut, shown

if TYPE_CHECKING:
    from bench.intake.cases import Built, Report


def _page(report: Report, middle: str, *, head: str = "", body: str = "{}") -> str:
    article = body.format(
        f"<article><h1>{report.title}</h1><p>{report.first}</p>{middle}<p>{report.third}</p></article>"
    )
    return (
        f'<!doctype html><html lang="{report.language}"><head><meta charset="utf-8"><title>{report.title}</title>{head}'
        f"</head><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>{article}"
        "<footer>© Example</footer></body></html>"
    )


def _built(report: Report, middle: str, *text: str, notes: tuple[str, ...] = ()) -> Built:
    return _page(report, middle).encode(), shown(report.title, report.first, *text, report.third), notes


def _inline(markup: str, plain: str, *notes: str) -> Callable[[Report], Built]:
    """A paragraph with some markup in front of the report's second sentence."""

    def build(report: Report) -> Built:
        return _built(report, f"<p>{markup} {report.second}</p>", f"{plain} {report.second}", notes=notes)

    return build


def _unseen(markup: str, *notes: str) -> Callable[[Report], Built]:
    """A paragraph that readers do not see; ``{}`` is its text."""

    def build(report: Report) -> Built:
        return _built(report, f"<p>{report.second}</p>{markup.format(report.footnote)}", report.second, notes=notes)

    return build


def _struck_word(report: Report) -> Built:
    head, word, tail = cut(report.second)
    return _built(report, f"<p>{head}<s>{word}</s>{tail}</p>", head + tail, notes=("struck-through",))


def _table(report: Report) -> Built:
    table = f"<table><tr><th>№<th>{report.place}</tr><tr><td>84<td>84</tr></table>"
    return _built(report, f"<p>{report.second}</p>{table}", report.second, f"№\t{report.place}", "84\t84")


def _list(report: Report) -> Built:
    items = f"<ol><li>{report.second}</li><li>{report.footnote}</li></ol>"
    return _built(report, items, f"1. {report.second}", f"2. {report.footnote}")


def _caption(report: Report) -> Built:
    """A caption is kept at the end of the text, and a note says so."""
    figure = f'<figure><img src="a.jpg" alt=""><figcaption>{report.footnote}</figcaption></figure>'
    text = shown(report.title, report.first, report.second, report.third, report.footnote)
    return _page(report, f"{figure}<p>{report.second}</p>").encode(), text, ("picture", "added at its end")


def _fact_box(report: Report) -> Built:
    """Kept or named: the box is named in a note."""
    box = f"<aside><h3>{report.place}</h3><p>{report.footnote}</p></aside>"
    return _built(report, f"<p>{report.second}</p>{box}", report.second, notes=(report.footnote[:20],))


def _correction(report: Report) -> Built:
    page = _page(report, f"<p>{report.second}</p>").replace(
        "</article>", f"<footer><p>Correction: {report.footnote}</p></footer></article>"
    )
    return (
        page.encode(),
        shown(report.title, report.first, report.second, report.third, f"Correction: {report.footnote}"),
        (),
    )


def _ruby(report: Report) -> Built:
    markup = "<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>"
    return _built(report, f"<p>{markup}。{report.second}</p>", f"橋（はし）。{report.second}")


def _live_blog(report: Report) -> Built:
    entry = f'<h2><time datetime="2026-03-02T14:05">14:05</time></h2><p>{report.second}</p>'
    return _built(report, entry, "14:05", report.second)


def _wrapper(report: Report) -> Built:
    page = _page(report, f"<p>{report.second}</p>", body="<div class='ads-enabled'>{}</div>")
    return page.encode(), shown(report.title, report.first, report.second, report.third), ()


def _shown_late(report: Report) -> Built:
    page = _page(report, f"<p>{report.second}</p>").replace("<body>", '<body style="display:none">')
    return page.encode(), shown(report.title, report.first, report.second, report.third), ()


def _in_character_set(name: str) -> Callable[[Report], Built]:
    """A page whose character set is not UTF-8, as it declares."""

    def build(report: Report) -> Built:
        page = _page(report, f"<p>{report.second}</p>").replace('charset="utf-8"', f'charset="{name}"')
        data = page.replace("©", "").encode(name)
        return data, shown(report.title, report.first, report.second, report.third), ()

    return build


def _broken_byte(report: Report) -> Built:
    data = _page(report, f"<p>{report.second} X</p>").encode().replace(b" X</p>", b" \xe9</p>")
    return data, shown(report.title, report.first, f"{report.second} \ufffd", report.third), ("could not be read",)


def _nul(report: Report) -> Built:
    data = _page(report, f"<p>{report.second}</p>").encode().replace(b"</p>", b"\x00</p>", 1)
    return data, shown(report.title, report.first, report.second, report.third), ("NUL",)


def many(report: Report) -> Built:
    """A page with many constructs at once."""
    head, word, tail = cut(report.second)
    middle = (
        f"<p>{head}<del>{word}</del>{tail} 10<sup>6</sup> m<sup>3</sup>, CO<sub>2</sub></p>"
        f"<p hidden>{report.footnote}</p><div class='ad'>{report.footnote}</div>"
        f"<table><tr><th>№<th>{report.place}</tr><tr><td>84<td>84</tr></table>"
    )
    figure = f"<figure><img src='a.jpg' alt=''><figcaption>{report.footnote}</figcaption></figure>"
    rows = (f"№\t{report.place}", "84\t84")
    text = shown(report.title, report.first, f"{head}{tail} 10⁶ m³, CO₂", *rows, report.third, report.footnote)
    page = _page(report, middle).replace("</article>", f"{figure}</article>")
    return page.encode(), text, ("struck-through", "picture", "hidden", "advertisement")


CONSTRUCTS: dict[str, Callable[[Report], Built]] = {
    "footnote mark": _inline("20<sup>1</sup>", "20¹"),
    "linked footnote mark": _inline('20<sup><a href="#n1">[1]</a></sup>', "20 [1]"),
    "exponent": _inline("10<sup>6</sup>", "10⁶"),
    "negative exponent": _inline("10<sup>−4</sup>", "10⁻⁴"),
    "cubic metres": _inline("40 m<sup>3</sup>", "40 m³"),
    "subscript": _inline("CO<sub>2</sub>", "CO₂"),
    "deletion and insertion": _inline("<del>10</del> <ins>12</ins> €", "12 €", "struck-through"),
    "struck by style": _inline('<span style="text-decoration:line-through">10</span> 12 €', "12 €", "struck-through"),
    "struck word": _struck_word,
    "hidden attribute": _unseen("<p hidden>{}</p>", "hidden"),
    "hidden by style": _unseen('<p style="display: none">{}</p>', "hidden"),
    "visually hidden": _unseen('<p class="visually-hidden">{}</p>', "hidden"),
    "advertisement": _unseen('<div class="ad"><p>{}</p></div>', "advertisement"),
    "table": _table,
    "numbered list": _list,
    "caption": _caption,
    "fact box": _fact_box,
    "correction note": _correction,
    "ruby / ja": _ruby,
    "live-blog time": _live_blog,
    "wrapper that sounds like an advertisement": _wrapper,
    "page that shows itself late": _shown_late,
    "windows-1251 / ru": _in_character_set("windows-1251"),
    "windows-1254 / tr": _in_character_set("windows-1254"),
    "windows-1256 / ar": _in_character_set("windows-1256"),
    "iso-8859-1 / es": _in_character_set("iso-8859-1"),
    "shift_jis / ja": _in_character_set("shift_jis"),
    "gb18030 / zh": _in_character_set("gb18030"),
    "broken byte / fr": _broken_byte,
    "broken byte / az": _broken_byte,
    "NUL byte": _nul,
}
