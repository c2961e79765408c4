"""Files are what their bytes say; images come in as their pixels alone. No database."""

import contextlib
import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles import attachments
from articles.attachments import AttachmentError, Checked, check
from articles.choices import MediaType
from tests.articles.pictures import PDF, SCRIPT, image, opened, photograph

MB = 1024 * 1024


def checked(data: bytes, name: str = "photo.png", **limits: int) -> Checked:
    return check(data, name=name, **{"max_bytes": MB, **limits})


def code_of(data: bytes, **limits: int) -> str:
    with pytest.raises(AttachmentError) as refused:
        checked(data, **limits)
    assert str(refused.value).endswith(".")
    return refused.value.code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photographs_location_and_camera_are_removed(form: str) -> None:
    data = photograph(form)
    assert b"Spycam" in data
    kept = checked(data)
    found = opened(kept.content)
    assert b"Spycam" not in kept.content
    assert dict(found.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & set(found.info)
    assert found.size == (30, 40), "it stands upright, as its EXIF said"
    assert (kept.media_type, kept.received_sha256) == (f"image/{form.lower()}", hashlib.sha256(data).hexdigest())
    assert kept.sha256 == hashlib.sha256(kept.content).hexdigest()


def test_removing_metadata_keeps_the_pixels() -> None:
    picture = Image.effect_noise((64, 48), 60)
    made = io.BytesIO()
    picture.save(made, "PNG")
    assert opened(checked(made.getvalue()).content).tobytes() == picture.tobytes()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_data_after_an_images_end_and_in_its_comments_is_removed(form: str) -> None:
    kept = checked(image(form) + SCRIPT)
    assert b"script" not in kept.content
    assert opened(kept.content).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_pixel_format_is_accepted(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(checked(image(form, mode=mode)).content).size == (40, 30)


def test_an_animated_image_keeps_its_frames() -> None:
    made = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (i * 40, 0, 0)) for i in range(5)]
    frames[0].save(
        made, "GIF", save_all=True, append_images=frames[1:], duration=[50, 60, 70, 80, 90], comment=b"Spycam"
    )
    kept = checked(made.getvalue())
    found = Image.open(io.BytesIO(kept.content))
    assert (kept.media_type, found.n_frames) == (MediaType.GIF, 5)
    assert b"Spycam" not in kept.content


def test_a_pdf_is_stored_unchanged() -> None:
    kept = checked(PDF, "minutes.PDF")
    assert (kept.content, kept.media_type, kept.name) == (PDF, MediaType.PDF, "minutes.pdf")


BAD = {
    "nothing": (b"", "empty"),
    "an archive that says it is an image": (b"PK\x03\x04" + b"\x00" * 60, "kind"),
    "a page": (SCRIPT, "kind"),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "kind"),
    "the same behind a comment": (b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg><svg/>', "kind"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 60, "kind"),
    "letters": (b"GIF of a cat", "kind"),
    "a PDF behind something else": (b"\x00" + PDF, "kind"),
    "half a PDF": (PDF[:40], "broken"),
    "half an image": (image("PNG", size=(400, 300))[:200], "broken"),
    "the head of an image and a zip": (b"\x89PNG\r\n\x1a\nPK\x03\x04" + b"\x00" * 60, "broken"),
    "a JPEG that is none": (b"\xff\xd8\xff\xe0" + SCRIPT, "broken"),
    "a GIF that is a script": (b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)//", "broken"),
}


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_an_unsupported_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_an_svg_is_refused_with_advice_to_convert_it() -> None:
    with pytest.raises(AttachmentError, match=r"can hold scripts\. Save it as PNG"):
        checked(b"<svg/>")


def test_an_image_of_too_many_pixels_is_refused_before_decoding() -> None:
    bomb = image("PNG", mode="1", size=(10_001, 10_000))
    assert len(bomb) < 50_000
    assert code_of(bomb) == "too_many_pixels"
    assert code_of(image("PNG", size=(101, 100)), max_pixels=10_000) == "too_many_pixels"


def test_the_pixel_limit_counts_every_frame() -> None:
    made = io.BytesIO()
    frames = [Image.new("L", (50, 50), i) for i in range(9)]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    assert code_of(made.getvalue(), max_pixels=20_000) == "too_many_pixels"


def test_a_file_above_the_size_limit_is_refused() -> None:
    assert code_of(PDF + b" " * 100, max_bytes=len(PDF)) == "too_large"
    assert checked(PDF, max_bytes=len(PDF)).content == PDF


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\report.exe", "report.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "abSet-Cookie x=1.pdf"),
        ("протокол № 4.PDF", "протокол № 4.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_stored_file_name_has_the_extension_of_its_type_and_no_path(name: str, kept: str) -> None:
    assert attachments.named(name, MediaType.PDF) == kept


def test_an_html_page_is_stored_as_text() -> None:
    kept = attachments.keep_page(SCRIPT, name="index.html", is_html=True)
    assert (kept.content, kept.name) == (SCRIPT, "index.html.txt")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
def test_a_damaged_image_is_decoded_or_refused_with_a_reason(form: str, data: st.DataObject) -> None:
    whole = bytearray(image(form))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(AttachmentError):  # anything else that is raised fails the test
        assert opened(checked(bytes(whole)).content)
