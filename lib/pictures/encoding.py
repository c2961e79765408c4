"""From pixels to files: one master, and the sizes in which pages show it, in three formats each."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image

from lib.pictures import reading

#: How wide pages show a picture, in pixels; a smaller one also in its own width, none is enlarged.
WIDTHS: Final = (320, 640, 960, 1280)
#: The longest side of a master, in pixels: twice the widest that is shown.
MASTER_SIDE: Final = 2560
#: The formats of variants by the ending of their address: what Pillow calls them, and how they are written. An AVIF
#: takes a tenth of a second at speed 8; at 9 and 10 a third of that, but drawings grow by 40 % and outgrow the WebP.
_WRITERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
#: By the ending of its address, the media type of each variant; what a browser should try first comes first.
FORMATS: Final[dict[str, str]] = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
#: What a phone loads of a page with a picture is bounded (150 KB), and this is the picture's part: one with very much
#: detail is written in lower quality, until it fits or the lowest is reached. JPEG is for programs and old browsers.
MOST_BYTES: Final = 90 * 1024
_LOWER_QUALITIES: Final[dict[str, tuple[int, ...]]] = {"avif": (50, 40, 30), "webp": (65, 50, 35, 20), "jpg": ()}
#: A picture of fewer colours is a drawing or a screenshot: its master keeps each pixel.
_FEW_COLOURS: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Variant:
    """A picture in one size and format, as a page shows it. ``format`` is a key of ``FORMATS``."""

    format: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as it is kept. ``received_sha256`` is of the bytes that came in, in hexadecimal."""

    content: bytes
    media_type: str
    width: int
    height: int
    received_sha256: str
    variants: tuple[Variant, ...]

    @property
    def sha256(self) -> str:
        """Of the master's bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def clean(
    data: bytes,
    *,
    max_bytes: int = reading.MAX_BYTES,
    max_pixels: int = reading.MAX_PIXELS,
    min_side: int = reading.MIN_SIDE,
    with_variants: bool = True,
    finish: Callable[[Image.Image], Image.Image] | None = None,
) -> Cleaned:
    """A picture made anew from its pixels; its variants take about a second.

    ``finish`` changes the pixels before they are kept; then ``received_sha256`` is that of its pixels, because the
    picture is another one than that of the file. Raises ``PictureError``.
    """
    with reading.one_at_a_time:
        image, format_ = reading.read(
            data, max_bytes=max_bytes, max_pixels=max_pixels, min_side=min_side, wanted=MASTER_SIDE
        )
        if finish:
            image = finish(image)
            data = image.tobytes()
        return _made(image, is_photograph=format_ == "JPEG", received=data, with_variants=with_variants)


def clean_image(image: Image.Image) -> Cleaned:
    """An image that we drew, as a picture. ``received_sha256`` is that of its pixels."""
    drawn = image.convert("RGB")
    return _made(drawn, is_photograph=False, received=drawn.tobytes())


def widths(width: int) -> list[int]:
    """The widths of the variants of a picture that is ``width`` pixels wide, from small to large."""
    widest = min(width, WIDTHS[-1])
    return [*(known for known in WIDTHS if known < widest), widest]


def largest(width: int, height: int) -> tuple[int, int]:
    """The size in pixels of the largest variant of a picture."""
    shown = widths(width)[-1]
    return shown, height_at(shown, width=width, height=height)


def height_at(shown: int, *, width: int, height: int) -> int:
    """How high a picture is when it is ``shown`` pixels wide."""
    return max(1, round(height * shown / width))


def file_name(sha256: str, width: int, ending: str) -> str:
    """The last parts of the address of a variant."""
    return f"{sha256}/{width}.{ending}"


def _made(image: Image.Image, *, is_photograph: bool, received: bytes, with_variants: bool = True) -> Cleaned:
    image.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS)
    is_drawing = not is_photograph and image.getcolors(_FEW_COLOURS) is not None
    out = io.BytesIO()
    if is_drawing:
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=92, subsampling=0)
    shown = widths(image.width) if with_variants else []
    return Cleaned(
        content=out.getvalue(),
        media_type="image/png" if is_drawing else "image/jpeg",
        width=image.width,
        height=image.height,
        received_sha256=hashlib.sha256(received).hexdigest(),
        variants=tuple(variant for width in shown for variant in _variants(image, width)),
    )


def _variants(image: Image.Image, width: int) -> list[Variant]:
    height = height_at(width, width=image.width, height=image.height)
    sized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    made = []
    for ending, (format_, options) in _WRITERS.items():
        content = _written(sized, format_, options)
        for quality in _LOWER_QUALITIES[ending]:
            if len(content) <= MOST_BYTES:
                break
            content = _written(sized, format_, {**options, "quality": quality})
        made.append(Variant(ending, width, height, content))
    return made


def _written(image: Image.Image, format_: str, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()
