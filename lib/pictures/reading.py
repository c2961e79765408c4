"""From the bytes of a picture to its pixels: upright, opaque, in sRGB, and nothing else of the file.

What a file is, is read off its bytes; its name and the type that a browser gave it say nothing. Its size in pixels is
read off its header, before anything is unpacked.
"""

import io
import re
import struct
import threading
import zlib
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

from lib.phrases import phrase

#: What comes in is not larger, in bytes.
MAX_BYTES: Final = 12 * 1024 * 1024
#: A picture of more pixels is not unpacked: at four bytes each that is 160 MB.
MAX_PIXELS: Final = 40_000_000
#: What is smaller on a side shows nobody anything on a page, in pixels.
MIN_SIDE: Final = 100

#: Of a long picture that is made smaller, the short side may keep this share of ``MIN_SIDE``.
_NARROWER: Final = 0.5

#: How the kinds that are read begin, and what Pillow calls them.
_BEGINS: Final = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb".{4}ftyp(avif|avis)", re.DOTALL), "AVIF"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
)
#: How others begin that come often, and what to do with them.
_OTHERS: Final = (
    (
        re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg", re.IGNORECASE | re.DOTALL),
        phrase("This is an SVG drawing, which can hold scripts. Save it as PNG."),
    ),
    (
        re.compile(rb".{4}ftyp(heic|heix|hevc|mif1|msf1)", re.DOTALL),
        phrase("This picture is in HEIC. Save it as JPEG."),
    ),
    (re.compile(rb"(II\*\x00|MM\x00\*|BM)", re.DOTALL), phrase("This picture is in TIFF or BMP. Save it as PNG.")),
    (
        re.compile(rb".{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}AVI ", re.DOTALL),
        phrase("This is a video. Save the frame that you need as PNG."),
    ),
    (re.compile(rb"%PDF"), phrase("This is a PDF. Save the page that you need as PNG.")),
)
_UNKNOWN: Final = phrase("This is not a picture we can read.")
_KINDS: Final = phrase("JPEG, PNG, WebP, AVIF or GIF")
_BROKEN: Final = phrase("This picture is damaged or incomplete. Open it where it came from and save it again.")
#: What the decoders raise at a picture that is none, or breaks off.
DAMAGE: Final = (
    *(OSError, LookupError, ValueError, SyntaxError, TypeError, AttributeError, ArithmeticError, EOFError),
    *(struct.error, zlib.error, Image.DecompressionBombError, RuntimeError),
)
#: Unpacked pictures are large: one at a time in a process.
one_at_a_time = threading.Lock()


class PictureError(Exception):
    """A picture that is not taken: empty, too_large, kind, animated, too_many_pixels, too_small or broken.

    The text says what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code, self.said = code, message
        super().__init__(message)


def read(data: bytes, *, max_bytes: int, max_pixels: int, min_side: int, wanted: int) -> tuple[Image.Image, str]:
    """The pixels of a picture as an RGB image without any metadata, and its format as Pillow names it.

    ``wanted`` is the longest side that is needed, in pixels: what is larger is made smaller, so that little memory is
    held. The caller holds ``one_at_a_time``. Raises ``PictureError``.
    """
    if not data:
        raise PictureError("empty", phrase("This file is empty. Choose the picture again."))
    format_ = _format(data)
    if len(data) > max_bytes:
        megabytes = max_bytes // (1024 * 1024)
        raise PictureError("too_large", phrase("This file is larger than %(n)s MB. Save it smaller.", n=megabytes))
    try:
        with Image.open(io.BytesIO(data), formats=(format_,)) as image:
            _check_header(image, format_, max_pixels=max_pixels, min_side=min_side, wanted=wanted)
            if format_ == "JPEG":
                image.draft(None, (wanted, wanted))
            return _pixels(image, wanted), format_
    except Image.DecompressionBombError:
        raise _too_many(max_pixels) from None
    except DAMAGE:
        raise PictureError("broken", _BROKEN) from None


def _format(data: bytes) -> str:
    for begins, format_ in _BEGINS:
        if begins.match(data):
            return format_
    advice = next((words for begins, words in _OTHERS if begins.match(data[:2048])), _UNKNOWN)
    raise PictureError("kind", phrase("%(advice)s You can use %(kinds)s.", advice=advice, kinds=_KINDS))


def _check_header(image: Any, format_: str, *, max_pixels: int, min_side: int, wanted: int) -> None:
    """All of this is known before a pixel is unpacked."""
    if image.width * image.height > max_pixels:
        raise _too_many(max_pixels)
    if min(image.size) < min_side:
        words = phrase(
            "This picture has %(width)s × %(height)s pixels. Choose one with at least %(least)s pixels on each side.",
            width=image.width,
            height=image.height,
            least=min_side,
        )
        raise PictureError("too_small", words)
    if min(image.size) * wanted < max(image.size) * min_side * _NARROWER:
        words = phrase("This picture is too long and narrow. Cut out the part that you need.")
        raise PictureError("too_small", words)
    if format_ != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise PictureError("animated", phrase("This picture is animated. Save the frame that you need as PNG or JPEG."))


def _too_many(max_pixels: int) -> PictureError:
    words = phrase("This picture has more than %(n)s megapixels. Save it smaller.", n=max_pixels // 1_000_000)
    return PictureError("too_many_pixels", words)


def _pixels(image: Any, wanted: int) -> Image.Image:
    """A new image on white ground. Nothing of the old one's ``info`` is in it."""
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(_eight_bits(_fitted(image, wanted)))
    if upright.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
    coloured = _to_srgb(upright, profile)
    if coloured.mode != "RGBA":
        clean = coloured.convert("RGB")
        clean.info = {}
        return clean  # type: ignore[no-any-return]
    clean = Image.new("RGB", coloured.size, (255, 255, 255))
    clean.paste(coloured.convert("RGB"), mask=coloured.getchannel("A"))
    return clean


def _fitted(image: Any, wanted: int) -> Any:
    """The image no larger than ``wanted`` on a side, because each further step copies it."""
    if max(image.size) <= wanted:
        return image
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        image = image.convert("L" if image.mode == "1" else "RGBA")
    elif image.mode.startswith("I;"):
        image = image.convert("I")
    scale = wanted / max(image.size)
    size = tuple(max(1, round(side * scale)) for side in image.size)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _eight_bits(image: Any) -> Any:
    """Grey pictures of 16 bits as such of 8: Pillow would cut off what is above 255."""
    if image.mode == "F" or image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image


def _to_srgb(image: Any, profile: bytes | None) -> Any:
    """The picture in sRGB. A profile that does not fit its pixels is left out of account."""
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image if image.mode == "RGBA" else image.convert("RGB")
