"""The white sheet on which charts and maps are drawn, with letters for every script that a font has."""

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from lib.charts.geometry import Side
from lib.sharecards import lettering
from lib.sharecards.lettering import BOLD, REGULAR, Direction, Lines
from lib.sharecards.signs import Colour

WIDTH: Final = 1280
MARGIN: Final = 64
PAPER: Final[Colour] = (0xFF, 0xFF, 0xFF)
#: The light colours of the pages (colours.css), where charts in explanations are drawn with the same ones.
INK: Final[Colour] = (0x14, 0x18, 0x1B)
SOFT: Final[Colour] = (0x52, 0x5B, 0x60)
ACCENT: Final[Colour] = (0x0B, 0x51, 0x63)


class Sheet:
    """A tall white image, written on from the side where its language begins."""

    def __init__(self, direction: Direction, fonts: Sequence[str], *, height: int = 2000) -> None:
        self.image = Image.new("RGB", (WIDTH, height), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.direction = direction
        self._fonts = fonts

    @property
    def is_mirrored(self) -> bool:
        """Whether lines begin on the right."""
        return self.direction == "rtl"

    def x(self, from_start: float) -> float:
        """A place so many pixels from the side where lines begin."""
        return WIDTH - from_start if self.is_mirrored else from_start

    def text(
        self,
        words: str,
        *,
        y: int,
        sizes: Sequence[int],
        bold: bool = False,
        colour: Colour = INK,
        height: int = 60,
        at: int = MARGIN,
        width: int = WIDTH - 2 * MARGIN,
        anchor: Side = "start",
    ) -> int:
        """Write ``words`` from ``y`` downwards into a box and return how high they are."""
        lines = self.fitted(words, sizes=sizes, bold=bold, width=width, height=height)
        side = {"start": "rs" if self.is_mirrored else "ls", "end": "ls" if self.is_mirrored else "rs", "middle": "ms"}
        for number, one in enumerate(lines.lines):
            base = y + round((number + 0.78) * lines.size * lettering.LEADING)
            self.draw.text(
                (self.x(at), base),
                one,
                font=lines.font,
                fill=colour,
                anchor=side[anchor],
                direction=lines.direction if lettering.has_shaping() else None,
            )
        return lines.height

    def box(self, start: float, top: float, end: float, bottom: float, colour: Colour) -> None:
        """A filled box between two places along the line."""
        left, right = sorted((self.x(start), self.x(end)))
        self.draw.rectangle((left, top, right, bottom), fill=colour)

    def fitted(self, words: str, *, sizes: Sequence[int], width: int, height: int, bold: bool = False) -> Lines:
        """The words as lines of a box. Raises ``ValueError`` when no font has the letters."""
        found = lettering.fit(
            words,
            width=width,
            height=height,
            sizes=sizes,
            fonts=(BOLD if bold else REGULAR, *self._fonts),
            direction=lettering.natural_direction(words, otherwise=self.direction),
        )
        if found is None:
            raise ValueError(f"No font has all letters of {words!r}.")
        return found
