"""Feeds and the log for scripts of other sites."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests import newsroom

pytestmark = pytest.mark.django_db(databases=["default", "readers"])


@pytest.mark.parametrize(
    "address",
    [
        *("/feeds/claims.atom", "/feeds/claims.json", "/feeds/claimreview.json", "/feeds/corrections.json"),
        *("/ru/feeds/claims.atom", "/log/checkpoint", "/log/key", "/log/tile/0/000.p/1", "/log/tile/9/999"),
        "/feeds/nothing.here",
    ],
)
def test_scripts_of_any_site_may_read_it(address: str, client: Client, people: SimpleNamespace) -> None:
    newsroom.published(people)
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://else.example", "Access-Control-Request-Method": "GET"}
    allowed = client.options(address, headers=asked)
    assert (allowed.status_code, allowed["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in allowed["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("address", ["/", "/suggest/", "/admin/login/", "/claims/"])
def test_pages_stay_closed(address: str, client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(address).headers
