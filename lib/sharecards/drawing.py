"""The card itself: a slip with claim, verdict and finding on a ground in the verdict's colour, in three forms.

On the widest form, which readers of Open Graph show, the slip is the central square: messengers that cut a picture to
a square lose only the background. The picture is beside the slip or above it, never under words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from lib.sharecards import lettering, pictures
from lib.sharecards.forms import FORMS, FORMS_WITH_PICTURE, Box, Form
from lib.sharecards.lettering import BOLD, REGULAR, Direction, Lines
from lib.sharecards.pictures import CardPicture
from lib.sharecards.signs import Colour, sign

#: The light colours of the pages (colours.css). White letters on a tone have a contrast of 4.5:1 or more.
_PAPER: Final[Colour] = (0xFF, 0xFF, 0xFF)
_INK: Final[Colour] = (0x14, 0x18, 0x1B)
_SOFT: Final[Colour] = (0x52, 0x5B, 0x60)
_MARK: Final[Colour] = (0xFF, 0xE8, 0x88)
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
#: So many colours suffice for soft edges, and keep a card at some twenty kilobytes.
_COLOURS: Final = 64
#: The sign on a stamped picture, and what is free around it.
_STAMP: Final = 124
_STAMP_EDGE: Final = 16


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, in words ready to be read, in the order in which they stand.

    ``statement`` is marked where ``is_quoted``: somebody said it. ``instead`` stands in for a statement in letters that
    no font here has. ``notes`` are one line at the foot. A card without a verdict has no sign: it is of a whole site.
    """

    statement: str
    direction: Direction
    said_by: str
    verdict: str
    tone: str
    finding: str
    notes: Sequence[str]
    outlet: str
    instead: str
    is_quoted: bool = True
    picture: CardPicture | None = None


def draw(card: Card, *, form: str = "", fonts: Sequence[str] = ()) -> bytes:
    """The card as PNG. ``form`` is a key of ``FORMS``; ``fonts`` are files to look for letters in after our own."""
    colour = TONES.get(card.tone, TONES["open"])
    mirrored = card.direction == "rtl"
    shape = FORMS_WITH_PICTURE[form]
    place = shape.place(mirrored=mirrored)
    picture = _picture(card, place, colour)
    if picture is None:
        shape, place = FORMS[form], None
    image = Image.new("RGB", (shape.width, shape.height), colour)
    if card.verdict:
        _ground(image, shape, card.tone, colour)
    if picture and place:
        image.paste(picture, place)
    slip = _Slip(shape, mirrored=mirrored, fonts=fonts)
    _fill(slip, card, colour)
    image.paste(slip.image, shape.slip_at)
    return pictures.written(image, place, colours=_COLOURS)


def _picture(card: Card, place: Box | None, colour: Colour) -> Image.Image | None:
    """The claim's picture for its place; a stamped one with the sign of the verdict on it."""
    if card.picture is None or place is None:
        return None
    found = pictures.fitted(card.picture, (place[2] - place[0], place[3] - place[1]), ground=_PAPER)
    if found and card.picture.is_stamped and card.verdict:
        stamp = Image.new("RGB", (_STAMP, _STAMP), colour)
        inner = _STAMP - 2 * _STAMP_EDGE
        stamp.paste(sign(card.tone, inner, ink=_PAPER, ground=colour), (_STAMP_EDGE, _STAMP_EDGE))
        left = found.width - _STAMP - _STAMP_EDGE if card.direction == "rtl" else _STAMP_EDGE
        found.paste(stamp, (left, found.height - _STAMP - _STAMP_EDGE))
    return found


def _ground(image: Image.Image, form: Form, tone: str, colour: Colour) -> None:
    """The sign of the verdict, large and faint, at both sides."""
    size = 560 if form.width > form.height else form.height
    faint = tuple(round(part + (255 - part) * 0.1) for part in colour)
    ghost = sign(tone, size, ink=(faint[0], faint[1], faint[2]), ground=colour)
    for x in (-150, form.width - size + 150):
        image.paste(ghost, (x, (form.height - size) // 2))


class _Slip:
    """The white slip, written on from the side where its language begins."""

    def __init__(self, form: Form, *, mirrored: bool, fonts: Sequence[str]) -> None:
        self.form = form
        self.image = Image.new("RGB", form.slip, _PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.mirrored = mirrored
        self.width = form.slip[0] - 2 * form.margin
        self._fonts = tuple(fonts)

    def fit(
        self,
        text: str,
        *,
        sizes: Sequence[int],
        lines: int,
        bold: bool = False,
        width: int = 0,
        direction: Direction | None = None,
    ) -> Lines | None:
        """The text in at most so many lines, of the smallest size; None when no font has its letters."""
        smallest = self.form.sizes(*sizes)
        return lettering.fit(
            text,
            width=width or self.width,
            height=round(lines * smallest[-1] * lettering.LEADING) + 1,
            sizes=smallest,
            fonts=(BOLD if bold else REGULAR, *self._fonts),
            direction=direction or lettering.natural_direction(text, otherwise="rtl" if self.mirrored else "ltr"),
        )

    def write(self, lines: Lines, *, x: int, y: int, colour: Colour, mark: Colour | None = None) -> None:
        """Lines from ``y`` downwards, ``x`` pixels from the side where lines begin; on a marker, if one is given."""
        right = self.form.slip[0] - x
        step = lines.size * lettering.LEADING
        for number, line in enumerate(lines.lines):
            top = y + round(number * step)
            if mark:
                wide = round(lines.wide(line)) + 16
                start = right - wide + 8 if self.mirrored else x - 8
                self.draw.rectangle((start, top + 2, start + wide, top + round(step) - 3), fill=mark)
            self.draw.text(
                (right if self.mirrored else x, top + round(step * 0.78)),
                line,
                font=lines.font,
                fill=colour,
                anchor="rs" if self.mirrored else "ls",
                direction=lines.direction if lettering.has_shaping() else None,
            )

    def start(self, x: int, width: int) -> int:
        """The left side of what is ``width`` pixels wide and stands ``x`` pixels from where lines begin."""
        return self.form.slip[0] - x - width if self.mirrored else x


def _fill(slip: _Slip, card: Card, colour: Colour) -> None:
    """Claim, verdict and finding from top to bottom, with the same room between them."""
    form, margin = slip.form, slip.form.margin
    outlet = slip.fit(card.outlet, sizes=(27,), lines=1, bold=True)
    foot = slip.fit(" · ".join(card.notes), sizes=(20, 18, 16), lines=1) if card.notes else None
    said_by = slip.fit(card.said_by, sizes=(22,), lines=1) if card.said_by else None
    finding = slip.fit(card.finding, sizes=(27, 25, 23, 21), lines=3) if card.finding else None
    tag = _Tag(slip, card, colour)
    top, bottom = margin - 6, form.slip[1] - margin + 6
    if outlet:
        slip.write(outlet, x=margin, y=top, colour=_SOFT)
        top += outlet.height
    if foot:
        bottom -= foot.height
        slip.write(foot, x=margin, y=bottom, colour=_SOFT)
    rest = sum(part.height for part in (said_by, finding) if part) + tag.height
    gaps = 2 + bool(finding)
    statement = _statement(slip, card, bottom - top - rest - gaps * round(20 * form.scale))
    used = rest + (statement.height if statement else 0)
    gap = min((bottom - top - used) // (gaps + 1), round(44 * form.scale))
    y = top + gap
    if statement:
        is_said = card.is_quoted and not statement.is_instead
        slip.write(statement.lines, x=margin, y=y, colour=_INK, mark=_MARK if is_said else None)
        y += statement.height
    if said_by:
        slip.write(said_by, x=margin, y=y + 4, colour=_SOFT)
        y += said_by.height
    y += gap
    if card.verdict:
        tag.write(y)
    if finding:
        slip.write(finding, x=margin, y=y + tag.height + gap, colour=_INK)


@dataclass(frozen=True, slots=True)
class _Statement:
    lines: Lines
    is_instead: bool

    @property
    def height(self) -> int:
        return self.lines.height


def _statement(slip: _Slip, card: Card, room: int) -> _Statement | None:
    """The statement, as large as it fits into ``room`` pixels; or what stands in for it."""
    for text, is_instead in ((card.statement, False), (card.instead, True)):
        found = lettering.fit(
            text,
            width=slip.width,
            height=room,
            sizes=slip.form.sizes(44, 40, 36, 32, 29, 26, 23, 20),
            fonts=(BOLD, *slip._fonts),
            direction=lettering.natural_direction(text) if is_instead else card.direction,
        )
        if found:
            return _Statement(found, is_instead)
    return None


class _Tag:
    """The verdict with its sign: filled, or an outline while it is open, or hatched when it was withdrawn."""

    def __init__(self, slip: _Slip, card: Card, colour: Colour) -> None:
        self._slip, self._tone, self._colour = slip, card.tone, colour
        self._pad = round(16 * slip.form.scale)
        self._sign = round(54 * slip.form.scale)
        room = slip.width - 4 * self._pad - self._sign
        self._label = slip.fit(card.verdict, sizes=(46, 40, 34, 29, 25), lines=1, bold=True, width=room)
        self.height = self._sign + 2 * self._pad if card.verdict else 0

    def write(self, y: int) -> None:
        """The tag, from ``y`` downwards."""
        slip, pad, size = self._slip, self._pad, self._sign
        margin = slip.form.margin
        label = self._label
        wide = 3 * pad + size + (round(label.wide(label.lines[0])) + pad if label else 0)
        left = slip.start(margin, wide)
        is_filled = self._tone not in ("open", "retracted")
        ink, ground = (_PAPER, self._colour) if is_filled else (self._colour, _PAPER)
        slip.draw.rectangle((left, y, left + wide, y + self.height), fill=ground)
        if self._tone == "open":
            _dashed(slip.draw, (left, y, left + wide, y + self.height), self._colour)
        elif self._tone == "retracted":
            slip.draw.rectangle((left, y, left + wide, y + self.height), outline=self._colour, width=4)
            slip.draw.line((left, y + self.height - 12, left + wide, y + self.height - 12), fill=self._colour, width=4)
        slip.image.paste(sign(self._tone, size, ink=ink, ground=ground), (slip.start(margin + pad, size), y + pad))
        if label:
            slip.write(label, x=margin + 2 * pad + size, y=y + (self.height - label.height) // 2, colour=ink)


def _dashed(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, bottom = box
    for x in range(left, right, 28):
        for y in (top, bottom - 4):
            draw.rectangle((x, y, min(x + 16, right), y + 4), fill=colour)
    for y in range(top, bottom, 28):
        for x in (left, right - 4):
            draw.rectangle((x, y, x + 4, min(y + 16, bottom)), fill=colour)
