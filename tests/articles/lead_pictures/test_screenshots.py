"""The image of a kept copy as a picture: stamped, described, and never of a confidential source."""

from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from accounts.models import User
from articles.models import Capture, Claim, Picture
from articles.picture_choices import PictureKind
from articles.services.evidence import captures
from articles.services.pictures import screenshots, storage
from articles.services.pictures.storage import UnusablePictureError
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.articles.pictures import image, opened

pytestmark = pytest.mark.django_db
SIZE = (800, 400)


def kept_copy(by: User, data: bytes | None = None, *, name: str = "post.png", **source: Any) -> Capture:
    """A copy of a new source."""
    file = captures.checked(data or image("PNG", size=SIZE), name=name)
    return captures.keep_file(source=newsroom.source(by, **source), file=file, by=by, at=newsroom.AT)


def shot(capture: Capture, claim: Claim, by: User) -> screenshots.Screenshot:
    return screenshots.from_capture(capture, claim=claim, by=by, at=newsroom.AT)


def test_the_stamp_stands_below_the_image_and_the_same_copy_is_one_picture(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    capture = kept_copy(people.reporter)
    first, second = shot(capture, claim, people.reporter), shot(capture, claim, people.checker)
    assert first.picture.pk == second.picture.pk
    kept = Picture.objects.get()
    assert kept.kind == PictureKind.CAPTURED
    assert kept.width == SIZE[0]
    assert kept.height > SIZE[1]
    pixels = opened(bytes(kept.content)).convert("RGB")
    assert pixels.crop((0, 0, *SIZE)).tobytes() == Image.new("RGB", SIZE, "red").tobytes()
    assert len(pixels.crop((0, SIZE[1], *pixels.size)).getcolors(100_000) or []) > 10, "words are drawn"


def test_the_plain_file_uploaded_later_is_another_picture(people: SimpleNamespace) -> None:
    capture = kept_copy(people.reporter)
    stamped = shot(capture, newsroom.draft(people.reporter), people.reporter).picture
    assert capture.attachment is not None
    content = type(capture.attachment).objects.values_list("content", flat=True).get(pk=capture.attachment.pk)
    plain = storage.upload(bytes(content), by=people.reporter, at=newsroom.AT)
    assert plain.pk != stamped.pk
    assert plain.height == SIZE[1]


def test_the_stamp_has_the_address_the_time_in_utc_and_the_beginning_of_the_hash(people: SimpleNamespace) -> None:
    capture = kept_copy(people.reporter, url="https://city.example/minutes/4?page=2#top")
    address, known = screenshots.stamp(capture)
    assert address == "city.example/minutes/4?page=2"
    assert known == f"{newsroom.AT:%Y-%m-%d %H:%M} UTC · SHA-256 {capture.sha256[:16]}"
    assert screenshots.stamp(kept_copy(people.reporter, url="", title="Minutes, on paper")) == [
        "Minutes, on paper",
        known,
    ]
    assert screenshots.stamp(kept_copy(people.reporter, url="", title="新桥")) == [known]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://city.example/", "city.example"),
        ("https://name:secret@city.example:8443/a", "city.example:8443/a"),
        ("https://münchen.example/straße", "xn--mnchen-3ya.example/straße"),
        ("https://city.example/\u202etxt.exe", "city.example/%E2%80%AEtxt.exe"),
        ("https://city.example/محضر", "city.example/%D9%85%D8%AD%D8%B6%D8%B1"),
        ("https://city.example/a b\u200b", "city.example/a%20b%E2%80%8B"),
        ("https://[broken/a", "https://%5Bbroken/a"),
        ("", ""),
    ],
)
def test_an_address_is_written_so_that_nothing_in_it_hides_or_runs_backwards(url: str, shown: str) -> None:
    assert screenshots.readable_address(url) == shown


def test_an_address_in_letters_that_no_font_has_is_written_as_it_is_sent(people: SimpleNamespace) -> None:
    capture = kept_copy(people.reporter, url="https://city.example/新桥")
    assert shot(capture, newsroom.draft(people.reporter), people.reporter).picture.pk


def test_the_proposed_words_are_in_the_language_of_the_claim_and_fit_their_fields(people: SimpleNamespace) -> None:
    capture = kept_copy(people.reporter, title="Minutes " * 35, publisher="City of Lindholm")
    english = shot(capture, newsroom.draft(people.reporter), people.reporter)
    russian = shot(capture, newsroom.draft(people.reporter, language="ru"), people.reporter)
    assert english.alt.startswith("Screenshot: Minutes")
    assert len(english.alt) <= 300
    assert english.alt.endswith(".")
    assert russian.alt.startswith("Снимок экрана")
    assert english.credit == "City of Lindholm"


def test_the_verdict_goes_on_a_copy_of_the_page_with_the_claim_and_not_on_other_evidence(
    people: SimpleNamespace,
) -> None:
    origin = {"origin_kind": "post", "origin_url": "https://social.example/posts/7"}
    claim = newsroom.draft(people.reporter, **origin)
    post = kept_copy(people.reporter, url="https://www.social.example/posts/7/?utm_source=x")
    assert shot(post, claim, people.reporter).shows_claim
    assert not shot(kept_copy(people.reporter), claim, people.reporter).shows_claim
    assert not shot(kept_copy(people.reporter, url=""), newsroom.draft(people.reporter), people.reporter).shows_claim


def test_no_picture_is_made_of_a_confidential_source_a_page_or_by_somebody_who_only_reads(
    people: SimpleNamespace,
) -> None:
    claim = newsroom.draft(people.reporter)
    secret = kept_copy(people.reporter, is_confidential=True, public_description="An official")
    page = captures.keep_text(source=newsroom.source(people.reporter), text="Words", by=people.reporter, at=newsroom.AT)
    for capture, code in ((secret, "confidential"), (page, "no_image")):
        with pytest.raises(UnusablePictureError) as caught:
            shot(capture, claim, people.reporter)
        assert caught.value.code == code
    with pytest.raises(NotAllowedError):
        shot(kept_copy(people.reporter), claim, User.objects.create_user("reader"))
    assert not Picture.objects.exists()
