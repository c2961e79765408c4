"""Colours are declared once, for the light and the dark look, and have enough contrast."""

import re
from pathlib import Path

import pytest

from articles import rating_tones
from articles.choices import Tone

ROOT = Path(__file__).parents[3]
READERS = ROOT / "readers/static/factcheck"
#: The least contrast of text with its ground (WCAG 2.2, 1.4.3).
CONTRAST = 4.5
TONES = rating_tones.SHOWN


def _declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", css))


LIGHT = _declared((READERS / "colours.css").read_text())
DARK = _declared((READERS / "colours-dark.css").read_text())
OTHERS = [
    path
    for folder in (ROOT / "readers/static", ROOT / "desk/static")
    for path in sorted(folder.rglob("*.css"))
    if not path.name.startswith("colours")
]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_both_looks_declare_the_same_colours_and_every_tone():
    assert set(LIGHT) == set(DARK)
    assert set(LIGHT) >= TONES


def test_no_other_style_sheet_declares_or_repeats_a_colour():
    assert OTHERS
    colours = {*LIGHT.values(), *DARK.values()} - {"#fff"}
    for path in OTHERS:
        css = re.sub(r"@media print \{.*?\n\}\n", "", path.read_text(), flags=re.DOTALL)  # paper has colours of its own
        assert not set(re.findall(r"--([\w-]+):", css)) & set(LIGHT), path
        assert not set(re.findall(r"#[0-9a-f]{3,8}\b", css)) & colours, path


def test_each_tone_is_chosen_by_a_class_of_its_own():
    for css, prefix, tones in (
        (READERS / "colours.css", "tone", TONES),
        (ROOT / "desk/static/desk/http/desk.css", "desk-rating", set(Tone.values)),
    ):
        pairs = re.findall(rf"\.{prefix}-(\w+) {{ --tone: var\(--(\w+)\); }}", css.read_text())
        assert {name for name, _variable in pairs} == tones
        assert [name for name, variable in pairs if name != variable] == []


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_tones_and_text_can_be_read_on_their_ground(look):
    pairs = [(name, "paper") for name in (*TONES, "ink", "soft", "accent", "flag")]
    pairs += [("ink", "raised"), ("soft", "raised"), ("accent-ink", "accent"), ("ink", "mark")]
    assert [pair for pair in pairs if _contrast(look[pair[0]], look[pair[1]]) < CONTRAST] == []
