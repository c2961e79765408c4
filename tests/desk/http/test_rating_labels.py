"""Labels of ratings at the desk: in the language of who works there, wherever one chooses or reads them."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from articles import rating_words
from articles.models import Claim
from articles.services.library import rating_translations
from articles.services.library.rating_translations import Translated
from notifications.services import preferences
from tests import newsroom
from tests.desk.pages import page_of, signed_in, text_of

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
LIST, SCALE = "/admin/articles/claim/", "/admin/articles/rating/"
WRITTEN, SAID, OWN = "Misleading", "Вводит в заблуждение", "Искажение"


@pytest.fixture(autouse=True)
def _no_other_test_knows_the_words() -> Iterator[None]:
    yield
    rating_words.follow(rating_words.NO_STAMP, dict)


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.in_stage("review", people, rating="misleading")


@pytest.fixture
def client(people: SimpleNamespace) -> Client:
    """Of somebody who works in Russian."""
    preferences.choose(user=people.editor, choices={}, language="ru")
    return signed_in(people.editor)


def test_pages_of_a_claim_say_the_rating_in_the_persons_language(claim: Claim, client: Client) -> None:
    for address in (
        LIST,
        page_of(claim),
        reverse("admin:articles_claim_review", args=[claim.pk]),
        f"{LIST}?rating=misleading",
    ):
        page = text_of(client.get(address))
        assert SAID in page, address
        assert WRITTEN not in page, address


def test_the_desk_of_somebody_else_stays_as_it_was(claim: Claim, client: Client, people: SimpleNamespace) -> None:
    client.get(LIST)
    page = text_of(signed_in(people.checker).get(LIST))
    assert WRITTEN in page
    assert SAID not in page


def test_the_newsrooms_own_word_comes_before_the_products(
    claim: Claim, client: Client, people: SimpleNamespace
) -> None:
    assert SAID in text_of(client.get(LIST))
    given = [Translated("ru", "label", WRITTEN, OWN, 0)]
    rating_translations.translate(given, by=people.editor, at=newsroom.AT)
    client.get(SCALE)  # any page of the desk tells that there are newer words
    assert OWN in text_of(client.get(LIST))
    assert SAID not in text_of(client.get(LIST))


def test_the_scale_itself_is_shown_as_it_is_written(client: Client) -> None:
    assert WRITTEN in text_of(client.get(SCALE))


def test_the_export_has_the_words_of_the_record(claim: Claim, client: Client) -> None:
    rows = b"".join(client.get(f"{LIST}list/export/").streaming_content).decode()
    assert WRITTEN in rows
