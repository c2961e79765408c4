"""The card itself: 1200 by 630 pixels, which readers of Open Graph and of Twitter's large summary show uncut."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from lib.sharecards import lettering
from lib.sharecards.lettering import BOLD, REGULAR, Direction, Lines
from lib.sharecards.signs import Colour, sign

WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 64
_BAND: Final = 456
#: How wide the words at the other end of the band may get.
_NOTES: Final = 440
#: The light colours of the pages (colours.css). White letters on a tone have a contrast of 4.5:1 or more.
_PAPER: Final[Colour] = (0xFF, 0xFF, 0xFF)
_INK: Final[Colour] = (0x14, 0x18, 0x1B)
_SOFT: Final[Colour] = (0x52, 0x5B, 0x60)
_WHITE: Final[Colour] = (0xFF, 0xFF, 0xFF)
TONES: Final[dict[str, Colour]] = {
    "positive": (0x14, 0x68, 0x3D),
    "mostly_positive": (0x4C, 0x67, 0x14),
    "mixed": (0x96, 0x47, 0x0A),
    "negative": (0xB0, 0x1C, 0x1F),
    "contested": (0x6D, 0x38, 0x9D),
    "unverifiable": (0x4D, 0x56, 0x64),
    "open": (0x0A, 0x6A, 0x75),
    "past": (0x1D, 0x5A, 0x92),
    "retracted": (0x35, 0x32, 0x2E),
}
_STATEMENT_SIZES: Final = (62, 54, 47, 41, 36, 31, 27)
#: So many colours suffice for soft edges, and keep a card at some twenty kilobytes.
_COLOURS: Final = 64


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, in words ready to be read.

    ``instead`` stands in for a statement in letters that no font here has; ``notes`` stand at the verdict's other end.
    """

    statement: str
    direction: Direction
    said_by: str
    verdict: str
    tone: str
    notes: Sequence[str]
    outlet: str
    instead: str


def draw(card: Card, *, fonts: Sequence[str] = ()) -> bytes:
    """The card as PNG. ``fonts`` are files to look for letters in after our own."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    sheet = _Sheet(image, mirrored=card.direction == "rtl", fonts=fonts)
    colour = TONES.get(card.tone, TONES["open"])
    _head(sheet, card, colour)
    _body(sheet, card)
    _band(sheet, card, colour)
    out = BytesIO()
    few = image.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Sheet:
    """The picture, written on from the side where its language begins."""

    def __init__(self, image: Image.Image, *, mirrored: bool, fonts: Sequence[str]) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image)
        self.mirrored = mirrored
        self._fonts = tuple(fonts)

    def fit(
        self,
        text: str,
        *,
        width: int,
        height: int,
        sizes: Sequence[int],
        bold: bool,
        direction: Direction | None = None,
    ) -> Lines | None:
        """The text for a box, in its own direction unless one is given; None when no font has it."""
        own = BOLD if bold else REGULAR
        return lettering.fit(
            text,
            width=width,
            height=height,
            sizes=sizes,
            fonts=(own, *self._fonts),
            direction=direction or lettering.natural_direction(text),
        )

    def write(self, lines: Lines, *, x: int, y: int, colour: Colour, at_end: bool = False) -> None:
        """Lines from ``y`` downwards, ``x`` pixels from the side where lines begin, or from the other one."""
        to_the_right = self.mirrored != at_end
        for number, line in enumerate(lines.lines):
            top = y + round(number * lines.size * lettering.LEADING)
            place = (WIDTH - x if to_the_right else x, top + round(lines.size * lettering.LEADING * 0.78))
            self.draw.text(
                place,
                line,
                font=lines.font,
                fill=colour,
                anchor="rs" if to_the_right else "ls",
                direction=lines.direction if lettering.has_shaping() else None,
            )

    def paste(self, picture: Image.Image, *, x: int, y: int) -> None:
        """A picture ``x`` pixels from the side where lines begin."""
        self.image.paste(picture, (WIDTH - x - picture.width if self.mirrored else x, y))


def _head(sheet: _Sheet, card: Card, colour: Colour) -> None:
    sheet.draw.rectangle((0, 0, WIDTH, 14), fill=colour)
    outlet = sheet.fit(card.outlet, width=WIDTH - 2 * _MARGIN, height=44, sizes=(32,), bold=True)
    if outlet:
        sheet.write(outlet, x=_MARGIN, y=44, colour=_SOFT)


def _body(sheet: _Sheet, card: Card) -> None:
    """The statement, as large as it fits, with who said it below."""
    top, bottom, width = 108, _BAND - 24, WIDTH - 2 * _MARGIN
    said_by = sheet.fit(card.said_by, width=width, height=40, sizes=(29,), bold=False) if card.said_by else None
    room = bottom - top - (said_by.height + 14 if said_by else 0)
    statement = sheet.fit(
        card.statement, width=width, height=room, sizes=_STATEMENT_SIZES, bold=True, direction=card.direction
    )
    colour = _INK
    if statement is None:
        statement, colour = sheet.fit(card.instead, width=width, height=room, sizes=(47, 41), bold=False), _SOFT
    if statement is None:
        return
    taken = statement.height + (said_by.height + 14 if said_by else 0)
    y = top + max(0, (bottom - top - taken) // 2)
    sheet.write(statement, x=_MARGIN, y=y, colour=colour)
    if said_by:
        sheet.write(said_by, x=_MARGIN, y=y + statement.height + 14, colour=_SOFT)


def _band(sheet: _Sheet, card: Card, colour: Colour) -> None:
    """The verdict: its sign, its word, and when it was given."""
    sheet.draw.rectangle((0, _BAND, WIDTH, HEIGHT), fill=colour)
    middle = (_BAND + HEIGHT) // 2
    sheet.paste(sign(card.tone, 96, ink=_WHITE, ground=colour), x=_MARGIN, y=middle - 48)
    notes = [sheet.fit(note, width=_NOTES, height=40, sizes=(28, 24, 21), bold=False) for note in card.notes]
    written = [note for note in notes if note]
    y = middle - sum(note.height for note in written) // 2
    for note in written:
        sheet.write(note, x=_MARGIN, y=y, colour=_WHITE, at_end=True)
        y += note.height
    room = WIDTH - 2 * _MARGIN - 96 - 32 - (_NOTES + 24 if written else 0)
    verdict = sheet.fit(card.verdict, width=room, height=130, sizes=(64, 54, 46, 38, 32), bold=True)
    if verdict:
        sheet.write(verdict, x=_MARGIN + 96 + 32, y=middle - verdict.height // 2, colour=_WHITE)
