"""What is refused before a view sees it, in the shape of where it was asked."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
FOREIGN = {"host": "elsewhere.example"}


@pytest.mark.parametrize("address", ["/api/v1/claims/", "/api/v1/desk/claims/", "/api/nothing/"])
def test_a_foreign_host_is_a_problem_below_the_api(address: str, problem: Any) -> None:
    answer = Client().get(address, headers=FOREIGN)
    document = problem(answer, 400, "bad_request")
    assert "Host" in document["detail"]
    assert "elsewhere.example" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_foreign_host_is_a_google_error_below_googles_api() -> None:
    answer = Client().get("/v1alpha1/claims:search", headers=FOREIGN)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_a_foreign_host_is_an_html_page_below_readers_addresses() -> None:
    answer = Client().get("/", headers=FOREIGN)
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
