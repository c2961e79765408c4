"""The read API serves stored bytes, page by page, and says when nothing changed."""

import base64
import hashlib
import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Head, Record
from articles.services.verification.publishing import Correction
from tests import newsroom

#: An id that nothing has.
NOBODY = "00000000-0000-4000-8000-000000000000"

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
V1 = "/api/v1/"
BAD_SIZES = ("abc", "0", "201", "9" * 23, "-1", "", "1e2", "٣")


def _follow(reader: Client, address: str, key: str = "next") -> list[dict[str, Any]]:
    found = []
    while address:
        page = reader.get(address).json()
        found += page["results"]
        address = page[key]
    return found


def _publish(people: SimpleNamespace, number: int) -> list[str]:
    return [str(newsroom.published(people, text=f"Claim number {n} of this test").pk) for n in range(number)]


def test_a_claim_is_its_record_byte_for_byte(people: SimpleNamespace, reader: Client) -> None:
    claim = newsroom.published(people)
    record = newsroom.record_of(claim)
    for address in (f"claims/{claim.pk}/", f"claims/{claim.pk}/revisions/1/"):
        answer = reader.get(V1 + address)
        assert answer.content == bytes(record.body)
        assert answer["Content-Type"] == "application/json"
        digest = base64.urlsafe_b64encode(hashlib.sha256(answer.content).digest()).decode()
        assert answer["ETag"] == f'"{digest[:22]}"'
        assert answer["Cache-Control"] == (
            "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=43200"
        )
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Cookie" not in answer.get("Vary", "")
    assert bytes(record.body) in reader.get(V1 + "claims/").content
    assert bytes(record.body) in reader.get(V1 + "changes/").content


def test_drafts_and_changes_of_a_recheck_are_not_readable(people: SimpleNamespace, reader: Client) -> None:
    draft = newsroom.in_stage("approved", people, text="MARKER of a draft")
    public = newsroom.published(people)
    again = newsroom.propose(newsroom.take(public, "recheck", people.checker), people.reporter, summary="MARKER two")
    for address in ("claims/", "changes/", "articles/", "sources/", "claimants/", f"claims/{again.pk}/"):
        assert b"MARKER" not in reader.get(V1 + address).content
    assert reader.get(f"{V1}claims/{draft.pk}/").status_code == 404


def test_a_matching_etag_is_answered_304(people: SimpleNamespace, reader: Client) -> None:
    claim = newsroom.published(people)
    addresses = ["claims/", "claims/?q=bridge", "changes/", "articles/", "sources/", "claimants/", "ratings/"]
    addresses += [f"claims/{claim.pk}/", f"claims/{claim.pk}/revisions/", "openapi.json"]
    for address in addresses:
        tag = reader.get(V1 + address)["ETag"]
        for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = reader.get(V1 + address, headers={"If-None-Match": held})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), (address, held)
        assert reader.get(V1 + address, headers={"If-None-Match": '"other"'}).status_code == 200
    before = reader.get(V1 + "claims/")["ETag"]
    newsroom.published(people)
    assert reader.get(V1 + "claims/", headers={"If-None-Match": before}).status_code == 200


def test_paging_forwards_and_back_works_while_claims_are_published(people: SimpleNamespace, reader: Client) -> None:
    ids = _publish(people, 12)
    first = reader.get(V1 + "claims/?page_size=5").json()
    newsroom.published(people)
    seen = [r["claim"]["id"] for r in first["results"] + _follow(reader, first["next"])]
    assert seen == ids[::-1]
    third = reader.get(reader.get(first["next"]).json()["next"]).json()
    assert third["next"] is None
    back = _follow(reader, third["previous"], "previous")
    assert len(back) == len({r["seq"] for r in back}) == 11  # ten before the last page, and the new one
    assert first["previous"] is None


@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_filter_that_everything_passes_gives_the_pages_of_the_whole_list(
    size: int, people: SimpleNamespace, reader: Client
) -> None:
    """The whole list is read by statements of its own, a filtered one by the ORM's."""
    _publish(people, 7)
    pages = {query: _both_ways(reader, f"{V1}claims/?page_size={size}{query}") for query in ("", "&from=2000-01-01")}
    assert pages[""] == pages["&from=2000-01-01"]
    forwards, backwards = pages[""]
    assert backwards == forwards[::-1]
    seen = [seq for page in forwards for seq in page]
    assert seen == sorted(set(seen), reverse=True)


def _both_ways(reader: Client, address: str) -> tuple[list[list[int]], list[list[int]]]:
    """The numbers on each page, followed to the end and from there back to the beginning."""
    ways: list[list[list[int]]] = []
    for key in ("next", "previous"):
        pages, following = [], address
        while following:
            address = following
            answer = reader.get(address).json()
            pages.append([record["seq"] for record in answer["results"]])
            following = answer[key]
        ways.append(pages)
    return ways[0], ways[1]


def test_page_links_repeat_the_query_in_its_order_and_spelling(people: SimpleNamespace, reader: Client) -> None:
    _publish(people, 3)
    asked = "q=Claim+%E2%80%9Cnumber%E2%80%9D+%26+test&page_size=1"
    first = reader.get(f"{V1}claims/?{asked}").json()["next"]
    assert first.startswith(f"http://testserver{V1}claims/?{asked}&cursor=")
    cursor = first.rpartition("=")[2]
    second = reader.get(f"{V1}claims/?cursor={cursor}&{asked}").json()["next"]
    assert second.startswith(f"http://testserver{V1}claims/?cursor=")
    assert second.endswith(f"&{asked}")
    assert second != f"http://testserver{V1}claims/?cursor={cursor}&{asked}"


def test_the_change_feed_gives_25_records_in_order_of_the_log(people: SimpleNamespace, reader: Client) -> None:
    _publish(people, 13)
    address, seqs = f"{V1}changes/?page_size=4", []
    for turn in range(30):
        page = reader.get(address).json()
        seqs += [r["seq"] for r in page["results"]]
        assert page["head_seq"] == Head.objects.get().seq
        assert page["has_more"] == (page["next"] is not None) == (bool(seqs) and seqs[-1] < page["head_seq"])
        assert page["epoch"] == str(Head.objects.get().epoch)
        if turn < 12:
            newsroom.published(people, text=f"Published between pages {turn}")
        elif not page["has_more"]:
            break
        address = f"{V1}changes/?page_size=4&cursor={page['next_cursor']}"
    assert seqs == list(range(1, 26))
    empty = reader.get(address.split("&")[0] + f"&cursor={page['next_cursor']}").json()
    assert (empty["results"], empty["has_more"]) == ([], False)
    assert reader.get(f"{V1}changes/?cursor={empty['next_cursor']}").json()["results"] == []


def test_a_cursor_of_an_empty_log_leads_to_its_first_record(people: SimpleNamespace, reader: Client) -> None:
    cursor = reader.get(V1 + "changes/").json()["next_cursor"]
    newsroom.published(people)
    assert [r["seq"] for r in reader.get(f"{V1}changes/?cursor={cursor}").json()["results"]] == [1]


def test_a_cursor_of_another_epoch_is_refused(people: SimpleNamespace, reader: Client, problem: Any) -> None:
    cursor = reader.get(V1 + "changes/").json()["next_cursor"]
    Head.objects.update(epoch=(epoch := uuid4()))
    said = problem(reader.get(f"{V1}changes/?cursor={cursor}"), 410, "epoch_ended")
    assert (said["epoch"], said["snapshot"]) == (str(epoch), "http://127.0.0.1:8000/api/v1/export/claims.jsonl")
    assert reader.get(V1 + "changes/").status_code == 200


def test_a_cursor_beyond_the_end_is_refused_with_retry_after(
    people: SimpleNamespace, reader: Client, problem: Any
) -> None:
    """A replica that lags, or a log that lost its end: neither may skip in silence."""
    newsroom.published(people)
    cursor = reader.get(V1 + "changes/").json()["next_cursor"]
    Head.objects.update(seq=0)
    answer = reader.get(f"{V1}changes/?cursor={cursor}")
    problem(answer, 503, "log_behind")
    assert int(answer["Retry-After"]) > 0


def test_a_cursor_at_the_end_is_answered_304_until_a_publication(people: SimpleNamespace, reader: Client) -> None:
    newsroom.published(people)
    cursor = reader.get(V1 + "changes/").json()["next_cursor"]
    address = f"{V1}changes/?cursor={cursor}"
    tag = reader.get(address)["ETag"]
    with CaptureQueriesContext(connections["readers"]) as seen:
        unchanged = reader.get(address, headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    for name in ("Content-Type", "Content-Length"):
        assert not unchanged.has_header(name), "a cache would take it for that of what it keeps"
    assert len([q for q in seen.captured_queries if "ROLE" not in q["sql"] and "partners_" not in q["sql"]]) == 1
    newsroom.published(people)
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("wait", ["-1", "26", "1.5", "abc", "", "1000"])
def test_the_wait_parameter_has_bounds(wait: str, reader: Client, problem: Any) -> None:
    problem(reader.get(f"{V1}changes/?wait={wait}"), 400, "validation_error")


def test_a_cursor_with_any_character_changed_is_refused(people: SimpleNamespace, reader: Client, problem: Any) -> None:
    _publish(people, 3)
    following = reader.get(V1 + "claims/?page_size=1").json()["next"]
    base, cursor = following.split("cursor=")
    tampered = [cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in range(len(cursor))]
    for bad in [*tampered, cursor[:-1], cursor + "A", cursor + "=", cursor + "%00", "%F0%9F%98%80", "x" * 5000]:
        problem(reader.get(f"{base}cursor={bad}"), 400, "invalid_cursor")
    problem(reader.get(f"{V1}changes/?cursor={cursor}"), 400, "invalid_cursor")
    problem(reader.get(f"{base}cursor={cursor}&rating=false"), 400, "invalid_cursor")


def test_an_empty_cursor_is_the_beginning(people: SimpleNamespace, reader: Client) -> None:
    _publish(people, 2)
    for address in ("claims/", "changes/", "sources/"):
        assert reader.get(f"{V1}{address}?cursor=").json()["results"] == reader.get(V1 + address).json()["results"]


def test_cursors_outlive_a_change_of_the_secret_key(
    people: SimpleNamespace, reader: Client, problem: Any, settings: Any
) -> None:
    _publish(people, 2)
    links = [
        f"{V1}changes/?cursor={reader.get(V1 + 'changes/?page_size=1').json()['next_cursor']}",
        reader.get(V1 + "claims/?page_size=1").json()["next"],
    ]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one" * 6, [settings.SECRET_KEY]
    assert [len(reader.get(link).json()["results"]) for link in links] == [1, 1]
    settings.SECRET_KEY_FALLBACKS = []
    for link in links:
        problem(reader.get(link), 400, "invalid_cursor")


def test_filters_of_the_claims_list_narrow_it(people: SimpleNamespace, reader: Client) -> None:
    one = newsroom.published(people, text="A ferry made twenty trips", topics=["ferries"], rating="false")
    newsroom.published(people, text="Ein Turm steht schief", language="de")
    retracted = newsroom.in_stage("retracted", people, text="A tunnel was dug")
    record = newsroom.record_of(one).document()
    article, source = record["appearances"][0]["article"], record["evidence"][0]["source"]

    def texts(query: str) -> set[str]:
        answer = reader.get(f"{V1}claims/?{query}")
        assert answer.status_code == 200, answer.content
        return {r["claim"]["text"] for r in answer.json()["results"]}

    ferry, tower, tunnel = one.text, "Ein Turm steht schief", retracted.text
    assert texts("") == {ferry, tower, tunnel}
    assert texts("q=ferries") == texts("topic=ferries") == texts("rating=false") == {ferry}
    assert texts("rating=false,true") == {ferry, tower}
    assert texts("language=de") == texts("language=DE") == texts("language=de-AT") == {tower}
    assert texts("rating=") == texts("language=") == {ferry, tower, tunnel}
    assert texts(f"source={source['id']}") == texts(f"source={source['slug']}") == {ferry}
    assert texts(f"article={article['slug']}") == {ferry, tower}, "the attribution of the tunnel was withdrawn"
    assert texts("from=2026-03-02&to=2026-03-02") == {ferry, tower, tunnel}
    assert texts("to=2026-03-01") == texts("from=2026-03-03") == texts("claimant=nobody") == set()
    assert texts("to=9999-12-31") == texts("from=0001-01-01") == {ferry, tower, tunnel}
    assert texts("q=" + "%20-" * 60) == set()
    kinds = {r["claim"]["text"]: r["kind"] for r in reader.get(V1 + "claims/").json()["results"]}
    assert kinds[tunnel] == "retracted"


def test_a_claims_revisions_are_listed_newest_first(people: SimpleNamespace, reader: Client) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    claim = newsroom.propose(claim, people.reporter, rating="false")
    for step, by in (("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, step, by)
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "We misread it."))
    answer = reader.get(f"{V1}claims/{claim.pk}/revisions/").json()
    assert [(r["revision"], r["kind"]) for r in answer["results"]] == [(2, "corrected"), (1, "published")]
    assert reader.get(f"{V1}claims/{claim.pk}/").json()["revision"] == 2


def test_an_article_has_its_claims_in_the_order_of_its_text(people: SimpleNamespace, reader: Client) -> None:
    newsroom.published(people, text="The second one", quote="carries 4,000 vehicles a day")
    newsroom.published(people, text="The first one")
    found = reader.get(V1 + "articles/").json()["results"]
    article = reader.get(f"{V1}articles/{found[0]['id']}/").json()
    assert [p["claim"]["text"] for p in article["passages"]] == ["The first one", "The second one"]
    source = reader.get(V1 + "sources/?page_size=1").json()["results"][0]
    assert reader.get(f"{V1}sources/{source['id']}/").json() == source
    assert {r["key"] for r in reader.get(V1 + "ratings/").json()["results"]} >= {"true", "outdated", "unverified"}


def test_a_list_costs_the_same_however_long_it_is(people: SimpleNamespace, reader: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connections["readers"]) as seen:
            assert reader.get(V1 + address).status_code == 200
        return len([q for q in seen.captured_queries if "ROLE" not in q["sql"] and "partners_take" not in q["sql"]])

    newsroom.published(people)
    lists = ["claims/?page_size=200", "changes/?page_size=200", "articles/", "sources/?page_size=200"]
    few = {address: queries(address) for address in lists}
    _publish(people, 15)
    assert {address: queries(address) for address in lists} == few
    assert few == {**dict.fromkeys(lists, 2), "sources/?page_size=200": 3}  # the third: which of them were merged


def test_records_are_looked_up_for_a_page_and_never_joined_to_the_whole_list(reader: Client) -> None:
    """Joined, a page far down reads the log from its top: a merge join knows its place on one side only."""
    for address in ("/api/v1/claims/", "/claims/"):
        with CaptureQueriesContext(connections["readers"]) as seen:
            assert reader.get(address).status_code == 200
        (page,) = [q["sql"] for q in seen.captured_queries if "LIMIT 21" in q["sql"]]
        chosen = page[max(page.find(" IN ("), 0) : page.index("LIMIT 21")]
        assert "JOIN" not in chosen


def test_head_and_options_are_answered(people: SimpleNamespace, reader: Client) -> None:
    claim = newsroom.published(people)
    head = reader.head(f"{V1}claims/{claim.pk}/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"]
    preflight = reader.options(V1 + "claims/", headers={"Origin": "https://partner.example"})
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert preflight["Access-Control-Allow-Origin"] == "*"


def test_the_api_docs_page_refuses_options(reader: Client) -> None:
    assert reader.options(V1 + "docs/").status_code == 405
    assert reader.get(V1 + "docs/").status_code == 200


def test_too_many_requests_are_refused_with_retry_after(reader: Client, problem: Any, settings: Any) -> None:
    settings.API_READ_RATE = "3/min"
    assert [reader.get(V1 + "ratings/").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = reader.get(V1 + "ratings/", headers={"X-Forwarded-For": "192.0.2.7"})
    problem(answer, 429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 61


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        *[
            (f"claims/?page_size={bad}", 400, "validation_error")
            for bad in ("abc", "0", "201", "9" * 23, "-1", "", "1e2", "٣")
        ],
        ("claims/?from=2026-02-30", 400, "validation_error"),
        ("claims/?from=yesterday", 400, "validation_error"),
        ("claims/?from=20260201", 400, "validation_error"),
        ("claims/?from=2026-03-02&to=2026-03-01", 400, "validation_error"),
        ("claims/?q=a%00b", 400, "invalid_characters"),
        ("claims/?q=" + "x" * 201, 400, "validation_error"),
        ("claims/?q=a&q=b", 400, "repeated_parameter"),
        ("claims/?colour=red", 400, "unknown_parameter"),
        ("claims/?limit=5&offset=3", 400, "unknown_parameter"),
        ("ratings/?page_size=3", 400, "unknown_parameter"),
        (f"claims/{NOBODY}/", 404, "not_found"),
        (f"claims/{NOBODY}/revisions/", 404, "not_found"),
        (f"claims/{NOBODY}/revisions/{'9' * 30}/", 404, "not_found"),
        ("claims/not-a-uuid/", 404, "not_found"),
        ("claims/%00/", 404, "not_found"),
        (f"articles/{NOBODY}/", 404, "not_found"),
        (f"sources/{NOBODY}/", 404, "not_found"),
        (f"claimants/{NOBODY}/", 404, "not_found"),
        ("nothing/", 404, "not_found"),
        ("../v2/claims/", 404, "not_found"),
    ],
)
def test_a_bad_address_is_a_problem(address: str, status: int, code: str, reader: Client, problem: Any) -> None:
    answer = reader.get(V1 + address)
    problem(answer, status, code)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"


def test_methods_and_types_that_are_not_served_are_problems(reader: Client, problem: Any) -> None:
    refused = reader.post(V1 + "claims/", "{}", "application/json")
    problem(refused, 405, "method_not_allowed")
    assert "GET" in refused["Allow"]
    problem(reader.get(V1 + "claims/", headers={"Accept": "text/html"}), 406, "not_acceptable")
    problem(reader.delete(V1 + "nothing/"), 404, "not_found")
    assert reader.get(V1 + "claims?q=x")["Location"] == "/api/v1/claims/?q=x"


def test_every_published_row_is_in_the_feed(people: SimpleNamespace, reader: Client) -> None:
    newsroom.in_stage("retracted", people)
    feed = reader.get(V1 + "changes/").json()["results"]
    assert feed == [json.loads(bytes(r.body)) for r in Record.objects.order_by("seq")]
    assert [r["kind"] for r in feed] == ["published", "retracted"]


def test_an_unknown_rating_is_refused_with_the_possible_ones(reader: Client, problem: Any) -> None:
    errors = problem(reader.get(f"{V1}claims/?rating=false,wrong"), 400, "validation_error")["errors"]
    assert [error["attr"] for error in errors] == ["rating"]
    assert "“wrong”" in errors[0]["detail"]
    assert "mostly_true" in errors[0]["detail"]
    problem(reader.get(f"{V1}claims/?language=not+a+tag"), 400, "validation_error")


def test_an_id_may_be_written_in_capital_letters(people: SimpleNamespace, reader: Client) -> None:
    claim = newsroom.published(people)
    for address in ("claims/{}/", "claims/{}/revisions/"):
        small, capital = (V1 + address.format(pk) for pk in (str(claim.pk), str(claim.pk).upper()))
        assert reader.get(capital).content == reader.get(small).content


def test_shared_caches_hold_answers_for_each_key(people: SimpleNamespace, reader: Client) -> None:
    assert reader.get(f"{V1}claims/")["Vary"] == "Authorization"
    assert reader.get(f"{V1}claims/", headers={"Authorization": "Bearer fcp_" + "x" * 30}).status_code == 401


def test_a_post_without_the_last_slash_is_answered_with_a_hint(reader: Client, problem: Any) -> None:
    found = problem(reader.post(f"{V1}desk/claims", {}, content_type="application/json"), 404, "not_found")
    assert f"{V1}desk/claims/" in found["detail"]
