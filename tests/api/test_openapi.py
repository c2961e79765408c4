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

from api.openapi.views import openapi
from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document, with every object closed: what is served but not described is an error then."""
    found: dict[str, Any] = copy.deepcopy(json.loads(openapi()))
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
    }
    checked = 0
    for path, operations in document["paths"].items():
        if "/desk/" in path and "get" in operations:
            _check(document, desks.checker.ask("GET", path.format(**ids)), path)
            checked += 1
    assert checked == 17
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
