"""The OpenAPI document says what is true: it is valid, and what is served is what it describes."""

import copy
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from jsonschema import Draft202012Validator, FormatChecker

from api.openapi import sharing
from api.openapi.views import openapi
from tests import newsroom

#: Compact, without compression. Every client reads the whole document, and the page of the API builds all of it.
LARGEST = 350_000
pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def expanded() -> dict[str, Any]:
    """The document with its shared headers, parameters and answers at every operation that refers to them."""
    found: dict[str, Any] = json.loads(openapi())
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [sharing.whole(found, one) for one in operation["parameters"]]
            for status, answer in operation["responses"].items():
                answer = copy.deepcopy(sharing.whole(found, answer))
                answer["headers"] = {
                    name: sharing.whole(found, header) for name, header in answer.get("headers", {}).items()
                }
                operation["responses"][status] = answer
    return found


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document, with every object closed: what is served but not described is an error then."""
    found = expanded()
    waiting: list[Any] = [found["components"]["schemas"], found["paths"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if isinstance(item.get("properties"), dict) and item.get("type") == "object":
                item.setdefault("additionalProperties", False)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return found


def _check(document: dict[str, Any], answer: HttpResponse, path: str, method: str = "get") -> None:
    described = document["paths"][path][method]["responses"][str(answer.status_code)]
    content = described["content"][answer["Content-Type"].partition(";")[0]]
    validator = Draft202012Validator(
        {**content["schema"], "components": document["components"]}, format_checker=FormatChecker()
    )
    errors = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(json.loads(answer.content))]
    assert not errors, (path, errors)
    for header, about in described.get("headers", {}).items():
        assert header in answer or about.get("required") is False, (path, header)


def test_the_openapi_document_is_valid_without_warnings(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))


def test_the_openapi_document_is_served_unchanged(reader: Client) -> None:
    answer = reader.get("/api/v1/openapi.json")
    assert answer.json()["openapi"] == "3.1.1"
    assert answer.content == openapi()
    assert reader.get("/api/v1/docs/").status_code == 200


def test_the_openapi_document_is_small_and_says_each_header_once() -> None:
    assert len(openapi()) <= LARGEST
    found = json.loads(openapi())
    headers = [
        header
        for answer in (*_answers(found), *found["components"]["responses"].values())
        for header in answer.get("headers", {}).values()
    ]
    assert headers
    assert [header for header in headers if "$ref" not in header] == []
    refusals = [o["responses"] for path in found["paths"].values() for o in path.values()]
    assert [s for answers in refusals for s, answer in answers.items() if s >= "400" and "$ref" not in answer] == []
    parameters = [p for path in found["paths"].values() for o in path.values() for p in o["parameters"]]
    written_out = [json.dumps(p, sort_keys=True) for p in parameters if "$ref" not in p]
    assert len(written_out) == len(set(written_out))


def _answers(found: dict[str, Any]) -> list[dict[str, Any]]:
    every = [a for path in found["paths"].values() for o in path.values() for a in o["responses"].values()]
    return [answer for answer in every if "$ref" not in answer]


def test_every_group_of_operations_is_described_and_every_described_group_is_used() -> None:
    found = json.loads(openapi())
    used = {tag for path in found["paths"].values() for operation in path.values() for tag in operation["tags"]}
    assert {tag["name"] for tag in found["tags"]} == used
    assert all(tag["description"] for tag in found["tags"])
    assert found["servers"][0]["url"].startswith("http")
    assert "@" in found["info"]["contact"]["email"]


def test_an_example_of_a_header_can_be_sent(document: dict[str, Any]) -> None:
    """Clients send what the document shows: a header takes ASCII alone."""
    shown = [
        (parameter["name"], value)
        for operations in document["paths"].values()
        for operation in operations.values()
        for parameter in operation["parameters"]
        for value in (parameter.get("example", ""), *parameter["schema"].get("examples", ()))
    ]
    assert any(name == "If-Match" and value for name, value in shown)
    assert [one for one in shown if not str(one[1]).isascii()] == []


def test_generators_of_clients_can_read_every_schema() -> None:
    """openapi-generator compares a constant that is no text with a text, and fails at every answer that has it."""
    found = json.loads(openapi())
    constants: list[Any] = []
    waiting: list[Any] = [found["components"]["schemas"], found["components"]["headers"], found["paths"]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if isinstance(item.get("type"), str):
                constants += [one for one in (item.get("const"), *item.get("enum", ())) if one is not None]
            waiting += [below for name, below in item.items() if name not in ("example", "examples")]
        elif isinstance(item, list):
            waiting += item
    fields = [f for one in found["components"]["schemas"].values() for f in one.get("properties", {}).values()]
    assert [field for field in fields if "default" in field] == [], "openapi-typescript wants such a field to be sent"
    assert "factcheck.record/1" in constants
    assert [one for one in constants if not isinstance(one, str)] == []


def test_every_api_address_is_in_the_openapi_document(document: dict[str, Any]) -> None:
    def addresses(patterns: Any, prefix: str) -> Any:
        for pattern in patterns:
            here = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
            if hasattr(pattern, "url_patterns"):
                yield from addresses(pattern.url_patterns, here)
            elif "{" in here or here.endswith("/") or "/export/" in here:
                yield here

    mounted = {str(p.pattern): p for p in get_resolver().url_patterns}
    real = {a for a in addresses(mounted["api/"].url_patterns, "/api/") if "^" not in a}
    real.add("/v1alpha1/" + str(mounted["v1alpha1/"].url_patterns[0].pattern))
    assert real - set(document["paths"]) == {"/api/", "/api/v1/", "/api/v1/docs/"}
    assert set(document["paths"]) <= real


def test_every_operation_documents_its_problems(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            problems = {
                s for s, r in operation["responses"].items() if "application/problem+json" in r.get("content", {})
            }
            if path.startswith("/v1alpha1/"):  # errors in Google's shape
                assert {"400", "401", "403", "406", "429", "304"} <= set(operation["responses"])
                assert problems == set()
                continue
            assert {"400", "406", "429"} <= problems
            assert {"RateLimit", "RateLimit-Policy"} <= set(operation["responses"]["429"]["headers"])
            if "/webhooks/" in path:  # a partner's own: on its version where it changes one
                assert operation["security"] == [{"partnerKey": []}]
                assert {"401", "403", "429"} <= problems
                assert ("428" in problems) is (method in ("patch", "delete"))
                continue
            if "/submissions/" in path or "/key/" in path:  # a partner's own: by key, and safe to repeat in another way
                assert operation["security"] == [{"partnerKey": []}]
                assert ("409" in problems) is (method == "post")
                continue
            writes = method != "get"
            headers = {p["name"] for p in operation.get("parameters", []) if p["in"] == "header"}
            assert ("428" in problems) is ("If-Match" in headers)
            assert ("If-None-Match" in headers) is ("/desk/" not in path and not writes)
            desk, anyone = [{"personalToken": []}, {"cookieAuth": []}], [{"partnerKey": []}, {"personalToken": []}, {}]
            assert operation["security"] == (desk if "/desk/" in path else anyone)
            assert {"401", "403", "429"} <= problems
            assert writes or "If-Match" not in headers


def test_a_temporary_conflict_documents_retry_after(document: dict[str, Any]) -> None:
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    told = {o["operationId"] for o in operations if "Retry-After" in o["responses"].get("409", {}).get("headers", {})}
    webhooks = {f"webhook_endpoints_{name}" for name in ("create", "rotate", "test")}
    assert told == {"submissions_create", "submissions_import", *webhooks}


def test_answers_of_the_read_api_match_openapi(
    document: dict[str, Any], people: SimpleNamespace, reader: Client
) -> None:
    claim = newsroom.published(people, text="One that stands")
    gone = newsroom.in_stage("retracted", people, text="One that was retracted")
    ids = {
        "claim_id": str(claim.pk),
        "revision": "1",
        "article_id": newsroom.record_of(claim).document()["appearances"][0]["article"]["id"],
        "source_id": newsroom.record_of(claim).document()["evidence"][0]["source"]["id"],
    }
    checked = 0
    for path in document["paths"]:
        if any(
            part in path
            for part in ("/desk/", "/submissions/", "/webhooks/", "/key/", "/export/", "claimant_id", "/v1alpha1/")
        ):
            continue
        query = {"url": "https://herald.example/"} if path.endswith("/match/") else {}
        _check(document, reader.get(path.format(**ids), query), path)
        checked += 1
    assert checked == 12
    _check(document, reader.get(f"/api/v1/claims/{gone.pk}/"), "/api/v1/claims/{claim_id}/")
    _check(document, reader.get("/api/v1/claims/?page_size=x"), "/api/v1/claims/")


def test_answers_of_the_desk_api_match_openapi(
    document: dict[str, Any], people: SimpleNamespace, desks: SimpleNamespace
) -> None:
    claim = newsroom.in_stage("review", people)
    mayor = desks.reporter.ask("POST", "claimants/", {"name": "Ada Lind", "same_as": ["https://ada.example/"]})
    _check(document, mayor, "/api/v1/desk/claimants/", "post")
    one = "/api/v1/desk/claims/{claim_id}/"
    ids = {
        "claim_id": str(claim.pk),
        "claimant_id": mayor.json()["id"],
        "source_id": str(claim.evidence.first().source_id),
        "article_id": str(claim.appearances.first().article_version.article_id),
        "sha256": "0" * 64,
    }
    checked = 0
    for path, operations in document["paths"].items():
        if "/desk/" in path and "get" in operations:
            _check(document, desks.checker.ask("GET", path.format(**ids)), path)
            checked += 1
    assert checked == 21
    _check(document, desks.reporter.ask("PATCH", one.format(**ids), {"origin": "x"}), one, "patch")
    action = one + "actions/{transition}/"
    _check(document, desks.reporter.act(claim.pk, "approve"), action, "post")
    _check(document, desks.checker.act(claim.pk, "approve"), action, "post")
    _check(document, desks.editor.act(claim.pk, "publish"), action, "post")
    _check(document, desks.editor.ask("GET", one.format(**ids)), one)


def test_every_refusal_has_an_example_with_a_code_of_its_own(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                if status < "400":
                    continue
                (content,) = answer["content"].values()
                schema = {**content["schema"], "components": document["components"]}
                Draft202012Validator(schema).validate(content["example"])
                shown = content["example"].get("error", content["example"])
                assert str(shown.get("code" if "error" in content["example"] else "status")) == status, (path, method)
