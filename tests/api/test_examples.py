"""Every operation of the OpenAPI document has an example, and every example is what really happens.

``RECORD_EXAMPLES=1`` (``make examples``) writes the answers of this run into the examples instead of comparing them.
"""

from typing import Any

import pytest

from tests.api.example_runner import EXAMPLES, EXPORTS, check, operations
from tests.api.test_openapi import document, expanded  # noqa: F401 - the first is a fixture
from tests.demo_fixtures import Demo

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


def test_every_operation_has_an_example_and_no_example_is_left_over() -> None:
    missing = operations().keys() - EXAMPLES
    assert not missing, f"Add a request to a file in api/openapi/examples/, then make examples: {sorted(missing)}"
    assert EXAMPLES.keys() <= operations().keys()


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in EXPORTS])
def test_an_example_is_what_happens(name: str, demo: Demo, document: dict[str, Any]) -> None:  # noqa: F811
    check(name, demo, document)


def test_openapi_shows_the_recorded_examples() -> None:
    paths = expanded()["paths"]
    for name, (method, path) in operations().items():
        request, response = EXAMPLES[name]["request"], EXAMPLES[name]["response"]
        operation = paths[path][method]
        shown = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
        assert shown == {**request.get("path", {}), **request.get("query", {}), **request.get("headers", {})}, name
        if "body" in request:
            assert operation["requestBody"]["content"]["application/json"]["example"] == request["body"]
        if "body" in response:
            contents = operation["responses"][str(response["status"])]["content"]
            content = contents["application/json"] if len(contents) > 1 else next(iter(contents.values()))
            assert content["example"] == response["body"], name
