"""Files that show what was seen at a source: what they are is read off their bytes, images are made anew.

A file's name, its ending and the type a browser or server gave it say nothing here. PDFs and pages are kept byte for
byte and never shown by us; an image becomes its pixels again, so that where a photograph was taken, on what and by whom
(EXIF, XMP, comments, thumbnails, data after its end) is not stored.
"""

import hashlib
import io
import re
import struct
import threading
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from articles.choices import MediaType

#: An image of more pixels than this, all its frames together, is not unpacked: at four bytes each that is 200 MB.
MAX_PIXELS = 50_000_000
#: Nor is a moving one of more frames, however small they are.
MAX_FRAMES = 1_000
_LONGEST_NAME = 120
_QUALITY = 95

#: How the kinds that are kept begin (PDF 32000-1 7.5.2, PNG 5.2, JPEG B.1.1.3, GIF89a 17, RIFF).
_BEGINS = (
    (re.compile(rb"%PDF-[12]\.\d"), MediaType.PDF),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), MediaType.PNG),
    (re.compile(rb"\xff\xd8\xff"), MediaType.JPEG),
    (re.compile(rb"GIF8[79]a"), MediaType.GIF),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), MediaType.WEBP),
)
#: How others begin that come often, and what to do with them.
_OTHERS = (
    (
        re.compile(rb"PK\x03\x04"),
        gettext_lazy(
            "This is a zip archive or an office document. Save the document as PDF. "
            "PDF, PNG, JPEG, WebP and GIF files are kept."
        ),
    ),
    (
        re.compile(rb"\xd0\xcf\x11\xe0"),
        gettext_lazy("This is an old office document. Save it as PDF. PDF, PNG, JPEG, WebP and GIF files are kept."),
    ),
    (
        re.compile(rb".{4}ftyp(heic|heix|mif1|avif)", re.DOTALL),
        gettext_lazy(
            "This is an image in HEIC or AVIF. Save it as JPEG or PNG. PDF, PNG, JPEG, WebP and GIF files are kept."
        ),
    ),
    (
        re.compile(rb"(II\*\x00|MM\x00\*|BM)", re.DOTALL),
        gettext_lazy("This is an image in TIFF or BMP. Save it as PNG. PDF, PNG, JPEG, WebP and GIF files are kept."),
    ),
    (
        re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg", re.IGNORECASE | re.DOTALL),
        gettext_lazy(
            "This is an SVG drawing, which can hold scripts. Save it as PNG. "
            "PDF, PNG, JPEG, WebP and GIF files are kept."
        ),
    ),
    (
        re.compile(rb"\s*<", re.DOTALL),
        gettext_lazy(
            "This is a page or markup. Give its address, or print it as PDF. "
            "PDF, PNG, JPEG, WebP and GIF files are kept."
        ),
    ),
)
_UNKNOWN = gettext_lazy("This is not a PDF, PNG, JPEG, WebP or GIF file, whatever its name says.")
_NO_NAME = "file"
_DAMAGED = gettext_lazy("This image is damaged. Open it where it came from and save it again.")
#: What the decoders raise at an image that is none, or is broken off.
_DAMAGE = (
    *(OSError, LookupError, ValueError, SyntaxError, TypeError, AttributeError, ArithmeticError, EOFError),
    *(struct.error, zlib.error, Image.DecompressionBombError),
)
#: What an image's frames need in addition to their pixels; all other metadata is removed.
_NEEDED = ("transparency", "duration", "loop", "disposal", "background")
#: Unpacked images are large: one at a time in a process.
_one_at_a_time = threading.Lock()


class AttachmentError(Exception):
    """A file that is not kept: empty, too_large, kind, too_many_pixels or broken. The text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it is kept. ``received_sha256`` is of the bytes that came in: of an image, others are kept."""

    content: bytes
    media_type: MediaType
    name: str
    received_sha256: str

    @property
    def sha256(self) -> str:
        """Of the bytes that are kept, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def check(data: bytes, *, name: str, max_bytes: int, max_pixels: int = MAX_PIXELS) -> Checked:
    """The file as it is kept; its name gets the ending of what it is.

    ``max_bytes`` bounds what comes in and what is kept. Raises ``AttachmentError``.
    """
    if not data:
        raise AttachmentError("empty", _("This file is empty. Choose the file again."))
    refuse_larger(len(data), max_bytes=max_bytes)
    kind = kind_of(data)
    content = _whole_pdf(data) if kind == MediaType.PDF else _image(data, kind, max_pixels=max_pixels)
    if len(content) > max_bytes:
        raise AttachmentError(
            "too_large",
            _("Without its compression this image is larger than %(mb)s MB. Save it smaller.") % {"mb": _mb(max_bytes)},
        )
    return Checked(content, kind, named(name, kind), hashlib.sha256(data).hexdigest())


def keep_page(data: bytes, *, name: str, is_html: bool) -> Checked:
    """A fetched page as it came, byte for byte: its text is read elsewhere, and it is never shown as a page."""
    kind = MediaType.HTML if is_html else MediaType.TEXT
    return Checked(data, kind, named(name, kind), hashlib.sha256(data).hexdigest())


def refuse_larger(size: int, *, max_bytes: int) -> None:
    """Raises ``AttachmentError`` when a file of ``size`` bytes is larger than what is kept."""
    if size > max_bytes:
        raise AttachmentError(
            "too_large",
            _("This file is larger than %(mb)s MB. Save it smaller, or keep the pages that count.")
            % {"mb": _mb(max_bytes)},
        )


def kind_of(data: bytes) -> MediaType:
    """What a file is, by how it begins. Raises ``AttachmentError`` for every kind that is not kept."""
    for begins, kind in _BEGINS:
        if begins.match(data):
            return kind
    raise AttachmentError(
        "kind", str(next((words for begins, words in _OTHERS if begins.match(data[:2048])), _UNKNOWN))
    )


def named(name: str, kind: MediaType) -> str:
    """A file's name without folders and signs that mislead, with the ending of what it is."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C" and sign not in '<>:"/|?*')
    stem = plain.rsplit(".", 1)[0] if "." in plain[1:] else plain
    ending = ENDINGS[kind]
    return (stem.strip(" .")[: _LONGEST_NAME - len(ending)].strip(" .") or _NO_NAME) + ending


ENDINGS: dict[str, str] = {
    MediaType.PDF: ".pdf",
    MediaType.PNG: ".png",
    MediaType.JPEG: ".jpg",
    MediaType.WEBP: ".webp",
    MediaType.GIF: ".gif",
    # Opened from a disk, a page would run; as a text it is read.
    MediaType.HTML: ".html.txt",
    MediaType.TEXT: ".txt",
}


def _mb(size: int) -> str:
    return f"{size / (1024 * 1024):g}"


def _whole_pdf(data: bytes) -> bytes:
    if b"%%EOF" not in data[-4096:]:
        raise AttachmentError("broken", _("This PDF breaks off before its end. Load it again where it came from."))
    return data


def _image(data: bytes, kind: MediaType, *, max_pixels: int) -> bytes:
    """The image's pixels, written anew in its own format."""
    format_ = str(kind).split("/")[1].upper()
    with _one_at_a_time:
        try:
            with Image.open(io.BytesIO(data), formats=(format_,)) as image:
                moves = format_ in ("GIF", "WEBP") and getattr(image, "is_animated", False)
                _refuse_bomb(image, getattr(image, "n_frames", 1) if moves else 1, max_pixels)
                return _moving(image, format_) if moves else _still(image, format_)
        except Image.DecompressionBombError:
            raise _too_many(max_pixels) from None
        except _DAMAGE:
            raise AttachmentError("broken", str(_DAMAGED)) from None


def _refuse_bomb(image: Any, frames: int, max_pixels: int) -> None:
    if frames > MAX_FRAMES:
        words = _("This image has more than %(max_frames)s frames. Cut out the ones that count.") % {
            "max_frames": MAX_FRAMES
        }
        raise AttachmentError("too_many_pixels", words)
    if image.width * image.height * frames > max_pixels:
        raise _too_many(max_pixels)


def _too_many(max_pixels: int) -> AttachmentError:
    words = _("This image has more than %(n)s megapixels. Save it smaller, or cut out what counts.") % {
        "n": max_pixels // 1000000
    }
    return AttachmentError("too_many_pixels", words)


def _still(image: Any, format_: str) -> bytes:
    upright = ImageOps.exif_transpose(image)
    _forget(upright)
    if format_ == "JPEG" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    made = io.BytesIO()
    lossy = {"quality": _QUALITY} if format_ in ("JPEG", "WEBP") else {"optimize": False}
    upright.save(made, format_, **lossy)
    return made.getvalue()


def _moving(image: Any, format_: str) -> bytes:
    frames, durations = [], []
    for place in range(image.n_frames):
        image.seek(place)
        durations.append(int(image.info.get("duration", 100)))
        frame = image.convert("RGBA")
        _forget(frame)
        frames.append(frame)
    made = io.BytesIO()
    first, *others = frames
    # Without the durations as they are, frames that look the same would be left out.
    first.save(made, format_, save_all=True, append_images=others, duration=durations, loop=0)
    return made.getvalue()


def _forget(image: Any) -> None:
    """Take off what an image says about itself, so that no encoder writes it again."""
    image.info = {name: value for name, value in image.info.items() if name in _NEEDED}
    image.getexif().clear()
