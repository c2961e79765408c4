"""Pictures in a browser: the panel of the claim's page and the explanation's dialog, and files that are no pictures."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from articles.models import Claim, LeadPicture, Picture
from articles.services.evidence import captures, evidence
from tests import newsroom
from tests.articles.pictures import image
from tests.axe import change_look, violations
from tests.desk.browser import sign_in
from tests.desk.claims.test_unsaved_browser import KEPT
from tests.desk.pages import page_of
from tests.lib.pictures.test_pictures import png_header, with_gps, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
Opened = Callable[..., Page]

VIDEO = b"\0\0\0\x20ftypisom" + b"\0" * 40_000_000
BAD: dict[str, tuple[str, bytes, str]] = {
    "one pixel": ("a.png", image("PNG", size=(1, 1)), "1 × 1 pixels"),
    "900 megapixels": ("a.png", png_header(30_000, 30_000), "more than 40 megapixels"),
    "animated": (
        "a.gif",
        written(
            Image.new("RGB", (200, 200), "red"),
            "GIF",
            save_all=True,
            append_images=[Image.new("RGB", (200, 200), "blue")],
        ),
        "animated",
    ),
    "a video": ("a.mp4", VIDEO, "not a picture"),
    "a video with another name": ("a.jpg", VIDEO, "larger than 12 MB"),
    "a small video with another name": ("a.jpg", VIDEO[:100_000], "a video"),
}


@pytest.fixture
def opened(people: SimpleNamespace, live_server: Any, chrome: Browser) -> Opened:
    """A claim's page. Errors of scripts fail the test."""

    def open_page(claim: Claim) -> Page:
        context = chrome.new_context(viewport={"width": 1280, "height": 900})
        sign_in(context, "reporter")
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(live_server.url + page_of(claim))
        page.wait_for_selector(".claim-ready")
        return page

    return open_page


def with_copy(people: SimpleNamespace) -> Claim:
    """A claim that cites a source with a kept screenshot."""
    claim = newsroom.in_stage("checking", people)
    source = newsroom.source(people.reporter)
    file = captures.checked(image("PNG", size=(400, 300)), name="post.png")
    capture = captures.keep_file(source=source, file=file, by=people.reporter, at=newsroom.AT)
    act: dict[str, Any] = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
    return evidence.add(claim=claim, source=source, stance="context", capture=capture, **act).claim


def file(name: str, data: bytes, folder: Path) -> str:
    """A file on disk: a browser takes large ones from there alone."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def check_by_axe(page: Page) -> None:
    assert violations(page) == []
    change_look(page, is_dark=True)
    assert violations(page, asked="colours") == []
    change_look(page)


def photograph() -> bytes:
    return written(Image.new("RGB", (400, 300), "green"), "JPEG", exif=with_gps())


def test_the_panel_says_what_is_wrong_with_a_file_and_keeps_what_is_typed(
    people: SimpleNamespace, opened: Opened, tmp_path: Path
) -> None:
    page = opened(newsroom.in_stage("checking", people))
    page.set_input_files("#picture-file", file("photo.jpg", photograph(), tmp_path))
    page.wait_for_selector("[data-picture-field=alt] textarea")
    page.fill("[data-picture-field=alt] textarea", "The bridge from the south")
    page.fill("#id_summary", "Not saved yet")
    for name, data, words in BAD.values():
        page.set_input_files("#picture-file", file(name, data, tmp_path))
        page.wait_for_selector(f"[data-picture-status]:has-text('{words}')")
    assert page.input_value("[data-picture-field=alt] textarea") == "The bridge from the south"
    check_by_axe(page)
    page.fill("[data-picture-field=credit] input", "x" * 250)
    page.evaluate("document.querySelector('[data-picture-field=alt] textarea').value = 'a'.repeat(301)")
    page.click("[data-picture-save]")
    page.wait_for_selector("[data-picture-field=alt] [data-picture-error]:has-text('300')")
    assert page.get_attribute("[data-picture-field=alt] textarea", "aria-invalid") == "true"
    page.fill("[data-picture-field=alt] textarea", "The bridge")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.click("[data-picture-save]")
    row = LeadPicture.objects.select_related("picture").get()
    assert row.alt == "The bridge"
    assert not Image.open(io.BytesIO(bytes(row.picture.content))).getexif()
    assert page.input_value("#id_summary") == "Not saved yet"
    page.wait_for_selector(KEPT)


def test_one_click_on_evidence_makes_the_picture_with_an_alt_text(people: SimpleNamespace, opened: Opened) -> None:
    claim = with_copy(people)
    page = opened(claim)
    page.click("#picture-group [data-picture-capture]")
    page.wait_for_selector("#mark-status:has-text('Picture saved')")
    assert page.input_value("[data-picture-field=alt] textarea").startswith("Screenshot: Minutes")
    assert LeadPicture.objects.get().alt.startswith("Screenshot: Minutes")
    check_by_axe(page)


def dialog(page: Page) -> None:
    page.click("#explanation-open")
    page.wait_for_selector(".ProseMirror:focus")
    page.click("[data-tool=picture]")
    page.wait_for_selector("dialog [name=file]")


def test_the_dialog_says_what_is_wrong_beside_each_field_and_keeps_what_is_typed(
    people: SimpleNamespace, opened: Opened, tmp_path: Path
) -> None:
    page = opened(newsroom.in_stage("checking", people))
    dialog(page)
    done = "dialog .desk-button-primary"
    page.click(done)
    for name, words in {"file": "Choose a picture", "alt": "Describe", "credit": "Say who"}.items():
        assert words in page.inner_text(f"#explanation-picture-{name}-error")
        assert page.get_attribute(f"dialog [name={name}]", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == "file"
    check_by_axe(page)
    page.fill("dialog [name=alt]", "The bridge from the south")
    page.fill("dialog [name=credit]", "Ana Lind")
    for name, data, words in BAD.values():
        page.set_input_files("dialog [name=file]", file(name, data, tmp_path))
        page.click(done)
        page.wait_for_selector(f"#explanation-picture-file-error:has-text('{words}')")
        assert page.inner_text("#explanation-picture-alt-error") == ""
    assert page.input_value("dialog [name=alt]") == "The bridge from the south"
    assert page.input_value("dialog [name=credit]") == "Ana Lind"
    page.set_input_files("dialog [name=file]", file("photo.jpg", photograph(), tmp_path))
    page.click(done)
    page.wait_for_selector(".ProseMirror figure img")
    assert 'alt="The bridge from the south"' in page.input_value("#id_explanation_html")
    assert not Image.open(io.BytesIO(bytes(Picture.objects.get().content))).getexif()
    page.wait_for_selector(KEPT)


def test_the_dialog_offers_kept_copies_with_words_that_can_be_changed(people: SimpleNamespace, opened: Opened) -> None:
    page = opened(with_copy(people))
    dialog(page)
    page.wait_for_selector("dialog [name=capture]")
    page.select_option("dialog [name=capture]", index=1)
    assert page.input_value("dialog [name=alt]").startswith("Screenshot: Minutes")
    assert page.input_value("dialog [name=credit]") == "City of Lindholm"
    page.fill("dialog [name=alt]", "The minutes, with the sum marked")
    page.select_option("dialog [name=capture]", index=0)
    page.select_option("dialog [name=capture]", index=1)
    assert page.input_value("dialog [name=alt]") == "The minutes, with the sum marked"
    check_by_axe(page)
    page.click("dialog .desk-button-primary")
    page.wait_for_selector(".ProseMirror figure img")
    typed = page.input_value("#id_explanation_html")
    assert f"/pictures/{Picture.objects.get().sha256}/" in typed
    assert 'alt="The minutes, with the sum marked"' in typed
    page.wait_for_selector(KEPT)
