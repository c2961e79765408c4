"""Have you checked this? Texts, messages and addresses, alone and many at once."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import newsroom

ADDRESS = "/api/v1/claims/match/"
pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def ask(reader: Client, body: Any, **headers: str) -> Any:
    return reader.post(ADDRESS, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def bridge(people: SimpleNamespace) -> Any:
    """A published claim among others."""
    claim = newsroom.published(people, text="The new bridge of Lindholm cost 12 million crowns")
    newsroom.published(people, text="The old ferry made twenty trips a day until it was sold")
    newsroom.published(people, text="A tunnel under the river would take nine years to build")
    return claim


def test_a_text_finds_the_claim_with_its_verdict_and_says_why(reader: Client, bridge: Any) -> None:
    answer = ask(
        reader, {"text": "They say the new bridge in Lindholm cost 12 million crowns!", "language": "en"}
    ).json()
    (found,) = answer["same"]
    assert found["claim"]["id"] == str(bridge.pk)
    assert (found["strength"], found["verdict"]["rating"]["key"]) == ("same", "true")
    assert found["verdict"]["rating"]["definition"]
    assert {"bridge", "Lindholm", "12"} <= set(found["why"]["words"])
    assert found["why"]["figures"] == ["12"]
    assert found["score"] > 0
    assert 0.5 <= found["confidence"] <= 1
    assert answer["address_of"] is None


def test_a_forwarded_message_of_5000_characters_is_matched(reader: Client, bridge: Any) -> None:
    message = "FORWARDED MANY TIMES!! The new bridge of Lindholm cost 12 million crowns. " + "Share it now. " * 350
    assert len(message) <= 5000
    answer = ask(reader, {"text": message[:5000]}).json()
    assert str(bridge.pk) in [found["claim"]["id"] for found in answer["same"] + answer["related"]]


def test_a_text_of_20000_characters_is_matched_and_each_part_counts(reader: Client, bridge: Any, settings: Any) -> None:
    settings.API_MATCH_RATE = "10/min"
    message = "Share it now. " * 1000 + "The new bridge of Lindholm cost 12 million crowns. " + "Share it now. " * 350
    answer = ask(reader, {"text": message})
    assert str(bridge.pk) in [found["claim"]["id"] for found in answer.json()["same"] + answer.json()["related"]]
    assert '"match";r=6;' in answer["RateLimit"]


def test_an_unknown_text_finds_no_same_claim(reader: Client, bridge: Any) -> None:
    assert ask(reader, {"text": "Bananas grow on trees that walk at night"}).json()["same"] == []


def test_a_batch_is_answered_in_its_order(reader: Client, bridge: Any) -> None:
    texts = ["Nothing of the kind was ever heard", "The bridge of Lindholm cost 12 million crowns"]
    answers = ask(reader, {"questions": [{"text": text, "limit": 1} for text in texts]}).json()["answers"]
    assert [[found["claim"]["id"] for found in one["same"]] for one in answers] == [[], [str(bridge.pk)]]


@pytest.mark.parametrize(
    "address",
    [
        "https://herald.example/news/bridge-opens-2019",
        "https://herald.example/news/bridge-opens-2019?utm_source=fb",
        "http://www.herald.example/news/bridge-opens-2019/#comments",
    ],
)
def test_the_address_of_an_article_finds_its_claims(reader: Client, people: SimpleNamespace, address: str) -> None:
    newsroom.article(people.reporter, url="https://herald.example/news/bridge-opens-2019")
    claim = newsroom.published(people)
    for answer in (ask(reader, {"url": address}).json(), reader.get(ADDRESS, {"url": address}).json()):
        assert [found["claim"]["id"] for found in answer["same"]] == [str(claim.pk)]
        assert answer["address_of"] == "article"


def test_a_source_gives_the_checks_that_cite_it_as_related(reader: Client, people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    source = newsroom.record_of(claim).document()["evidence"][0]["source"]
    answer = reader.get(ADDRESS, {"url": f"{source['url']}#page=4"}).json()
    assert (answer["address_of"], answer["same"]) == ("source", [])
    assert [found["claim"]["id"] for found in answer["related"]] == [str(claim.pk)]


@pytest.mark.parametrize("path", ["/claims/{}/", "/az/claims/{}/", "/claims/{}/history/?utm_campaign=x", "/embed/{}/"])
def test_our_own_page_finds_its_claim(reader: Client, people: SimpleNamespace, settings: Any, path: str) -> None:
    claim = newsroom.published(people)
    answer = reader.get(ADDRESS, {"url": settings.SITE_URL + path.format(claim.slug)}).json()
    assert [found["claim"]["id"] for found in answer["same"]] == [str(claim.pk)]
    assert answer["address_of"] == "page"


def test_an_answer_to_an_address_can_be_cached(reader: Client, people: SimpleNamespace) -> None:
    newsroom.published(people)
    first = reader.get(ADDRESS, {"url": "https://nowhere.example/"})
    assert first.json() == {"same": [], "related": [], "address_of": None}
    assert "public" in first["Cache-Control"]
    assert (
        reader.get(ADDRESS, {"url": "https://nowhere.example/"}, headers={"If-None-Match": first["ETag"]}).status_code
        == 304
    )
    assert "no-store" in ask(reader, {"text": "A bridge"})["Cache-Control"]


def test_a_retracted_claim_is_no_answer(reader: Client, people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("retracted", people, text="A tunnel under the fjord was dug by hand")
    answer = ask(reader, {"text": "A tunnel under the fjord was dug by hand"}).json()
    assert answer["same"] == answer["related"] == []
    url = newsroom.record_of(claim).document()["claim"]["url"]
    assert reader.get(ADDRESS, {"url": url}).json()["same"] == []


def test_open_claims_are_never_found(reader: Client, people: SimpleNamespace) -> None:
    newsroom.in_stage("approved", people, text="A secret bridge is planned beside the harbour")
    answer = ask(reader, {"text": "A secret bridge is planned beside the harbour"}).json()
    assert answer["same"] == answer["related"] == []


BAD = [
    ({}, ["text"]),
    ({"text": "a", "url": "https://a.example/"}, ["text"]),
    ({"text": ""}, ["text"]),
    ({"text": "x" * 20_001}, ["text"]),
    ({"text": "A bridge", "language": "not a tag"}, ["language"]),
    ({"text": "A bridge", "limit": 0}, ["limit"]),
    ({"text": "A bridge", "limit": 51}, ["limit"]),
    ({"text": 5}, ["text"]),
    ({"questions": []}, ["questions"]),
    ({"questions": [{"text": "A"}] * 101}, ["questions"]),
    ({"questions": [{"text": "A"}, {}]}, ["questions.1.text"]),
]


@pytest.mark.parametrize(("body", "attrs"), BAD, ids=lambda value: str(value)[:30])
def test_a_bad_question_is_refused_beside_its_field(reader: Client, problem: Any, body: Any, attrs: list[str]) -> None:
    errors = problem(ask(reader, body), 400, "validation_error")["errors"]
    assert [error["attr"] for error in errors] == attrs


@pytest.mark.parametrize("text", ["bridge", "😀" * 2500, "!!! ???", "1", "bridge " * 714, "ا" * 5000])
def test_any_text_is_answered(reader: Client, bridge: Any, text: str) -> None:
    assert ask(reader, {"text": text}).status_code == 200


@pytest.mark.parametrize("url", ["https://user:secret@a.example/x", "nonsense", "javascript:alert(1)", "https://[::1"])
def test_any_address_is_answered_without_repeating_it(reader: Client, url: str) -> None:
    answer = reader.get(ADDRESS, {"url": url})
    assert (answer.status_code, answer.json()["same"]) == (200, [])
    assert b"secret" not in answer.content


def test_each_question_of_a_batch_counts(reader: Client, settings: Any, problem: Any) -> None:
    settings.API_MATCH_RATE = "10/min"
    first = ask(reader, {"questions": [{"text": "A bridge"}] * 8})
    assert (first.status_code, '"match";r=2;' in first["RateLimit"]) == (200, True)
    refused = ask(reader, {"questions": [{"text": "A bridge"}] * 8})
    assert "Send fewer at once" in problem(refused, 429, "throttled")["detail"]
    assert int(refused["Retry-After"]) > 0
    assert ask(reader, {"text": "A bridge"}).status_code == 200


def test_scripts_of_other_sites_may_ask(reader: Client) -> None:
    allowed = reader.options(
        ADDRESS, headers={"Origin": "https://tips.example", "Access-Control-Request-Method": "POST"}
    )
    assert "POST" in allowed["Access-Control-Allow-Methods"]
    assert "Content-Type" in allowed["Access-Control-Allow-Headers"]
    assert ask(reader, {"text": "A bridge"}, Origin="https://tips.example")["Access-Control-Allow-Origin"] == "*"


def test_a_body_that_is_no_question_is_refused(reader: Client, problem: Any) -> None:
    problem(ask(reader, {"words": "A bridge"}), 400, "unknown_field")
    problem(ask(reader, []), 400, "not_an_object")
