"""The picture of a claim on its card: beside the words, never under them."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from lib.sharecards.forms import Box
from lib.sharecards.signs import Colour

#: What is to be seen whole fills at least so much of its place; less of it would tell nobody anything.
_FILLED: Final = 0.45
#: A picture is not made larger than so many times.
_LARGER: Final = 2.5
#: Of a picture's place, so much is shown at each edge that it may be cropped to: from the top left, 0 to 1.
_FOCUS: Final = {"top": (0.5, 0.0), "bottom": (0.5, 1.0), "left": (0.0, 0.5), "right": (1.0, 0.5)}
_CORNERS: Final = {
    f"{high}-{wide}": (_FOCUS[wide][0], _FOCUS[high][1]) for high in ("top", "bottom") for wide in ("left", "right")
}
#: The part that stays, of a picture that is never cropped.
WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture for a card: the bytes of a JPEG of our own, and which part of it stays where it is cropped.

    ``focus`` is such as ``top-left``, empty for the middle, ``whole`` for a picture that is never cropped.
    ``is_stamped``: it goes nowhere without the sign of the verdict on it.
    """

    content: bytes
    focus: str = ""
    is_stamped: bool = False


def fitted(picture: CardPicture, size: tuple[int, int], *, ground: Colour) -> Image.Image | None:
    """The picture for a place of that size; None for one that cannot be read, or would not be seen there."""
    try:
        with Image.open(BytesIO(picture.content), formats=("JPEG",)) as opened:
            image = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    fit = _contained if picture.focus == WHOLE else _covering
    return fit(image, size, picture.focus, ground)


def _contained(image: Image.Image, size: tuple[int, int], _focus: str, ground: Colour) -> Image.Image | None:
    wide, high = _scaled(image, size, min)
    if wide * high < size[0] * size[1] * _FILLED:
        return None
    placed = Image.new("RGB", size, ground)
    placed.paste(image.resize((wide, high), Image.Resampling.LANCZOS), ((size[0] - wide) // 2, (size[1] - high) // 2))
    return placed


def _covering(image: Image.Image, size: tuple[int, int], focus: str, _ground: Colour) -> Image.Image | None:
    wide, high = _scaled(image, size, max)
    if wide > image.width * _LARGER:
        return None
    x, y = {**_FOCUS, **_CORNERS}.get(focus, (0.5, 0.5))
    left, top = round((wide - size[0]) * x), round((high - size[1]) * y)
    return image.resize((wide, high), Image.Resampling.LANCZOS).crop((left, top, left + size[0], top + size[1]))


def _scaled(image: Image.Image, size: tuple[int, int], choose: Callable[..., float]) -> tuple[int, int]:
    scale = choose(size[0] / image.width, size[1] / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def written(image: Image.Image, place: Box | None, *, colours: int) -> bytes:
    """A card as PNG with a palette: ``colours`` for its words, and the rest of 256 for a picture at ``place``."""
    out = BytesIO()
    (_with_picture(image, place, colours) if place else _few(image, colours)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _few(image: Image.Image, colours: int) -> Image.Image:
    return image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _with_picture(image: Image.Image, place: Box, colours: int) -> Image.Image:
    """Letters keep their edges; the picture is made of dots."""
    words = image.copy()
    words.paste((255, 255, 255), place)
    card = _few(words, colours)
    own = image.crop(place).quantize(256 - colours, method=Image.Quantize.MEDIANCUT)
    palette = (card.getpalette() or [])[: colours * 3]
    palette += [0] * (colours * 3 - len(palette))
    card.putpalette(palette + (own.getpalette() or [])[: (256 - colours) * 3])
    card.paste(own.point(lambda index: index + colours), place)
    return card
