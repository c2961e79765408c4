"""Write the readers' fonts: ``python -m tools.readers_fonts <folder>``.

``<folder>`` holds the npm packages ``@fontsource-variable/source-serif-4`` (5.3.1), ``…/noto-serif-armenian`` and
``…/noto-naskh-arabic`` (5.3.0), unpacked as ``npm pack`` and ``tar`` leave them, each in a folder of its own name. The
environment needs ``fonttools[woff]``. Each file is limited to the weights 400 to 700 and to the letters that
``readers/static/factcheck/site.css`` asks it for, so that a page loads no letter that it cannot use.
"""

import sys
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS: Final = Path(__file__).parents[1] / "readers" / "static" / "factcheck" / "fonts"
WEIGHTS: Final = (400, 700)
#: The name records that name the family or the font: 1 family, 3 unique, 4 full, 6 PostScript, 16 and 25 variations.
_NAMES: Final = frozenset({1, 3, 4, 6, 16, 25})
#: By file: its package, the file there, and the letters it keeps.
FILES: Final = {
    "serif-latin": (
        "source-serif-4",
        "source-serif-4-latin-wght-normal",
        "20-7E,A0-FF,2013-2014,2018-201E,2022,2026,2032,2039-203A,20AC,2190-2193,2212",
    ),
    "serif-turkic": (
        "source-serif-4",
        "source-serif-4-latin-ext-wght-normal",
        "104-107,10C-10D,118-11F,130-131,141-144,15A-161,179-17E,18F,259",
    ),
    "serif-cyrillic": ("source-serif-4", "source-serif-4-cyrillic-wght-normal", "400-45F,490-491,2116"),
    "serif-armenian": ("noto-serif-armenian", "noto-serif-armenian-armenian-wght-normal", "530-58F,FB13-FB17"),
    "naskh-arabic": (
        "noto-naskh-arabic",
        "noto-naskh-arabic-arabic-wght-normal",
        "60C,61B,61F,620-655,660-66D,670-671,679,67E,686,688,691,695,698,6A9,6AF,6B5,6BA,6BE,6C0-6C3,6C6,6CC,6CE,"
        "6D2,6D5,6F0-6F9,200C-200F",
    ),
}


def write(packages: Path) -> None:
    """Write every font of the readers' pages from the unpacked ``packages``."""
    for name, (package, file, letters) in FILES.items():
        font = TTFont(packages / package / "files" / f"{file}.woff2", lazy=False)
        options = Options()
        options.hinting = False
        options.layout_features = [*options.layout_features, "lnum", "tnum"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=parse_unicodes(letters))
        subsetter.subset(font)
        limited = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
        _rename(limited)
        limited.flavor = "woff2"
        limited.save(FONTS / f"{name}.woff2")


def _rename(font: TTFont) -> None:
    """The licence reserves the name "Source" for fonts that nobody changed."""
    for record in font["name"].names:
        if record.nameID in _NAMES:
            record.string = "Reading"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
