"""The record that would be published: the same as the one that is, and nowhere before that."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from articles.models import Claim, Head, PublishedClaim, Record
from articles.services import translations
from articles.services.verification import previews
from articles.services.verification.publishing import Correction
from lib.refusals import NotNowError
from tests import newsroom

pytestmark = pytest.mark.django_db
#: What a record has from its moment or its place in the log.
OF_THE_MOMENT = {"salt", "published_at", "first_published_at"}


def test_the_preview_is_the_record_that_is_published_then(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people, topics=["bridges"])
    shown = previews.preview(claim, at=timezone.now())
    newsroom.take(claim, "publish", people.editor)
    record = newsroom.record_of(claim)
    stored = record.document()
    assert {key for key in stored | shown.document if stored.get(key) != shown.document.get(key)} <= OF_THE_MOMENT
    row = PublishedClaim.objects.get()
    columns = ("slug", "rating_key", "summary", "topics", "articles", "sources", "addresses", "revision")
    assert {name: _as_text(getattr(shown.row, name)) for name in columns} == {
        name: _as_text(getattr(row, name)) for name in columns
    }


def _as_text(value: object) -> object:
    return [str(item) for item in value] if isinstance(value, list) else str(value)


def test_a_preview_stores_nothing(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    before = Head.objects.get().root
    previews.preview(claim, at=timezone.now())
    assert (Head.objects.get().root, Record.objects.count(), PublishedClaim.objects.count()) == (before, 0, 0)
    assert Claim.objects.get().version == claim.version


def test_a_draft_without_a_verdict_has_a_preview_that_says_so(people: SimpleNamespace) -> None:
    shown = previews.preview(newsroom.draft(people.reporter), at=timezone.now())
    assert shown.lacks_verdict
    assert (shown.document["verdict"]["rating"]["label"], shown.row.rating_tone) == ("No verdict yet", "open")


def test_a_correction_is_shown_with_its_note_even_when_its_severity_does_not_fit(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    assert previews.preview(claim, at=timezone.now()).document["kind"] == "updated"
    for severity in ("minor", "verdict", ""):
        shown = previews.preview(claim, at=timezone.now(), correction=Correction(severity, "It was 2018."))
        said = shown.document["corrections"][0]
        assert (shown.document["kind"], said["severity"], said["note"]) == ("corrected", "minor", "It was 2018.")
    changed = newsroom.propose(claim, people.reporter, rating="false", summary="It cost twenty.")
    shown = previews.preview(changed, at=timezone.now(), correction=Correction("minor", "It was 20."))
    assert shown.document["corrections"][0]["severity"] == "verdict"
    assert previews.preview(changed, at=timezone.now()).document["kind"] == "updated"


def test_a_translation_of_a_claim_that_was_never_public_has_none(people: SimpleNamespace) -> None:
    original = newsroom.published(people)
    claim = translations.begin(
        original=original, language="tr", text="Köprü", summary="Doğru.", by=people.reporter, at=newsroom.AT
    )
    assert previews.preview(claim, at=timezone.now()).document["translation_of"]["id"] == str(original.pk)
    PublishedClaim.objects.all().delete()
    with pytest.raises(NotNowError, match="original of this translation is not public"):
        previews.preview(claim, at=timezone.now())
