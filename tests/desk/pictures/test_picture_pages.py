"""The picture of a claim at the desk: the claim page's part, the page on which one is chosen, charts."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Capture, Claim, LeadPicture, Picture
from articles.picture_choices import PictureKind
from articles.services.evidence import captures, evidence
from tests import newsroom
from tests.articles.pictures import SCRIPT, image
from tests.desk.pages import page_of, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.complete(people.reporter)


def act(people: SimpleNamespace, claim: Claim, method: str = "patch", **body: Any) -> Any:
    address = reverse("admin:articles_claim_picture_act", args=[claim.pk])
    client = signed_in(people.reporter)
    return getattr(client, method)(address, json.dumps(body), content_type="application/json")


def send(people: SimpleNamespace, claim: Claim, data: bytes, name: str = "a.png", **fields: Any) -> Any:
    address = reverse("admin:articles_claim_picture_act", args=[claim.pk])
    file = SimpleUploadedFile(name, data)
    return signed_in(people.reporter).post(address, {"version": claim.version, "file": file, **fields})


def choose(people: SimpleNamespace, claim: Claim, **fields: Any) -> Any:
    address = reverse("admin:articles_claim_picture", args=[claim.pk])
    return signed_in(people.reporter).post(address, {"version": claim.version, **fields})


def now(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def test_a_picture_is_uploaded_described_and_removed(people: SimpleNamespace, claim: Claim) -> None:
    answer = send(people, claim, image("PNG", size=(400, 300)), "bridge.jpg")
    assert answer.status_code == 201, answer.content
    assert answer.json() == {"version": now(claim).version}
    page = signed_in(people.reporter).get(page_of(claim)).content.decode()
    assert Picture.objects.get().sha256 in page
    assert "Alt text of the picture" in page
    said = {"alt": "The bridge", "credit": "Ana Lind", "licence": "My own words", "focus": "top", "is_stamped": True}
    assert act(people, claim, version=now(claim).version, **said).status_code == 200
    row = LeadPicture.objects.get()
    assert {name: getattr(row, name) for name in said} == said
    assert act(people, claim, "delete", version=now(claim).version).status_code == 200
    assert not LeadPicture.objects.exists()


@pytest.mark.parametrize(("data", "code"), [(SCRIPT, "kind"), (b"", "empty"), (image("PNG", size=(1, 1)), "too_small")])
def test_what_is_no_picture_is_refused_beside_the_field(
    people: SimpleNamespace, claim: Claim, data: bytes, code: str
) -> None:
    answer = send(people, claim, data)
    assert answer.status_code == 400
    assert [(error["attr"], error["code"]) for error in answer.json()["errors"]] == [("file", code)]
    assert now(claim).version == claim.version


def test_a_text_that_is_too_long_is_refused_and_a_stale_version_conflicts(
    people: SimpleNamespace, claim: Claim
) -> None:
    send(people, claim, image("PNG", size=(400, 300)))
    said = {"alt": "a" * 301, "credit": "", "licence": "", "focus": "", "is_stamped": False}
    refused = act(people, claim, version=now(claim).version, **said)
    assert [error["attr"] for error in refused.json()["errors"]] == ["alt"]
    assert act(people, claim, version=claim.version, **{**said, "alt": "A bridge"}).status_code == 409
    assert send(people, claim, image("PNG", size=(400, 300))).status_code == 409


def test_a_picture_that_is_here_is_chosen_without_a_script(people: SimpleNamespace, claim: Claim) -> None:
    send(people, claim, image("PNG", size=(400, 300)))
    other = newsroom.complete(people.reporter)
    page = signed_in(people.reporter).get(reverse("admin:articles_claim_picture", args=[other.pk])).content.decode()
    sha256 = Picture.objects.get().sha256
    assert f'name="picture" value="{sha256}"' in page
    assert choose(people, other, act="choose", picture=sha256).status_code == 302
    assert other.lead_picture.picture.sha256 == sha256
    assert choose(people, now(other), act="remove").status_code == 302
    assert not LeadPicture.objects.filter(claim=other).exists()


def copied(people: SimpleNamespace, claim: Claim, **source: Any) -> Capture:
    """A kept copy of a new source that the claim cites."""
    row = newsroom.source(people.reporter, **source)
    file = captures.checked(image("PNG", size=(400, 300)), name="post.png")
    capture = captures.keep_file(source=row, file=file, by=people.reporter, at=newsroom.AT)
    said = {"source": row, "stance": "context", "capture": capture}
    evidence.add(claim=claim, by=people.reporter, at=newsroom.AT, version=now(claim).version, **said)
    return capture


def test_an_image_among_the_kept_copies_becomes_the_picture_with_its_stamp_and_words(
    people: SimpleNamespace, claim: Claim
) -> None:
    capture = copied(people, claim)
    assert f'data-picture-capture="{capture.pk}"' in signed_in(people.reporter).get(page_of(claim)).content.decode()
    assert choose(people, now(claim), act="capture", capture=capture.pk).status_code == 302
    row = LeadPicture.objects.select_related("picture").get()
    assert (row.picture.kind, row.is_stamped, row.focus) == (PictureKind.CAPTURED, False, "top")
    assert row.picture.height > 300
    assert row.alt.startswith("Screenshot: Minutes")
    assert row.credit == "City of Lindholm"
    assert choose(people, now(claim), act="capture", capture=10**8).status_code == 404


def test_a_copy_of_the_page_with_the_claim_gets_the_verdict_on_it(people: SimpleNamespace) -> None:
    url = "https://social.example/posts/7"
    claim = newsroom.complete(people.reporter, origin_kind="post", origin_url=url)
    capture = copied(people, claim, url=url)
    answer = act(people, claim, "post", version=now(claim).version, capture=capture.pk)
    assert answer.status_code == 201, answer.content
    assert LeadPicture.objects.get().is_stamped


def test_a_copy_of_a_confidential_source_is_nowhere_offered_and_not_taken(
    people: SimpleNamespace, claim: Claim
) -> None:
    capture = copied(people, claim, is_confidential=True, public_description="An official")
    client = signed_in(people.reporter)
    for page in (page_of(claim), reverse("admin:articles_claim_picture", args=[claim.pk])):
        shown = client.get(page).content.decode()
        assert f'value="{capture.pk}"' not in shown.partition('id="picture-captures"')[2].partition("</section>")[0]
        assert "data-picture-capture" not in shown
    text = reverse("admin:articles_claim_picture_text", args=[claim.pk])
    assert client.get(text).json() == {"captures": []}
    assert choose(people, now(claim), act="capture", capture=capture.pk).status_code == 404
    assert client.post(text, {"capture": capture.pk}, content_type="application/json").status_code == 404
    assert not Picture.objects.exists()


def test_a_copy_is_offered_for_the_explanation_with_words_to_start_from(people: SimpleNamespace, claim: Claim) -> None:
    capture = copied(people, claim)
    address = reverse("admin:articles_claim_picture_text", args=[claim.pk])
    client = signed_in(people.reporter)
    (offered,) = client.get(address).json()["captures"]
    assert offered["id"] == capture.pk
    assert offered["alt"].startswith("Screenshot: Minutes")
    version = now(claim).version
    kept = client.post(address, {"capture": capture.pk}, content_type="application/json")
    assert kept.status_code == 201, kept.content
    assert kept.json()["src"].startswith(f"/pictures/{Picture.objects.get().sha256}/")
    assert now(claim).version == version
    assert client.post(address, {"capture": "x"}, content_type="application/json").status_code == 404


CHART = {"act": "chart", "kind": "bar", "title": "Cost of the bridge", "unit": "million", "source": "City minutes"}


def test_a_chart_is_drawn_from_rows_and_says_its_figures_in_the_alt_text(people: SimpleNamespace, claim: Claim) -> None:
    assert choose(people, claim, figures="As said; 12\nMinutes\t12,5\n\n", **CHART).status_code == 302
    row = LeadPicture.objects.select_related("picture").get()
    assert row.picture.kind == PictureKind.DRAWN
    assert row.picture.figures["rows"] == [["As said", "12\u00a0million"], ["Minutes", "12,5\u00a0million"]]
    assert row.alt == "Cost of the bridge: As said 12\u00a0million; Minutes 12,5\u00a0million."
    assert row.credit == "City minutes"


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("As said; twelve\nMinutes; 12", "“twelve” in row 1 is not a number"),
        ("As said; 1\nMinutes; 1e309", "row 2 is too large"),
        ("As said; nan\nMinutes; 12", "“nan” in row 1 is not a number"),
        ("As said; 12", "needs 2 to 12 figures; there are 1"),
        ("\n".join(f"{n}; {n}" for n in range(60)), "needs 2 to 12 figures; there are 60"),
        ("only words\nMinutes; 12", "Row 1 has no label and number"),
        ("a" * 61 + "; 1\nMinutes; 12", "label in row 1 is too long"),
        ("", "This field is required"),
    ],
)
def test_figures_that_make_no_chart_are_refused_and_stay_in_the_form(
    people: SimpleNamespace, claim: Claim, figures: str, words: str
) -> None:
    answer = choose(people, claim, figures=figures, **CHART)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert "Cost of the bridge" in page
    assert not Picture.objects.exists()


def test_pictures_are_for_people_of_the_desk(people: SimpleNamespace, claim: Claim, client: Any) -> None:
    send(people, claim, image("PNG", size=(400, 300)))
    address = reverse("admin:pictures_file", args=[Picture.objects.get().sha256, 320, "avif"])
    found = signed_in(people.checker).get(address)
    assert (found.status_code, found["Content-Type"]) == (200, "image/avif")
    assert client.get(address).status_code == 302
    assert signed_in(people.checker).get(address.replace("320", "999")).status_code == 404


def test_the_preview_shows_the_picture_before_readers_can_have_it(
    people: SimpleNamespace, claim: Claim, client: Any
) -> None:
    send(people, claim, image("PNG", size=(400, 300)))
    sha256 = Picture.objects.get().sha256
    shown = signed_in(people.checker).get(reverse("admin:articles_claim_preview_frame", args=[claim.pk]))
    assert f"/admin/pictures/{sha256}/400.jpg" in shown.content.decode()
    assert client.get(f"/pictures/{sha256}/400.jpg").status_code == 404
