"""What is known of a screenshot, written below it and never on it."""

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from lib.sharecards import lettering
from lib.sharecards.lettering import REGULAR
from lib.sharecards.signs import Colour

_GROUND: Final[Colour] = (0xEE, 0xEE, 0xEB)
_EDGE: Final[Colour] = (0x52, 0x5B, 0x60)
_INK: Final[Colour] = (0x14, 0x18, 0x1B)
#: In pixels. Letters grow with the picture, which pages make smaller.
_NARROWEST: Final = 640
_SMALLEST, _LARGEST = 15, 60
#: So many letters stand in a line, about; of a very high picture fewer.
_LETTERS: Final = 46
_MOST_LINES: Final = 2


def stamped(image: Image.Image, lines: Sequence[str], *, fonts: Sequence[str] = ()) -> Image.Image:
    """The image with lines of text on a band below it. A narrow image is centred.

    Raises ``ValueError`` for a line whose letters no font has.
    """
    width = max(image.width, _NARROWEST)
    size = round(min(max(width, image.height / 3) / _LETTERS, _LARGEST))
    size = max(size, _SMALLEST)
    pad = size
    drawn = [_fitted(line, width - 2 * pad, size, fonts) for line in lines]
    strip = sum(one.height for one in drawn) + 2 * pad
    made = Image.new("RGB", (width, image.height + strip), _GROUND)
    made.paste(image, ((width - image.width) // 2, 0))
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, image.height, width, image.height + max(2, size // 8)), fill=_EDGE)
    y = image.height + pad
    for one in drawn:
        for line in one.lines:
            pen.text((pad, y + round(one.size * 1.03)), line, font=one.font, fill=_INK, anchor="ls")
            y += round(one.size * lettering.LEADING)
    return made


def can_be_written(line: str, *, fonts: Sequence[str] = ()) -> bool:
    """Whether a font has the letters of a line."""
    return lettering.font_for(line, (REGULAR, *fonts)) is not None


def _fitted(line: str, width: int, size: int, fonts: Sequence[str]) -> lettering.Lines:
    height = round(_MOST_LINES * size * lettering.LEADING) + 1
    found = lettering.fit(line, width=width, height=height, sizes=(size,), fonts=(REGULAR, *fonts))
    if found is None:
        raise ValueError(f"No font has all letters of {line!r}.")
    return found
