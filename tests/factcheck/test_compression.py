"""What is packed, for whom, and under which tag."""

import gzip
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import newsroom
from tests.api.submissions.test_submissions import Caller

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _claims(people: SimpleNamespace) -> None:
    for number in range(3):
        newsroom.published(people, text=f"The bridge of Lindholm cost {number} million")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/claims/", "/api/v1/changes/", "/api/v1/openapi.json", "/feeds/claims.atom", "/feeds/claims.json"],
)
def test_public_answers_are_packed_on_request(address: str, client: Client) -> None:
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain["Vary"]
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", plain["Vary"])
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert packed["ETag"] == f"W/{plain['ETag']}"
    for held in (plain["ETag"], packed["ETag"]):
        again = client.get(address, headers=GZIP | {"If-None-Match": held})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", held)


def test_a_refused_coding_and_short_answers_are_left_alone(client: Client) -> None:
    assert "Content-Encoding" not in client.get("/api/v1/claims/", headers={"Accept-Encoding": "gzip;q=0"}).headers
    short = client.get("/api/v1/claims/?q=submarine", headers=GZIP)
    assert "Content-Encoding" not in short.headers
    assert short["ETag"].startswith('"')


def test_pages_and_private_answers_are_never_packed(client: Client) -> None:
    caller = Caller("Morning Post", ("read", "submit"))
    sent = {"Authorization": f"Bearer {caller.secret}", **GZIP}
    for number in range(20):
        caller.post({"claim": f"Claim {number}", "language": "en", "appearance": {"url": "https://a.example/"}})
    mine = client.get("/api/v1/submissions/", headers=sent)
    assert len(mine.content) > 2000
    page: Any = client.get("/suggest/", headers=GZIP)
    assert len(page.content) > 1024
    for answer in (mine, page, client.get("/admin/login/", headers=GZIP), client.get("/", headers=GZIP)):
        assert "Content-Encoding" not in answer.headers
    public = client.get("/api/v1/claims/", headers=sent)
    assert public["Cache-Control"].startswith("private")
    assert public["Content-Encoding"] == "gzip", "it says the same to everybody"


def test_a_page_that_this_process_keeps_is_kept_unpacked(client: Client, settings: Any) -> None:
    settings.PAGE_SECONDS = 60
    packed, plain = client.get("/feeds/claims.json", headers=GZIP), client.get("/feeds/claims.json")
    assert gzip.decompress(packed.content) == plain.content
    assert client.get("/feeds/claims.json", headers=GZIP).content == packed.content
    held = GZIP | {"If-None-Match": packed["ETag"]}
    with CaptureQueriesContext(connections["readers"]) as asked:
        again = client.get("/feeds/claims.json", headers=held)
    assert (again.status_code, again["ETag"], len(asked)) == (304, packed["ETag"], 0)
