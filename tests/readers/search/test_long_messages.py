"""Messages that no address can carry: the form posts, and the answer is the page of results."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from lxml import html

from articles.selectors.readers import matching
from tests import newsroom
from tests.readers.test_reports import text_of

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
TEXT = "The new bridge of Lindholm cost 12 million crowns"
CHAT = "My aunt asks whether the ferry still goes on Sundays, and nobody in the group knows. "


@pytest.fixture
def bridge(people: SimpleNamespace) -> Any:
    claim = newsroom.published(people, text=TEXT)
    newsroom.published(people, text="A tunnel under the river would take nine years to build")
    return claim


def test_the_fields_of_the_front_page_and_the_list_take_messages_of_any_length(client: Client, bridge: Any) -> None:
    for address in ("/", "/claims/", "/az/", "/nowhere/"):
        [field] = html.fromstring(client.get(address).content).xpath("//main//input[@name='q']")
        assert field.get("maxlength") is None
        assert field.getparent().getparent().get("method") == "post"


def test_a_short_search_is_sent_on_to_its_address(client: Client, bridge: Any) -> None:
    answer = client.post("/claims/", {"q": " new bridge ", "rating": ["true", "false"], "from": "", "seal": "x"})
    assert answer.status_code == 303
    assert answer["Location"] == "/claims/?q=new+bridge&rating=true&rating=false"
    assert f"/claims/{bridge.slug}/" in client.get(answer["Location"]).content.decode()
    assert client.post("/ar/claims/", {"q": ""})["Location"] == "/ar/claims/"


def test_a_network_can_search_for_so_many_long_messages(client: Client, bridge: Any, settings: Any) -> None:
    settings.SEARCH_RATE = "2/hour"
    message = CHAT * 100 + TEXT
    answers = [client.post("/claims/", {"q": message, "rating": "false"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Your text is still here: try again in 30 minutes." in text_of(answers[2])
    assert int(answers[2]["Retry-After"]) > 1700
    assert html.fromstring(answers[2].content).xpath("//main//input[@name='q']/@value") == [message]
    other = client.post("/claims/", {"q": message}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200
    assert client.post("/claims/", {"q": TEXT}).status_code == 303, "a short one has an address, which caches know"


@pytest.mark.parametrize("before", [70, 200], ids=["6,000 characters in", "17,000 characters in"])
def test_a_long_message_is_answered_where_it_was_sent(client: Client, bridge: Any, before: int) -> None:
    message = CHAT * before + "They say the new bridge in Lindholm cost 12 million crowns!! " + CHAT * 20
    answer = client.post("/claims/", {"q": message})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    assert f'href="/claims/{bridge.slug}/"' in answer.content.decode()
    assert "You pasted:" in text_of(answer)
    assert "We searched for the first" not in text_of(answer)


def test_letters_of_several_bytes_are_answered_where_they_were_sent(client: Client, people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text="Прививка от гриппа вызывает бесплодие", language="ru")
    message = "Перешлите всем! Прививка от гриппа вызывает бесплодие. " + "Берегите себя и близких. " * 40
    answer = client.post("/ru/claims/", {"q": message})
    assert answer.status_code == 200
    assert quote(claim.slug) in answer.content.decode()


def test_of_a_message_beyond_the_limit_the_beginning_is_searched_for(client: Client, bridge: Any) -> None:
    answer = client.post("/claims/", {"q": f"{TEXT}. " + "word " * 4000})
    assert "We searched for the first 20,000 characters only." in text_of(answer)
    assert f'href="/claims/{bridge.slug}/"' in answer.content.decode()


def test_what_is_much_too_long_is_refused_unread_above_the_form(client: Client, bridge: Any) -> None:
    answer = client.post("/claims/", {"q": "word " * 60_000})
    assert answer.status_code == 413
    assert "Paste 20,000 characters at most." in text_of(answer)
    assert html.fromstring(answer.content).xpath("//form[@role='search']//input[@name='q']")


def test_a_form_of_another_site_is_refused(client: Client, bridge: Any) -> None:
    answer = client.post("/claims/", {"q": "bridge"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["q", "topic", "rating", "from", "sort"])
def test_any_characters_are_answered(client: Client, bridge: Any, name: str) -> None:
    sent = {"q": "word " * 2000} | {name: "a\x00b " * 2000}
    assert client.post("/claims/", sent).status_code in (200, 303, 400)


def test_a_text_is_divided_after_sentences_and_no_character_is_lost() -> None:
    text = CHAT * 150
    parts = matching.divide(text)
    assert [len(part) <= matching.PART for part in parts] == [True] * 3
    assert all(part.rstrip().endswith("knows.") for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert matching.divide("x" * 12_000) == ["x" * 5000, "x" * 5000, "x" * 2000]
