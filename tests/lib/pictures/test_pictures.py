"""Pictures are read safely and written anew from their pixels alone."""

import contextlib
import io
import random
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from lib import pictures
from lib.pictures import PictureError

SECRET = b"Secret place 40.3777 49.8920"


def image(size: tuple[int, int] = (800, 500), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue, with many shades below."""
    made = Image.new("RGB", size, (200, 20, 20))
    draw = ImageDraw.Draw(made)
    draw.rectangle((size[0] // 2, 0, *size), fill=(20, 20, 200))
    return made.convert(mode)


def written(made: Image.Image, format_: str, **options: Any) -> bytes:
    """The bytes of an image in one format."""
    out = io.BytesIO()
    made.save(out, format_, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture read back, all of it."""
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def code_of(data: bytes, **limits: int) -> str:
    """Why a picture is refused."""
    with pytest.raises(PictureError) as caught:
        pictures.clean(data, **limits)
    return caught.value.code


def with_gps() -> Image.Exif:
    """Metadata that says where a photograph was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 22.0, 39.7), 3: "E", 4: (49.0, 53.0, 31.2)})
    return exif


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_a_photograph_was_taken_is_in_no_file_that_is_made(format_: str) -> None:
    data = written(image(), format_, exif=with_gps())
    assert SECRET in data
    made = pictures.clean(data)
    for content in (made.content, *(variant.content for variant in made.variants)):
        found = opened(content)
        assert SECRET not in content
        assert not dict(found.getexif())
        assert not found.getexif().get_ifd(0x8825)
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(found.info)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("times", [1, 4])
def test_a_photograph_that_lies_on_its_side_is_put_upright(format_: str, times: int) -> None:
    made = pictures.clean(written(image((800 * times, 500 * times)), format_, exif=with_gps()), with_variants=False)
    assert (made.width, made.height) == ((500, 800) if times == 1 else (1600, 2560))
    red, _green, blue = opened(made.content).convert("RGB").getpixel((250, 100))  # type: ignore[misc]
    assert red > blue


def test_variants_have_the_four_widths_in_three_formats_and_are_never_larger() -> None:
    made = pictures.clean(written(image((2000, 1000)), "PNG"))
    assert [(v.width, v.height) for v in made.variants if v.format == "jpg"] == [
        (320, 160),
        (640, 320),
        (960, 480),
        (1280, 640),
    ]
    assert {v.format for v in made.variants} == {"avif", "webp", "jpg"}
    for variant in made.variants:
        found = opened(variant.content)
        assert found.size == (variant.width, variant.height)
        assert found.get_format_mimetype() == pictures.FORMATS[variant.format]  # type: ignore[attr-defined]
    small = pictures.clean(written(image((500, 300)), "PNG"))
    assert sorted({v.width for v in small.variants}) == [320, 500]


def test_a_large_picture_is_kept_at_twice_the_widest_that_is_shown() -> None:
    made = pictures.clean(written(image((6000, 4000)), "JPEG"))
    assert (made.width, made.height) == (2560, 1707)


def test_the_same_picture_has_the_same_hash() -> None:
    data = written(image(), "JPEG")
    assert pictures.clean(data).sha256 == pictures.clean(data).sha256


def test_a_picture_of_one_pixel_is_refused() -> None:
    assert code_of(written(Image.new("RGB", (1, 1)), "PNG")) == "too_small"


def chunk(kind: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width: int, height: int, *, colours: int = 2, data: bytes = b"") -> bytes:
    """A PNG that says it is that large, with next to nothing in it, or ``data`` as its compressed pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0))
    pixels = chunk(b"IDAT", data or zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def png_of(width: int, height: int, *, colours: int) -> bytes:
    """A PNG of one colour in a very small file. ``colours`` is the kind of its pixels: 2 for RGB, 6 for RGBA."""
    packed, line = zlib.compressobj(), b"\0" * (1 + width * {2: 3, 6: 4}[colours])
    data = b"".join(packed.compress(line) for _ in range(height)) + packed.flush()
    return png_header(width, height, colours=colours, data=data)


@pytest.mark.parametrize("size", [(30_000, 30_000), (8_000, 8_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    assert code_of(png_header(*size)) == "too_many_pixels"


@pytest.mark.parametrize("size", [(100, 9_000), (9_000, 100)])
def test_a_strip_of_which_nothing_would_be_seen_is_refused(size: tuple[int, int]) -> None:
    assert code_of(written(Image.new("RGB", size), "PNG")) == "too_small"


@pytest.mark.parametrize("colours", [2, 6], ids=["RGB", "RGBA"])
def test_the_largest_picture_takes_less_than_half_a_gigabyte(colours: int) -> None:
    """Anybody may send one with a tip: a small file that is large when it is unpacked."""
    script = f"""
import resource, zlib
from lib import pictures
from tests.lib.pictures.test_pictures import png_of
data = png_of(6000, 6600, colours={colours})
assert len(data) < 1_000_000
pictures.clean(data, with_variants=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 500_000, "kilobytes"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_changed_bytes_are_refused_in_words_and_never_an_error_of_a_decoder(format_: str) -> None:
    noise = Image.effect_noise((120, 110), 80).convert("P" if format_ == "GIF" else "RGB")
    whole = written(noise, format_)
    chance = random.Random(7)  # noqa: S311 (the same each time)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 2, 20])):
            data[chance.randrange(min(len(data), chance.choice([60, 400, len(data)])))] = chance.randrange(256)
        with contextlib.suppress(PictureError):
            pictures.clean(bytes(data), with_variants=False)


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animated_picture_is_refused(format_: str) -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue", "green")]
    data = written(frames[0], format_, save_all=True, append_images=frames[1:])
    assert code_of(data) == "animated"


def test_a_gif_of_one_frame_is_taken() -> None:
    made = pictures.clean(written(image(mode="P"), "GIF"))
    assert made.media_type == "image/png"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_that_breaks_off_is_refused(format_: str) -> None:
    noise = Image.effect_noise((600, 600), 80).convert("P" if format_ == "GIF" else "RGB")
    data = written(noise, format_)
    assert code_of(data[: len(data) // 2]) == "broken"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "scripts"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b"<html>", "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(PictureError) as caught:
        pictures.clean(data)
    assert caught.value.code == "kind"
    assert words in str(caught.value)


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    assert code_of(b"") == "empty"
    assert code_of(written(image(), "PNG"), max_bytes=100) == "too_large"


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "LA", "1", "I;16"])
def test_pictures_of_other_kinds_of_pixels_become_plain_ones(mode: str) -> None:
    if mode == "I;16":
        data = written(Image.new("I;16", (300, 200), 32_896), "PNG")
    else:
        data = written(image((300, 200), mode), "JPEG" if mode == "CMYK" else "PNG")
    made = pictures.clean(data)
    found = opened(made.content).convert("RGB")
    assert found.size == (300, 200)
    if mode == "I;16":
        assert found.getpixel((10, 10)) == (128, 128, 128)
    if mode in ("CMYK", "P", "RGBA"):
        red, green, blue = found.getpixel((10, 10))  # type: ignore[misc]
        assert red > 150
        assert max(green, blue) < 60


def test_what_is_transparent_becomes_white_in_every_format() -> None:
    clear = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    made = pictures.clean(written(clear, "PNG"))
    for content in (made.content, *(variant.content for variant in made.variants)):
        found = opened(content)
        assert found.mode == "RGB"
        assert min(found.getpixel((150, 100))) >= 253  # type: ignore[arg-type, type-var]


def test_colours_of_a_profile_are_converted() -> None:
    """Lab has no RGB in it: its profile is left out. A profile that fits is applied."""
    broken = written(image(), "PNG", icc_profile=b"not a profile")
    fits = written(image(), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    other = written(image(), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    masters = {pictures.clean(data).sha256 for data in (broken, fits, other)}
    assert len(masters) == 1


def test_what_we_drew_is_kept_pixel_by_pixel() -> None:
    drawn = image((900, 400))
    made = pictures.clean_image(drawn)
    assert made.media_type == "image/png"
    assert opened(made.content).tobytes() == drawn.tobytes()
