"""Keys at the API: what they open, what they do not, and that no address may hold one."""

import re
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import PersonalToken
from partners.choices import Scope
from partners.services import keys, partners
from tests.api.conftest import desks, problem, reader  # noqa: F401
from tests.partners import newsrooms

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
LEFT = re.compile(r'"(\w+)";r=(\d+);t=(\d+)')


def test_a_key_has_a_limit_of_its_own_and_its_answers_are_not_shared(settings: Any) -> None:
    settings.API_READ_RATE, settings.API_KEY_RATE = "1/day", "50/day"
    settings.CACHE_KEY_HEADERS = ["xkey"]
    _, secret = newsrooms.key()
    assert [newsrooms.ask(secret).status_code for _ in range(4)] == [200] * 4
    answer = newsrooms.ask(secret)
    assert answer["RateLimit-Policy"] == '"key";q=50;w=86400'
    assert LEFT.fullmatch(answer["RateLimit"]).group(1, 2) == ("key", "45")
    assert answer["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert not {"CDN-Cache-Control", "xkey"} & set(answer.headers)
    assert [Client().get("/api/v1/ratings/").status_code for _ in range(2)] == [200, 429]


PUBLIC = ("claims/", "articles/", "sources/", "claimants/", "ratings/", "changes/")


@pytest.mark.parametrize("path", [*PUBLIC, "../../v1alpha1/claims:search?query=a"])
def test_a_personal_token_reads_what_is_public(path: str, desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    desk = desks.reporter
    answer = desk.ask("GET", f"/api/v1/{path}".replace("/api/v1/../..", ""))
    assert answer.status_code == 200
    assert answer["RateLimit-Policy"].startswith('"desk"')
    assert "public" not in answer["Cache-Control"]
    PersonalToken.objects.filter(user=desk.user).update(expires_at=timezone.now())
    problem_of = desk.ask("GET", "/api/v1/ratings/")
    problem(problem_of, 401, "invalid_key")


def test_a_personal_token_opens_nothing_of_partners(desks: SimpleNamespace, problem: Any) -> None:  # noqa: F811
    for path in ("submissions/", "webhooks/endpoints/"):
        problem(desks.editor.ask("GET", f"/api/v1/{path}"), 401, "invalid_key")


def test_a_revoked_key_is_refused_at_the_next_request(problem: Any) -> None:  # noqa: F811
    key, secret = newsrooms.key()
    assert newsrooms.ask(secret).status_code == 200
    keys.revoke_key(key=key, at=timezone.now())
    answer = newsrooms.ask(secret)
    problem(answer, 401, "invalid_key")
    assert answer["WWW-Authenticate"] == 'Bearer realm="partners", error="invalid_token"'
    assert secret not in answer.content.decode()


def test_the_keys_of_a_partner_that_is_not_active_are_refused(problem: Any) -> None:  # noqa: F811
    key, secret = newsrooms.key()
    partners.change_partner(partner=key.partner, is_active=False, by=None, at=timezone.now())
    problem(newsrooms.ask(secret), 401, "invalid_key")
    partners.change_partner(partner=key.partner, is_active=True, by=None, at=timezone.now())
    assert newsrooms.ask(secret).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["Bearer fcp_unknown", "Bearer fct_" + "x" * 43, "Bearer", "Basic ZmNwOng=", "fcp_" + "x" * 43, "Bearer \xe4"],
    ids=["unknown", "token", "empty", "basic", "no scheme", "no ascii"],
)
def test_bad_credentials_are_refused_and_never_treated_as_anonymous(header: str, problem: Any) -> None:  # noqa: F811
    problem(Client().get("/api/v1/ratings/", headers={"Authorization": header}), 401, "invalid_key")


def test_a_key_without_the_scope_is_told_which_one(problem: Any) -> None:  # noqa: F811
    _, secret = newsrooms.key(Scope.SUBMIT)
    answer = newsrooms.ask(secret)
    assert "“read”" in problem(answer, 403, "scope_missing")["detail"]
    assert 'scope="read"' in answer["WWW-Authenticate"]
    assert "RateLimit" in answer


def test_a_partners_key_is_refused_on_the_desk_api(problem: Any, desks: SimpleNamespace) -> None:  # noqa: F811
    _, secret = newsrooms.key(*Scope.values)
    answer = newsrooms.ask(secret, "/api/v1/desk/claims/")
    assert "personal tokens" in problem(answer, 401, "partner_key")["detail"]
    problem(desks.reporter.ask("GET", "nothing/"), 404, "not_found")
    assert desks.reporter.ask("GET", "claims/")["RateLimit-Policy"].startswith('"desk";')


def test_during_a_rotation_both_keys_work() -> None:
    key, old = newsrooms.key()
    _, new = keys.rotate_key(key=key, overlap_until=timezone.now() + timedelta(days=7), at=timezone.now())
    assert [newsrooms.ask(secret).status_code for secret in (old, new)] == [200, 200]
    keys.revoke_key(key=key, at=timezone.now())
    assert [newsrooms.ask(secret).status_code for secret in (old, new)] == [401, 200]


KEY = "fcp_" + "Ab3-_" * 8 + "xyz"


@pytest.mark.parametrize(
    "query",
    [
        f"key={KEY}",
        f"q=see%20{KEY}",
        f"{KEY}",
        f"{KEY}=1",
        f"a=b&access_token=fct_{KEY[4:]}",
        f"key=%66cp_{KEY[4:]}",
        f"key=fcp%5F{KEY[4:]}",
        f"key={quote(quote('%66cp_'))}{KEY[4:]}",
        "key=" + "".join(f"%{ord(char):02x}" for char in KEY),
        f"key=Bearer+{KEY}",
    ],
    ids=["value", "within", "alone", "name", "token", "percent", "underscore", "thrice", "all", "bearer"],
)
def test_a_key_in_a_query_is_refused_at_every_address_and_not_repeated(
    query: str,
    problem: Any,  # noqa: F811
    caplog: Any,
) -> None:
    paths = ["claims/", "claims", "desk/claims/", "docs/"]
    addresses = [*(f"/api/v1/{path}" for path in paths), "/api/", "/api/nothing"]
    for method, address in product(["GET", "POST"], addresses):
        answer = Client().generic(method, f"{address}?{query}")
        document = problem(answer, 400, "key_in_address")
        assert "revoked" in document["detail"], (method, address)
        assert KEY[4:] not in answer.content.decode() + str(answer.headers) + caplog.text, (method, address)


def test_a_key_in_the_path_is_refused_and_words_like_it_are_not(problem: Any, caplog: Any) -> None:  # noqa: F811
    problem(Client().get(f"/api/v1/claims/{KEY}/"), 400, "key_in_address")
    assert KEY not in caplog.text
    for words in ("fcp_", "fcp", "fct_short", "100%25+fcp"):
        assert Client().get(f"/api/v1/claims/?q={words}").status_code == 200


def test_every_answer_says_how_many_requests_are_left(problem: Any, settings: Any) -> None:  # noqa: F811
    settings.API_READ_RATE = "5/day"
    paths = ["ratings/", "nothing/", "claims/?page_size=x", "claims/00000000-0000-4000-8000-000000000000/"]
    left = [int(LEFT.fullmatch(Client().get(f"/api/v1/{path}")["RateLimit"])[2]) for path in paths]
    assert left == [4, 3, 2, 1]
    assert Client().get("/api/v1/ratings/", headers={"Accept": "text/html"})["RateLimit"].startswith('"read";r=0;')
    refused = Client().get("/api/v1/ratings/")
    problem(refused, 429, "throttled")
    assert 1 <= int(refused["Retry-After"]) <= 86_400 / 5
    assert refused["RateLimit"].startswith('"read";r=0;')


def test_a_304_answer_does_not_count_against_the_limit(settings: Any) -> None:
    settings.API_READ_RATE = "3/day"
    tag = Client().get("/api/v1/ratings/")["ETag"]
    for _ in range(5):
        answer = Client().get("/api/v1/ratings/", headers={"If-None-Match": tag})
        assert answer.status_code == 304
        assert answer["RateLimit"].startswith('"read";r=2;')
    assert [Client().get("/api/v1/ratings/").status_code for _ in range(3)] == [200, 200, 429]


def test_wrong_keys_are_limited_and_do_not_shut_out_good_ones(problem: Any, settings: Any) -> None:  # noqa: F811
    settings.API_FAILURE_RATE = "2/day"
    _, good = newsrooms.key()
    for status, code in ((401, "invalid_key"), (401, "invalid_key"), (429, "throttled")):
        problem(newsrooms.ask("fcp_wrong"), status, code)
    problem(newsrooms.ask("fct_wrong", "/api/v1/desk/claims/"), 429, "throttled")
    problem(Client().get("/api/v1/desk/claims/"), 429, "throttled")
    assert newsrooms.ask(good).status_code == 200


def test_the_anonymous_limit_counts_per_network(settings: Any) -> None:
    settings.API_READ_RATE = "1/day"

    def status(address: str) -> int:
        return Client().get("/api/v1/ratings/", REMOTE_ADDR=address).status_code

    pairs = [("192.0.2.1", 200), ("192.0.2.254", 429), ("192.0.3.1", 200), ("::ffff:192.0.2.9", 429)]
    pairs += [("2001:db8:0:1::1", 200), ("2001:db8:0:1:ffff::2", 429), ("2001:db8:0:2::1", 200)]
    assert [(address, status(address)) for address, _ in pairs] == pairs


def test_a_key_may_have_a_rate_of_its_own() -> None:
    _, secret = newsrooms.key(rate="2/hour")
    assert [newsrooms.ask(secret).status_code for _ in range(3)] == [200, 200, 429]
