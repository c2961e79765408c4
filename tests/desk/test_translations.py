"""Translations on the desk: begun from a published claim, brought up to date, found when they are behind."""

import pytest
from django.urls import reverse

from articles.models import Claim
from articles.services import translations
from tests import newsroom
from tests.newsroom import AT
from tests.readers.conftest import correct, full

pytestmark = pytest.mark.django_db
WORDS = {"language": "ru", "text": "Новый мост обошёлся в 12 миллионов", "summary": "Документы говорят другое."}


def _address(name: str, claim: Claim) -> str:
    return reverse(f"admin:articles_claim_{name}", args=[claim.pk])


def test_a_translation_is_begun_from_a_published_claims_page(client, people):
    original = newsroom.published(people)
    client.force_login(people.reporter)
    assert _address("translate", original) in client.get(_address("change", original)).content.decode()
    asked = client.get(_address("translate", original)).content.decode()
    assert original.text in asked
    answer = client.post(_address("translate", original), WORDS)
    claim = Claim.objects.get(language="ru")
    assert answer["Location"] == _address("change", claim)
    shown = client.get(_address("change", claim)).content.decode()
    assert "A translation of revision 1 of" in shown
    assert _address("change", original) in shown
    assert _address("change", claim) in client.get(_address("change", original)).content.decode()


@pytest.mark.parametrize("language", ["es", "ka", "zh-Hans"])
def test_a_claim_is_translated_into_a_language_that_the_site_does_not_have(client, people, language):
    original = newsroom.published(people)
    client.force_login(people.reporter)
    assert "The minutes show it." in client.get(_address("translate", original)).content.decode()
    client.post(_address("translate", original), WORDS | {"language": language})
    claim = Claim.objects.get(language=language)
    shown = client.get(_address("change", claim)).content.decode()
    assert "The original (English)" in shown
    assert "minutes give the same figure." in shown
    assert "All texts translated" in shown


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        ({"text": ""}, "This field is required"),
        ({"language": "en"}, "not one of the available choices"),
        ({"language": "xx"}, "not one of the available choices"),
        ({"text": "\x00"}, "Null characters are not allowed"),
        ({"summary": "a" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_translated_so_is_said_beside_its_field(client, people, changed, advice):
    original = newsroom.published(people)
    client.force_login(people.reporter)
    answer = client.post(_address("translate", original), WORDS | changed)
    assert answer.status_code == 200
    assert advice in answer.content.decode()
    assert Claim.objects.count() == 1


def test_a_claim_that_is_not_published_says_why_it_is_not_translated(client, people):
    claim = newsroom.in_stage("checking", people)
    client.force_login(people.reporter)
    assert _address("translate", claim) not in client.get(_address("change", claim)).content.decode()
    answer = client.post(_address("translate", claim), WORDS)
    assert "Only what is published is translated" in answer.content.decode()


def test_a_translation_that_is_behind_is_found_and_brought_up_to_date(client, people):
    original = full(people)
    claim = newsroom.translate(
        translations.begin(original=original, by=people.reporter, at=AT, **WORDS), people.reporter
    )
    for transition, by in (("start", people.reporter), ("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, transition, by)
    claim = newsroom.take(claim, "publish", people.editor)
    client.force_login(people.editor)
    behind = reverse("admin:articles_claim_changelist") + "?translations=behind"
    assert claim.text not in client.get(behind).content.decode()
    correct(original, people)
    assert claim.text in client.get(behind).content.decode()
    shown = client.get(_address("change", claim)).content.decode()
    assert "The original is at revision 2 now, rated Misleading." in shown
    assert "Start a re-check to bring it up to date." in shown
    claim = newsroom.take(claim, "recheck", people.editor)
    page = client.get(_address("catch_up", claim))
    client.post(_address("catch_up", claim), {"_version": page.context["desk_version"]})
    assert Claim.objects.get(pk=claim.pk).translated_revision == 2
    client.post(_address("catch_up", claim), {"_version": page.context["desk_version"]})
    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1, "an old page changes nothing"


def test_a_stranger_translates_nothing(client, people):
    original = newsroom.published(people)
    assert client.post(_address("translate", original), WORDS).status_code == 302
    assert (
        client.get(reverse("admin:articles_claim_translate", args=["00000000-0000-0000-0000-000000000000"])).status_code
        == 302
    )
    assert Claim.objects.count() == 1
