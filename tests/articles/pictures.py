"""Files as people send them: honest ones, and ones that are not what they say."""

import io
from typing import Any

from PIL import Image, PngImagePlugin

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
SCRIPT = b"<html><script>alert(document.domain)</script></html>"


def image(form: str, *, mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """An image of one colour."""
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(made, form, **more)
    return made.getvalue()


def photograph(form: str = "JPEG") -> bytes:
    """A photograph that says where it was taken, on what, and that it is to be turned upright."""
    about = Image.Exif()
    about[0x010F] = "Spycam"
    about[0x0112] = 6
    about.get_ifd(0x8825).update({1: "N", 2: (59.0, 19.0, 45.5), 3: "E", 4: (18.0, 3.0, 55.0)})
    more: dict[str, Any] = {
        "exif": about.tobytes(),
        "xmp": b"<x:xmpmeta>Spycam</x:xmpmeta>",
        "icc_profile": b"Spycam" * 30,
    }
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", "Spycam")
        more |= {"pnginfo": texts}
    if form == "JPEG":
        more |= {"comment": b"Spycam"}
    return image(form, **more)


def opened(data: bytes) -> Image.Image:
    """What a viewer makes of it."""
    found = Image.open(io.BytesIO(data))
    found.load()
    return found
