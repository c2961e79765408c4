"""Pictures are kept once; the one that leads a claim is bound by its approval and goes into its record."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts.models import User
from articles.models import Change, Claim, LeadPicture, Picture, PictureVariant, PublishedPicture
from articles.selectors.claims import progress
from articles.selectors.log import approved_content
from articles.selectors.readers.pictures import variants
from articles.services import translations
from articles.services.errors import GuardsUnmetError
from articles.services.log import projection
from articles.services.pictures import lead, storage
from articles.services.pictures.storage import UnusablePictureError
from articles.services.verification import publishing
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.articles.pictures import image

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
SAID = {"alt": "The new bridge from the south bank", "credit": "Photo: Ana Lind", "licence": "CC BY 4.0"}


def picture(by: User, *, size: tuple[int, int] = (400, 300)) -> Picture:
    """A picture that somebody uploaded."""
    return storage.upload(image("PNG", size=size), by=by, at=newsroom.AT)


def led(claim: Claim, by: User, **fields: Any) -> Claim:
    """The claim with a picture."""
    said = {**SAID, **fields}
    return lead.put(claim=claim, picture=picture(by), by=by, at=newsroom.AT, version=claim.version, **said).claim


def published(claim: Claim, people: SimpleNamespace) -> Claim:
    """The claim after its way through review, approval and publication."""
    claim = newsroom.take(claim, "submit", people.reporter)
    claim = newsroom.take(claim, "approve", people.checker)
    return newsroom.take(claim, "publish", people.editor)


def test_a_picture_is_kept_once_under_its_hash_with_its_sizes(people: SimpleNamespace) -> None:
    first, second = picture(people.reporter), picture(people.checker)
    assert first.pk == second.pk
    kept = Picture.objects.get()
    assert hashlib.sha256(bytes(kept.content)).hexdigest() == kept.sha256
    assert PictureVariant.objects.filter(picture=kept).count() == 6
    assert Change.objects.filter(table="articles_picture").count() == 1
    assert "content" not in Change.objects.get(table="articles_picture").after


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_two_people_upload_the_same_picture_at_once(people: SimpleNamespace) -> None:
    def one(by: User) -> int:
        try:
            return picture(by).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(one, [people.reporter, people.checker]))
    assert len(found) == Picture.objects.count() == 1
    assert PictureVariant.objects.count() == 6


def test_who_may_not_edit_adds_no_picture(people: SimpleNamespace) -> None:
    nobody = User.objects.create_user("nobody", password="x")
    with pytest.raises(NotAllowedError):
        storage.upload(image("PNG", size=(400, 300)), by=nobody, at=newsroom.AT)


def test_what_is_no_picture_is_refused_with_a_reason(people: SimpleNamespace) -> None:
    with pytest.raises(UnusablePictureError, match="scripts") as caught:
        storage.upload(b"<svg><script/></svg>", by=people.reporter, at=newsroom.AT)
    assert caught.value.code == "kind"
    assert not Picture.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE articles_picture SET width = 1", "DELETE FROM articles_picture"])
def test_a_picture_is_never_changed(people: SimpleNamespace, statement: str) -> None:
    picture(people.reporter)
    with pytest.raises(DatabaseError, match="keeps every row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_without_alt_text_a_claim_is_not_submitted(people: SimpleNamespace) -> None:
    claim = led(newsroom.complete(people.reporter), people.reporter, alt="", credit="")
    assert {"picture_alt", "picture_credit"} == {unmet.key for unmet in progress.checklist(claim)}
    with pytest.raises(GuardsUnmetError):
        newsroom.take(claim, "submit", people.reporter)
    row = LeadPicture.objects.select_related("claim").get(claim=claim)
    claim = lead.describe(lead=row, by=people.reporter, at=newsroom.AT, version=claim.version, **SAID).claim
    assert progress.checklist(claim) == []
    newsroom.take(claim, "submit", people.reporter)


def test_an_approval_covers_the_picture(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    without = approved_content.sha256(claim)
    claim = led(claim, people.reporter)
    covered = approved_content.sha256(claim)
    row = LeadPicture.objects.select_related("claim").get(claim=claim)
    claim = lead.describe(lead=row, by=people.reporter, at=newsroom.AT, version=claim.version, alt="A bridge").claim
    assert len({without, covered, approved_content.sha256(claim)}) == 3
    claim = lead.take_off(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version)
    assert approved_content.sha256(claim) == without


def test_a_record_names_the_picture_by_its_hash_and_readers_get_it_until_the_retraction(
    people: SimpleNamespace,
) -> None:
    claim = led(newsroom.complete(people.reporter), people.reporter, focus="top")
    kept = Picture.objects.get()
    with pytest.raises(variants.NoPictureError):
        variants.content(kept.sha256, width=400, ending="jpg")
    claim = published(claim, people)
    document = newsroom.record_of(claim).document()
    said = {"sha256": kept.sha256, "width": 400, "height": 300, "focus": "top", **SAID}
    assert document["lead_image"] == said
    assert variants.content(kept.sha256, width=320, ending="avif")
    with pytest.raises(variants.NoPictureError):
        variants.content(kept.sha256, width=640, ending="jpg")
    publishing.retract(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, note="Wrong.")
    assert "lead_image" not in newsroom.record_of(claim).document()
    with pytest.raises(variants.NoPictureError):
        variants.content(kept.sha256, width=320, ending="avif")


def test_a_retraction_leaves_a_picture_that_another_record_names(people: SimpleNamespace) -> None:
    first = published(led(newsroom.complete(people.reporter), people.reporter), people)
    published(led(newsroom.complete(people.reporter), people.reporter), people)
    publishing.retract(claim=first, by=people.editor, at=newsroom.AT, version=first.version, note="Wrong.")
    assert variants.content(Picture.objects.get().sha256, width=320, ending="jpg")


def test_a_replay_of_the_log_names_the_same_pictures(people: SimpleNamespace) -> None:
    published(led(newsroom.complete(people.reporter), people.reporter), people)
    before = list(PublishedPicture.objects.values())
    assert len(before) == 1
    projection.rebuild()
    assert list(PublishedPicture.objects.values()) == before


def test_the_record_of_a_claim_without_a_picture_lacks_the_key(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    assert "lead_image" not in json.loads(bytes(newsroom.record_of(claim).body))


def test_a_translation_needs_an_alt_text_of_its_own(people: SimpleNamespace) -> None:
    original = published(led(newsroom.complete(people.reporter), people.reporter), people)
    claim = translations.begin(
        original=original,
        language="az",
        text="Körpü 12 milyona başa gəlib",
        summary="Doğru",
        by=people.reporter,
        at=newsroom.AT,
    )
    row = LeadPicture.objects.select_related("claim").get(claim=claim)
    assert row.picture == Picture.objects.get()
    unmet = {one.key: one.text for one in progress.checklist(claim)}
    assert "the picture’s alt text" in unmet["translated"]
    claim = lead.describe(
        lead=row, by=people.reporter, at=newsroom.AT, version=claim.version, alt="Cənub sahilindən yeni körpü"
    ).claim
    assert "alt text" not in {one.key: one.text for one in progress.checklist(claim)}.get("translated", "")
