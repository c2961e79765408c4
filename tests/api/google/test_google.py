"""The search in Google's words: what is found, in which order and shape, and what is refused."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from api.google.schema import ANSWER, COMPONENTS
from articles.selectors.readers import best_matches, languages
from articles.services.library import claimants
from tests import claim_copies, newsroom
from tests.api.submissions.test_submissions import Caller

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
URL = "/v1alpha1/claims:search"


def _search(reader: Client, **parameters: Any) -> HttpResponse:
    return reader.get(URL, {name: str(value) for name, value in parameters.items()})


def _found(reader: Client, **parameters: Any) -> list[str]:
    answer = _search(reader, **parameters)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json; charset=UTF-8"
    return [claim["text"] for claim in json.loads(answer.content).get("claims", [])]


def _refused(answer: HttpResponse, code: int = 400, status: str = "INVALID_ARGUMENT") -> dict[str, Any]:
    assert answer.status_code == code, answer.content
    document: dict[str, Any] = json.loads(answer.content)
    Draft202012Validator(COMPONENTS["GoogleError"]).validate(document)
    assert (document["error"]["code"], document["error"]["status"]) == (code, status)
    return document["error"]


@pytest.fixture
def site(settings: Any) -> None:
    settings.SITE_URL, settings.SITE_NAME = "https://www.facts.herald.example", "The Herald checks"


@pytest.fixture
@claim_copies.kept
def three(people: SimpleNamespace, site: None) -> None:
    """Two in English, one of them in a script's name; one in Portuguese; and one that was retracted."""
    mayor = claimants.add_claimant(name="Ada Berg", kind="person", by=people.reporter, at=newsroom.AT)
    newsroom.published(people, text="Trams are late", claimant=mayor, claimed_on=newsroom.AT.date())
    newsroom.published(people, text="Ferries were late more often than trams", language="en-GB")
    newsroom.published(people, text="Bondes atrasam", language="pt-BR")
    newsroom.in_stage("retracted", people, text="Trams are never late")


def test_a_claim_is_answered_in_googles_format(three: None, reader: Client) -> None:
    answer = json.loads(_search(reader, query="trams late").content)
    assert answer["claims"][0] == {
        "text": "Trams are late",
        "claimant": "Ada Berg",
        "claimDate": "2026-03-02T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "The Herald checks", "site": "facts.herald.example"},
                "url": "https://www.facts.herald.example/claims/trams-are-late/",
                "title": "True: Trams are late",
                "reviewDate": "2026-03-02T09:30:00Z",
                "textualRating": "True",
                "languageCode": "en",
            }
        ],
    }
    assert "claimant" not in answer["claims"][1]  # nobody is named: left out, not null
    assert "nextPageToken" not in answer


def test_search_lists_the_best_match_first_and_no_retracted_claim(three: None, reader: Client) -> None:
    assert _found(reader, query="trams late") == ["Trams are late", "Ferries were late more often than trams"]
    assert _found(reader, query="ferry") == ["Ferries were late more often than trams"]  # in the claim's own language
    assert _found(reader, query='"never late"') == []
    assert _search(reader, query="zeppelin").content.strip() == b"{}"
    assert _search(reader, query="!!! &").content.strip() == b"{}"


def test_a_message_that_no_claim_has_all_words_of_finds_the_same_claim(three: None, reader: Client) -> None:
    message = "Forwarded as received! Ferries were late more often than trams, they say, and nobody cares"
    assert _found(reader, query=message) == ["Ferries were late more often than trams"]
    assert _found(reader, query=message, languageCode="pt") == []
    assert _found(reader, query=f'"{message}"') == []


def test_language_code_matches_language_and_script_without_region(three: None, reader: Client) -> None:
    ours = "herald.example"
    assert _found(reader, reviewPublisherSiteFilter=ours, languageCode="pt-PT") == ["Bondes atrasam"]
    assert len(_found(reader, reviewPublisherSiteFilter=ours, languageCode="en_US")) == 2
    assert _found(reader, reviewPublisherSiteFilter=ours, languageCode="de") == []
    speaks = languages._speaks
    assert speaks("sr", "sr-latn")
    assert speaks("sr-Latn-RS", "sr-latn")
    assert not speaks("sr-Cyrl", "sr-latn-me")
    assert not speaks("srn", "sr")
    assert speaks("de-x-cyrl", "de-latn")  # private subtags are no scripts


def test_the_site_filter_finds_claims_of_this_site_only(three: None, reader: Client) -> None:
    for ours in (
        "facts.herald.example",
        "www.facts.herald.example",
        "HERALD.example",
        "https://facts.herald.example/x",
    ):
        assert len(_found(reader, reviewPublisherSiteFilter=ours)) == 3, ours
    for other in ("other.example", "s.herald.example", "a.facts.herald.example"):
        assert _search(reader, reviewPublisherSiteFilter=other, query="trams").content.strip() == b"{}", other


def test_max_age_counts_from_the_newer_of_claim_and_review_date(people: SimpleNamespace, reader: Client) -> None:
    newsroom.published(people, text="Old news of trams")
    today = timezone.localdate()
    newsroom.published(people, text="Made of late, of trams", claimed_on=today - timedelta(days=3))
    assert _found(reader, query="trams", maxAgeDays=3) == ["Made of late, of trams"]
    assert _found(reader, query="trams", maxAgeDays=2) == []
    old = (today - newsroom.AT.date()).days
    assert len(_found(reader, query="trams", maxAgeDays=old)) == 2
    assert len(_found(reader, query="trams", maxAgeDays=max(old - 1, 3))) == 1
    for all_of_them in (0, 2**31 - 1):
        assert len(_found(reader, query="trams", maxAgeDays=all_of_them)) == 2


def _walk(reader: Client, **parameters: Any) -> list[str]:
    texts, token = [], ""
    while True:
        page = json.loads(_search(reader, **parameters, **({"pageToken": token} if token else {})).content)
        texts += [claim["text"] for claim in page.get("claims", [])]
        token = page.get("nextPageToken", "")
        if not token:
            return texts


def test_page_tokens_lead_through_all_results_once(three: None, people: SimpleNamespace, reader: Client) -> None:
    newsroom.published(people, text="Trams are late: the same words, the same rank")
    for parameters in ({"query": "late"}, {"query": "late -ferries"}, {"reviewPublisherSiteFilter": "herald.example"}):
        whole = _found(reader, **parameters)
        assert len(whole) == len(set(whole)) >= 2
        assert _walk(reader, **parameters, pageSize=1) == whole
        assert _walk(reader, **parameters, pageSize=1, offset=1) == whole[1:]  # beside a token it counts for nothing
        assert _found(reader, **parameters, offset=2) == whole[2:]
        assert _found(reader, **parameters, pageSize=100_000) == whole


def test_a_page_token_of_another_search_is_refused(three: None, reader: Client) -> None:
    token = json.loads(_search(reader, query="late", pageSize=1).content)["nextPageToken"]
    assert len(_found(reader, query="late", pageSize=5, pageToken=token)) == 1
    assert len(_found(reader, query="late", maxAgeDays=0, languageCode="", pageToken=token)) == 1  # as if left out
    for changed in ({"query": "trams"}, {"query": "late", "languageCode": "en"}, {"query": "late", "maxAgeDays": 9999}):
        error = _refused(_search(reader, pageToken=token, **changed))
        assert error["details"][1]["fieldViolations"][0]["field"] == "pageToken"
    for foreign in ("x", "AAAA", token[:-2], "../"):
        _refused(_search(reader, query="late", pageToken=foreign))
    cursor = reader.get("/api/v1/claims/?page_size=1").json()["next"].partition("cursor=")[2]
    _refused(_search(reader, query="late", pageToken=cursor))


def test_only_the_newest_matches_are_ranked(three: None, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_matches, "RANKED", 1)
    assert _found(reader, query="trams") == ["Ferries were late more often than trams"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({}, "query"),
        ({"query": "  "}, "query"),
        ({"query": "x" * 501}, "query"),
        ({"query": "a\x00"}, "query"),
        ({"query": "a", "pageSize": -1}, "pageSize"),
        ({"query": "a", "pageSize": "ten"}, "pageSize"),
        ({"query": "a", "maxAgeDays": 2**31}, "maxAgeDays"),
        ({"query": "a", "offset": 10_001}, "offset"),
        ({"query": "a", "languageCode": "english please"}, "languageCode"),
        ({"query": "a", "reviewPublisherSiteFilter": "http://["}, "reviewPublisherSiteFilter"),
        ({"query": "a", "alt": "proto"}, "alt"),
        ({"query": "a", "callback": "steal"}, "callback"),
        ({"query": "a", "prettyPrint": "maybe"}, "prettyPrint"),
        ({"query": "a", "fields": "claims(text"}, "fields"),
        ({"query": "a", "page_size": 1}, "page_size"),
        ({"query": "a", "access_token": "ya29.x"}, "access_token"),
    ],
)
def test_a_bad_parameter_is_named_in_the_error(reader: Client, parameters: dict[str, Any], field: str) -> None:
    error = _refused(_search(reader, **parameters))
    assert [violation["field"] for violation in error["details"][1]["fieldViolations"]] == [field]
    assert error["message"]


def test_the_fields_parameter_limits_the_answer(three: None, reader: Client) -> None:
    answer = _search(reader, query="trams", fields="claims(text,claimReview/publisher/site)", prettyPrint="false")
    assert answer.content == (
        b'{"claims":[{"text":"Ferries were late more often than trams","claimReview":[{"publisher":'
        b'{"site":"facts.herald.example"}}]},'
        b'{"text":"Trams are late","claimReview":[{"publisher":{"site":"facts.herald.example"}}]}]}'
    )
    whole = _search(reader, query="trams").content
    assert _search(reader, query="trams", fields="*").content == whole
    assert b"\n  " in whole


def test_field_masks_know_exactly_the_fields_of_answers() -> None:
    assert ANSWER["nextPageToken"] == {}
    assert set(ANSWER["claims"]["claimReview"]) == {
        "publisher", "url", "title", "reviewDate", "textualRating", "languageCode",
    }  # fmt: skip


def test_a_google_key_is_ignored_and_ours_is_refused_in_an_address(three: None, reader: Client) -> None:
    assert len(_found(reader, query="trams", key="AIzaSyNotOurs", quotaUser="me")) == 2
    error = _refused(_search(reader, query="trams", key="fcp_" + "a" * 40))
    assert error["details"][0]["reason"] == "KEY_IN_ADDRESS"
    assert "aaaa" not in json.dumps(error)


def test_googles_api_has_the_limits_keys_and_etags_of_the_read_api(three: None, reader: Client, settings: Any) -> None:
    first = _search(reader, query="trams")
    assert first["RateLimit"].startswith('"read";r=')
    assert first["Access-Control-Allow-Origin"] == "*"
    again = reader.get(URL, {"query": "trams"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert _search(reader, query="ferries")["ETag"] != first["ETag"]
    key = {"Authorization": f"Bearer {Caller(scopes=('read',)).secret}"}
    assert reader.get(URL, {"query": "trams"}, headers=key)["RateLimit"].startswith('"key";')
    wrong = reader.get(URL, {"query": "trams"}, headers={"Authorization": "Bearer fcp_" + "a" * 40})
    _refused(wrong, 401, "UNAUTHENTICATED")
    settings.API_READ_RATE = "1/min"
    answers = [_search(reader, query="trams") for _ in range(3)]
    _refused(answers[-1], 429, "RESOURCE_EXHAUSTED")
    assert int(answers[-1]["Retry-After"]) > 0


def test_other_methods_of_googles_api_are_not_found(reader: Client) -> None:
    image = _refused(reader.get("/v1alpha1/claims:imageSearch?imageUri=https://a.example/b.png"), 404, "NOT_FOUND")
    assert "image" in image["message"]
    for path in ("pages", "claims:search/", "", "pages/1"):
        _refused(reader.get(f"/v1alpha1/{path}"), 404, "NOT_FOUND")
    _refused(reader.post("/v1alpha1/pages", {}), 404, "NOT_FOUND")
    _refused(reader.post(URL, {}), 405, "UNIMPLEMENTED")
    _refused(reader.get(URL, {"query": "a"}, headers={"Accept": "text/html"}), 406)
    assert reader.options(URL).status_code == 204
