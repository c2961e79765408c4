"""Second factors: enrolment that a role asks for, codes that are counted, secrets that are sealed."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import issue_token
from accounts.services import people as people_services
from accounts.services.roles import policy_of
from tests.conftest import PASSWORD
from tests.desk import pages
from tests.desk.people.test_sign_in import acts_of, try_in

pytestmark = pytest.mark.django_db
FACTORS = "/admin/account/factors/"


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows; ``steps`` of 30 seconds from now."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps)))


def enrol(user: User) -> str:
    """An authenticator app for this person; its secret."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def require(people: SimpleNamespace, role: str) -> None:
    policy = policy_of(Group.objects.get(name=role))
    people_services.change_policy(by=people.administrator, policy=policy, summary="", needs_second_factor=True)


def test_a_code_is_asked_for_after_the_password(people: SimpleNamespace) -> None:
    secret, client = enrol(people.reporter), Client()
    answer = try_in(client, "reporter", next="/admin/articles/claim/")
    assert answer.headers["Location"].startswith(f"{FACTORS}authenticate/")
    assert client.get("/admin/").status_code == 302
    assert client.post(f"{FACTORS}authenticate/", {"code": "000000"}).status_code == 200
    answer = client.post(f"{FACTORS}authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/admin/articles/claim/"
    assert client.get("/admin/").status_code == 200
    assert acts_of(people.reporter) == ["factor_failed", "signed_in"]


def test_a_code_works_once(people: SimpleNamespace) -> None:
    secret = enrol(people.reporter)
    code = code_of(secret)
    for expected in (302, 200):
        client = Client()
        try_in(client, "reporter")
        assert client.post(f"{FACTORS}authenticate/", {"code": code}).status_code == expected


def test_a_code_works_once_whichever_process_sees_it(people: SimpleNamespace) -> None:
    """Allauth remembers used codes in a cache, which each process has for itself."""
    code = code_of(enrol(people.reporter))
    for expected in (302, 200):
        client = Client()
        try_in(client, "reporter")
        cache.clear()
        assert client.post(f"{FACTORS}authenticate/", {"code": code}).status_code == expected


def test_the_eleventh_wrong_code_is_refused_even_when_it_is_right(people: SimpleNamespace) -> None:
    secret, client = enrol(people.reporter), Client()
    try_in(client, "reporter")
    for number in range(10):
        given = {"code": "000000" if code_of(secret) != "000000" else "111111"}
        where = f"10.0.{number}.1"
        assert client.post(f"{FACTORS}authenticate/", given, REMOTE_ADDR=where).status_code == 200
    refused = client.post(f"{FACTORS}authenticate/", {"code": code_of(secret)}, REMOTE_ADDR="10.0.99.1")
    assert refused.status_code == 429
    assert "Too many wrong tries" in pages.text_of(refused)


def test_a_recovery_code_works_once(people: SimpleNamespace) -> None:
    enrol(people.reporter)
    codes = RecoveryCodes.activate(people.reporter).generate_codes()
    assert len(set(codes)) == 10
    for expected in (302, 200):
        client = Client()
        try_in(client, "reporter")
        assert client.post(f"{FACTORS}authenticate/", {"code": codes[3]}).status_code == expected


def test_stored_secrets_are_sealed_and_follow_the_fallback_keys(people: SimpleNamespace, settings: Any) -> None:
    secret = enrol(people.reporter)
    codes = RecoveryCodes.activate(people.reporter).generate_codes()
    stored = str(list(Authenticator.objects.values("data")))
    assert secret not in stored
    assert codes[0] not in stored
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    client = Client()
    try_in(client, "reporter")
    assert client.post(f"{FACTORS}authenticate/", {"code": code_of(secret)}).status_code == 302


def test_a_role_that_needs_a_factor_leads_to_the_set_up_and_nowhere_else(
    people: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    require(people, "Reporter")
    client = Client()
    try_in(client, "reporter")
    for address in ("/admin/", "/admin/articles/claim/", reverse("admin:accounts_personaltoken_add")):
        assert client.get(address).headers["Location"] == FACTORS
    answer = client.get("/api/v1/desk/claims/")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert client.get(FACTORS).status_code == 200
    client.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(f"{FACTORS}totp/activate/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{FACTORS}totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert "factor_added" in acts_of(people.reporter)


def test_requiring_a_factor_ends_the_sessions_of_those_without_one(people: SimpleNamespace) -> None:
    enrol(people.colleague)
    without, with_factor = pages.signed_in(people.reporter), pages.signed_in(people.colleague)
    require(people, "Reporter")
    assert without.get("/admin/").status_code == 302
    assert with_factor.get("/admin/").status_code == 200


def test_a_new_role_that_needs_a_factor_ends_the_sessions_too(people: SimpleNamespace) -> None:
    require(people, "Editor")
    client = pages.signed_in(people.reporter)
    people_services.set_role(by=people.administrator, person=people.reporter, group=Group.objects.get(name="Editor"))
    assert client.get("/admin/").status_code == 302


def test_removing_the_last_factor_leads_back_to_the_set_up(people: SimpleNamespace) -> None:
    secret = enrol(people.reporter)
    require(people, "Reporter")
    client = Client()
    try_in(client, "reporter")
    client.post(f"{FACTORS}authenticate/", {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200
    client.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    client.post(f"{FACTORS}totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").headers["Location"] == FACTORS


def test_changing_factors_asks_for_the_password_again(people: SimpleNamespace) -> None:
    enrol(people.reporter)
    client = pages.signed_in(people.reporter)
    answer = client.post(f"{FACTORS}totp/deactivate/")
    assert "reauthenticate" in answer.headers["Location"]
    assert Authenticator.objects.exists()


def test_personal_tokens_stay_as_they_are(people: SimpleNamespace) -> None:
    _token, secret = issue_token(user=people.reporter, name="Laptop")
    require(people, "Reporter")
    answer = Client().get("/api/v1/desk/claims/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
