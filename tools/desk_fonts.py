"""Cut the theme's fonts down to what the desk uses: ``python -m tools.desk_fonts``.

The theme brings one font of all Material Symbols and four weights of Inter for all scripts. Written are the icons that
templates, Python and scripts name, and Inter in three parts, of which a browser only fetches those whose letters are on
the page. Run it after an update of the theme, and when a page names an icon for the first time; a test says so.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import unfold
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
THEME = Path(unfold.__file__).parent
GIVEN = THEME / "static" / "unfold" / "fonts"
WRITTEN = ROOT / "factcheck" / "static" / "unfold" / "fonts"
ICONS = Path("material-symbols", "Material-Symbols-Outlined.woff2")

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
#: With Latin-1 are the other letters of Azerbaijani and Turkish and the signs of the desk: such pages need one part.
PARTS = {
    "latin": "U+0000-00FF, U+011E-011F, U+0130-0131, U+015E-015F, U+018F, U+0259, U+2000-206F, U+20AC, U+2116, "
    "U+2122, U+2190-21FF, U+2200-22FF, U+2318, U+23CE, U+25A0-2BFF",
    "cyrillic": "U+0400-045F, U+0490-0491, U+04AE-04AF, U+04BA-04BB, U+04D8-04D9, U+04E8-04E9",
    "other": "U+0100-011D, U+0120-012F, U+0132-015D, U+0160-018E, U+0190-0258, U+025A-03FF, U+0460-048F, "
    "U+0492-04AD, U+04B0-04B9, U+04BC-04D7, U+04DA-04E7, U+04EA-052F, U+1E00-1FFF, U+2070-20AB, U+20AD-2115, "
    "U+2117-2121, U+2123-218F, U+2300-2317, U+2319-23CD, U+23CF-259F",
}
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"]

#: Where icons are named: the text of an element, a key, an argument, or the content of a style.
_ELEMENT = re.compile(r"material-symbols-outlined[^>]*>\s*([a-z0-9_]+)\s*<")
_CHOSEN = re.compile(r"%}\s*([a-z0-9_]+)\s*{%")  # in a branch of a template
_NAMED = re.compile(r"""["']?\bicon["']?\s*[=:]\s*["']([a-z0-9_]+)["']""")
_MENU = re.compile(r"""_entry\(\s*(?:\w+\()?"[^"]+"\)?,\s*["]([a-z0-9_]+)["]""")
_SYMBOL = re.compile(r"""SITE_SYMBOL["']: ["']([a-z0-9_]+)["']|%}([a-z0-9_]+){% endif %}\s*</span>""")
_STYLED = re.compile(r"""content:\s*\\?["']([a-z0-9_]+)\\?["']""")  # in a style sheet


def icons() -> set[str]:
    """The names of all icons that pages of the desk can show."""
    known = set(_ligatures(TTFont(GIVEN / ICONS)))
    found: set[str] = set()
    for file in _sources():
        text = file.read_text(encoding="utf-8")
        for pattern in (_ELEMENT, _CHOSEN, _NAMED, _MENU, _SYMBOL, _STYLED):
            found.update(name for match in pattern.findall(text) for name in _each(match))
    return found & known


def icons_written() -> set[str]:
    """The names of the icons in the font of the repository."""
    return set(_ligatures(TTFont(WRITTEN / ICONS)))


def _each(match: str | tuple[str, ...]) -> Iterable[str]:
    return (match,) if isinstance(match, str) else match


def _sources() -> Iterator[Path]:
    folders = ("templates", "desk", "accounts", "notifications", "partners", "jobs", "articles", "factcheck")
    for folder in (*(ROOT / name for name in folders), THEME):
        for ending in ("html", "py", "js", "css"):
            yield from (file for file in folder.rglob(f"*.{ending}") if file.is_file())


def _ligatures(font: TTFont) -> dict[str, str]:
    """The names of the icons in ``font``, each with its glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    named = {}
    for table in _ligature_tables(font):
        for first, ligatures in table.ligatures.items():
            for ligature in ligatures:
                named["".join(letters.get(glyph, "?") for glyph in (first, *ligature.Component))] = ligature.LigGlyph
    return named


def _ligature_tables(font: TTFont) -> Iterator[Any]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == 4:
                yield table


def _given(*path: str | Path) -> TTFont:
    """A font of the theme; without the time of the run, the same font is written twice."""
    return TTFont(GIVEN.joinpath(*path), recalcTimestamp=False)


def write_icons() -> None:
    """Write the font of icons: the ligatures of the names that are used, and their glyphs."""
    font, wanted = _given(ICONS), icons()
    glyphs = {glyph for name, glyph in _ligatures(font).items() if name in wanted}
    for table in _ligature_tables(font):
        for first, ligatures in list(table.ligatures.items()):
            table.ligatures[first] = [one for one in ligatures if one.LigGlyph in glyphs]
            if not table.ligatures[first]:
                del table.ligatures[first]
    _save(font, map(ord, sorted(set("".join(wanted)))), ["liga", "rlig", "dlig", "clig"], WRITTEN / ICONS)


def write_letters() -> None:
    """Write Inter, each weight in its parts, and the sheet that names them."""
    rules = []
    for weight, name in WEIGHTS.items():
        for part, ranges in PARTS.items():
            file = f"Inter-{name}-{part}.woff2"
            _save(_given("inter", f"Inter-{name}.woff2"), _codes(ranges), _FEATURES, WRITTEN / "inter" / file)
            rules.append(
                f'@font-face {{\n  font-family: "Inter";\n  font-style: normal;\n  font-weight: {weight};\n'
                f'  font-display: swap;\n  src: url("{file}") format("woff2");\n  unicode-range: {ranges};\n}}\n'
            )
    sheet = "/* Written by tools/desk_fonts.py. */\n" + "\n".join(rules)
    (WRITTEN / "inter" / "styles.css").write_text(sheet, encoding="utf-8")


def _codes(ranges: str) -> Iterator[int]:
    for part in ranges.split(", "):
        first, _, last = part.removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _save(font: TTFont, codes: Iterable[int], features: list[str], file: Path) -> None:
    options = Options(layout_features=features, flavor="woff2", desubroutinize=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(codes))
    subsetter.subset(font)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made.getvalue())


if __name__ == "__main__":
    write_icons()
    write_letters()
    print(
        f"{len(icons_written())} icons; {sum(file.stat().st_size for file in WRITTEN.rglob('*.woff2'))} bytes of fonts"
    )
