"""The newsroom's own translations of ratings: stored at the desk, used on readers' pages, feeds and the API."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles import rating_words
from articles.models import Change, Rating, RatingTranslation
from articles.selectors.readers import published
from articles.services.library import rating_translations
from articles.services.library.rating_translations import Translated
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
AT = newsroom.AT


@pytest.fixture(autouse=True)
def _no_other_test_knows_the_words() -> Iterator[None]:
    yield
    rating_words.follow(rating_words.NO_STAMP, dict)


def said(words: str, *, language: str = "ru", words_of: str = "Misleading", kind: str = "label", version: int = 0):
    return Translated(language, kind, words_of, words, version)


def translate(people: SimpleNamespace, *given: Translated) -> int:
    return rating_translations.translate(given, by=people.editor, at=AT)


def test_the_newsrooms_word_comes_before_the_products(people: SimpleNamespace) -> None:
    assert rating_words.in_language("Misleading", "ru") == "Вводит в заблуждение"
    assert translate(people, said("Искажение")) == 1
    published.head()
    assert rating_words.in_language("Misleading", "ru-RU") == "Искажение"
    assert rating_words.in_language("Misleading", "tr") != "Искажение"
    assert rating_words.in_each_language("Misleading")["ru"] == "Искажение"
    assert translate(people, said("", version=1)) == 1
    published.head()
    assert rating_words.in_language("Misleading", "ru") == "Вводит в заблуждение"


def test_a_change_is_in_the_history_with_who(people: SimpleNamespace) -> None:
    translate(people, said("Искажение"))
    translate(people, said("Искажено", version=1))
    insert, update = Change.objects.filter(table="articles_ratingtranslation").order_by("id")
    assert (insert.actor, insert.after["said"]) == (people.editor, "Искажение")
    assert (update.before["said"], update.after["said"]) == ("Искажение", "Искажено")


def test_a_translation_sent_twice_is_stored_once(people: SimpleNamespace) -> None:
    assert [translate(people, said("Искажение")) for _twice in range(2)] == [1, 0]
    assert RatingTranslation.objects.get().version == 1


def test_a_translation_made_from_an_older_one_is_refused(people: SimpleNamespace) -> None:
    translate(people, said("Искажение"))
    with pytest.raises(StaleError):
        translate(people, said("Искажено"), said("Yanıltma", language="tr"))
    assert [row.said for row in RatingTranslation.objects.all()] == ["Искажение"]


def test_the_products_own_word_is_not_stored(people: SimpleNamespace) -> None:
    assert translate(people, said("Вводит в заблуждение")) == 0
    assert not RatingTranslation.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (said("Falsch", language="de"), "de_label"),
        (said("я" * 61), "ru_label"),
        (said("я" * 501, kind="definition", words_of="A definition."), "ru_definition"),
        (said("a\x00b"), "ru_label"),
        (said("я", kind="definition", words_of="x" * 501), "ru_definition"),
    ],
)
def test_a_bad_translation_is_refused_at_its_field(people: SimpleNamespace, given: Translated, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        translate(people, given)
    assert list(refused.value.message_dict) == [field]


def test_checkers_translate_nothing(people: SimpleNamespace) -> None:
    with pytest.raises(NotAllowedError):
        rating_translations.translate([said("Искажение")], by=people.checker, at=AT)


def test_readers_see_the_word_and_pages_get_another_tag(people: SimpleNamespace, client: Client) -> None:
    claim = newsroom.published(people, rating="misleading")
    addresses = (f"/ru/claims/{claim.slug}/", "/ru/", "/ru/methodology/", "/ru/claims/?q=bridge")
    before = {address: client.get(address) for address in addresses}
    assert {address: page.status_code for address, page in before.items()} == dict.fromkeys(addresses, 200)
    body = bytes(newsroom.record_of(claim).body)
    verbatim = client.get(f"/api/v1/claims/{claim.pk}/")
    definition = Rating.objects.current().get(key="misleading").definition
    translate(people, said("Искажение"), said("Слова подобраны криво.", kind="definition", words_of=definition))
    for address, page in before.items():
        after = client.get(address, headers={"If-None-Match": page["ETag"]})
        assert (after.status_code, "Искажение" in after.content.decode()) == (200, True), address
    assert "Слова подобраны криво." in client.get(addresses[0]).content.decode()
    assert "Искажение" not in client.get(f"/tr/claims/{claim.slug}/").content.decode()
    assert bytes(newsroom.record_of(claim).body) == body
    again = client.get(f"/api/v1/claims/{claim.pk}/")
    assert (again.content, again["ETag"]) == (verbatim.content, verbatim["ETag"])


def test_the_api_names_the_word(people: SimpleNamespace, client: Client) -> None:
    claim = newsroom.published(people, rating="misleading", language="ru", text="Мост стоил 12 миллионов.")
    google = "/v1alpha1/claims:search?query=%D0%BC%D0%BE%D1%81%D1%82"
    before = [client.get(address)["ETag"] for address in ("/api/v1/ratings/", google)]
    translate(people, said("Искажение"))
    ratings, found = (client.get(address) for address in ("/api/v1/ratings/", google))
    labels = {row["key"]: row["labels"] for row in ratings.json()["results"]}
    assert labels["misleading"]["ru"] == "Искажение"
    assert found.json()["claims"][0]["claimReview"][0]["textualRating"] == "Искажение"
    assert [ratings["ETag"], found["ETag"]] != before
    assert client.get(f"/claims/{claim.slug}.jsonld").json()["reviewRating"]["alternateName"] == "Искажение"


def test_words_are_read_once_for_each_change(people: SimpleNamespace, django_assert_num_queries) -> None:
    with django_assert_num_queries(1, using="readers"):
        published.head()
    translate(people, said("Искажение"))
    with django_assert_num_queries(2, using="readers"):
        published.head()
    with django_assert_num_queries(1, using="readers"):
        published.head()
