"""Every operation of the OpenAPI document has an example, and every example is what really happens.

``RECORD_EXAMPLES=1`` (``make examples``) writes the answers of this run into the examples instead of comparing them.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from articles.api import examples
from articles.api.documents import openapi
from tests.articles.api.example_runner import Runner
from tests.articles.api.test_openapi import _check, document  # noqa: F401 - a fixture
from tests.articles.conftest import Demo

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
_RECORDS = bool(os.environ.get("RECORD_EXAMPLES"))
_EXAMPLES = examples.read()
_METHODS = ("get", "post", "put", "patch", "delete")


def _operations() -> dict[str, tuple[str, str]]:
    paths = json.loads(openapi())["paths"]
    return {
        operation["operationId"]: (method, path)
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method in _METHODS
    }


@pytest.fixture(scope="module", autouse=True)
def _a_site_of_its_own() -> Iterator[None]:
    with override_settings(SITE_URL="https://facts.example", SITE_NAME="Factcheck"):
        yield


def test_every_operation_has_an_example_and_no_example_is_left_over() -> None:
    operations = set(_operations())
    missing = operations - set(_EXAMPLES)
    assert not missing, f"Add a request to a file in articles/api/examples/, then make examples: {sorted(missing)}"
    assert set(_EXAMPLES) <= operations


@pytest.mark.parametrize("name", _EXAMPLES)
def test_an_example_is_what_happens(name: str, demo: Demo, document: dict[str, Any]) -> None:  # noqa: F811
    runner = Runner(demo, _EXAMPLES, _operations())
    answer = runner.run(name)
    method, path = runner.operations[name]
    found = runner.comparable(name, answer)
    assert 200 <= answer.status_code < 300, (answer.status_code, answer.content[:1000])
    if "json" in answer.get("Content-Type", "") and not answer.streaming:
        _check(document, answer, path, method)
    if _RECORDS:
        _record(name, found)
    assert _EXAMPLES[name]["response"] == found, "After a wanted change: make examples"


def test_what_is_shown_is_the_example() -> None:
    paths = json.loads(openapi())["paths"]
    for name, (method, path) in _operations().items():
        request, response = _EXAMPLES[name]["request"], _EXAMPLES[name]["response"]
        operation = paths[path][method]
        shown = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
        assert shown == {**request.get("path", {}), **request.get("query", {}), **request.get("headers", {})}, name
        if "body" in request:
            assert operation["requestBody"]["content"]["application/json"]["example"] == request["body"]
        if "body" in response:
            assert response["body"] in [
                content.get("example")
                for content in operation["responses"][str(response["status"])]["content"].values()
            ], name


def _record(name: str, response: dict[str, Any]) -> None:
    for file in examples.DIRECTORY.glob("*.json"):
        stored = json.loads(file.read_text(encoding="utf-8"))
        if name in stored:
            stored[name]["response"] = _EXAMPLES[name]["response"] = response
            file.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
