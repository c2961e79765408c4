"""Single sign-on with a real OpenID Connect provider, started for the test."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from environs import Env
from lxml import html

from accounts.models import User
from accounts.services import invitations
from factcheck import single_sign_on
from tests.desk import pages
from tests.desk.people import expired_tls, oidc_provider

pytestmark = pytest.mark.django_db
START = "/admin/account/oidc/newsroom/login/?next=/admin/articles/claim/"
ADA = {"sub": "248289", "email": "Ada@factcheck.example", "email_verified": True, "name": "Ada Almond"}


@pytest.fixture
def provider(settings: Any) -> Iterator[oidc_provider.Provider]:
    with oidc_provider.running() as running:
        settings.SOCIALACCOUNT_PROVIDERS = running.settings()
        running.claims = dict(ADA)
        yield running


def provider_address(page: Any) -> str:
    """Where the page after the button leads; the browser goes there by itself."""
    [link] = html.fromstring(page.content).xpath("//a[@id='leave']/@href")
    [refresh] = html.fromstring(page.content).xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == f"0; url={link}"
    return str(link)


def sign_in(client: Client) -> Any:
    """As a browser: press the button, be sent to the provider, come back."""
    button = client.get("/admin/login/?next=/admin/articles/claim/")
    assert "Sign in with Newsroom ID" in pages.text_of(button)
    start = client.post(START)
    if start.status_code != 200:
        return start
    there = requests.get(provider_address(start), allow_redirects=False, timeout=10)
    return client.get(there.headers["Location"].replace("http://testserver", ""))


def invited(role: str = "Editor") -> User:
    group = Group.objects.get(name=role)
    person, _link = invitations.invite(
        by=None, name="Ada Almond", email="ada@factcheck.example", role=group, at=timezone.now()
    )
    return person


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_an_invited_person_comes_in_by_the_verified_address_and_is_linked(
    people: SimpleNamespace, provider: oidc_provider.Provider
) -> None:
    person, client = invited(), Client()
    answer = sign_in(client)
    assert answer.headers["Location"] == "/admin/articles/claim/"
    assert is_in(client)
    assert SocialAccount.objects.get().user == person
    acts = list(person.account_events.order_by("id").values_list("act", flat=True))
    assert acts == ["role", "invited", "accepted", "linked", "signed_in"]
    provider.claims["email"] = "ada.almond@factcheck.example"  # the link holds when the address changes
    again = Client()
    assert sign_in(again).status_code == 302
    assert is_in(again)


def test_groups_give_the_role_at_each_sign_in(
    people: SimpleNamespace, provider: oidc_provider.Provider, settings: Any
) -> None:
    settings.OIDC_ROLES = {"facts-editors": "Editor", "facts": "Reporter"}
    for groups, role in ((["all", "facts"], "Reporter"), (["facts", "facts-editors"], "Editor")):
        provider.claims["groups"] = groups
        client = Client()
        sign_in(client)
        assert is_in(client)
        person = User.objects.get(email="ada@factcheck.example")
        assert [group.name for group in person.groups.all()] == [role]
    assert (person.get_full_name(), person.has_usable_password()) == ("Ada Almond", False)


def test_a_superuser_is_not_changed_by_groups(
    people: SimpleNamespace, provider: oidc_provider.Provider, settings: Any
) -> None:
    settings.OIDC_ROLES = {"facts": "Reporter"}
    provider.claims["groups"] = ["facts"]
    owner = User.objects.create_superuser("ada", "ada@factcheck.example", "a long phrase 123")
    client = Client()
    sign_in(client)
    assert is_in(client)
    assert not owner.groups.exists()


@pytest.mark.parametrize(
    ("changed", "roles", "says"),
    [
        ({"groups": ["sports"]}, {"facts": "Reporter"}, "None of your groups may use this desk."),
        ({}, {"facts": "Reporter"}, "None of your groups may use this desk."),
        ({"groups": ["facts"]}, {"facts": "No such role"}, "The role No such role does not exist here."),
        ({"email": None}, {}, "sent no e-mail address"),
        ({"email": ""}, {}, "sent no e-mail address"),
        ({"email_verified": False}, {}, "does not vouch for your e-mail address"),
        ({"email_verified": None}, {}, "does not vouch for your e-mail address"),
        ({"email": "eve@factcheck.example"}, {}, "Nobody with your e-mail address was invited."),
    ],
)
def test_who_is_not_let_in_reads_why(
    people: SimpleNamespace,
    provider: oidc_provider.Provider,
    settings: Any,
    changed: dict[str, Any],
    roles: dict[str, str],
    says: str,
) -> None:
    invited()
    settings.OIDC_ROLES = roles
    provider.claims |= changed
    client, before = Client(), User.objects.count()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert says in pages.text_of(answer)
    assert not is_in(client)
    assert (SocialAccount.objects.count(), User.objects.count()) == (0, before)


def test_an_expired_invitation_lets_nobody_in(people: SimpleNamespace, provider: oidc_provider.Provider) -> None:
    person = invited()
    person.invitation.expires_at = timezone.now()
    person.invitation.save()
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        ("down", 503, "Single sign-on is not available"),
        ("nonsense", 503, "Single sign-on is not available"),
        ("token down", 403, "did not confirm who you are"),
        ("issuer", 403, "did not confirm who you are"),
        ("audience", 403, "did not confirm who you are"),
    ],
)
def test_a_provider_with_a_fault_gets_a_clear_page(
    people: SimpleNamespace, provider: oidc_provider.Provider, fault: str, status: int, says: str
) -> None:
    invited()
    provider.fault = fault
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == status
    assert says in pages.text_of(answer)
    assert not is_in(client)


def test_a_provider_that_does_not_answer_gets_a_clear_page(people: SimpleNamespace, settings: Any) -> None:
    with oidc_provider.running() as gone:
        settings.SOCIALACCOUNT_PROVIDERS = gone.settings()
    answer = Client().post(START)
    assert answer.status_code == 503
    assert "does not answer as it should" in pages.text_of(answer)


@pytest.mark.parametrize(("days", "status"), [(-1, 503), (1, 200)], ids=["expired", "valid"])
@pytest.mark.parametrize("kind", ["openid", "saml"])
def test_an_expired_certificate_of_the_provider_gets_a_clear_page(
    kind: str,
    days: int,
    status: int,
    people: SimpleNamespace,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The certificate's own signature is trusted here, so that its end is the only fault."""
    with expired_tls.server(tmp_path, ends=datetime.now(UTC) + timedelta(days=days)) as (address, certificate):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        if kind == "saml":
            monkeypatch.setenv("SAML_ENTITY_ID", "https://id.newsroom.example")
            monkeypatch.setenv("SAML_METADATA_URL", f"{address}/metadata")
            status = 503  # what the server says is no metadata
        else:
            for name, value in (("ISSUER", address), ("CLIENT_ID", "desk"), ("CLIENT_SECRET", "x")):
                monkeypatch.setenv(f"OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(Env())
        start = START if kind == "openid" else START.replace("/oidc/", "/saml/")
        answer = Client(HTTP_HOST="testserver").post(start)
    assert answer.status_code == status
    if status == 503:
        assert "Single sign-on is not available" in pages.text_of(answer)
    else:
        assert "opens now" in pages.text_of(answer)


def test_a_callback_that_nobody_asked_for_is_refused(people: SimpleNamespace, provider: oidc_provider.Provider) -> None:
    answer = Client().get("/admin/account/oidc/newsroom/login/callback/?code=x&state=y")
    assert answer.status_code == 403


def test_an_unknown_provider_is_not_found(people: SimpleNamespace) -> None:
    assert Client().post("/admin/account/oidc/other/login/").status_code == 404


def test_settings_that_are_half_set_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example.org")
    with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_ID"):
        single_sign_on.providers(Env())
    monkeypatch.setenv("OIDC_ISSUER", "")
    monkeypatch.setenv("PASSWORD_SIGN_IN", "0")
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        single_sign_on.providers(Env())
    with pytest.raises(ImproperlyConfigured, match="OIDC_ROLES"):
        single_sign_on.parse_roles("facts")
    given = "facts=Editor; cn=staff,dc=example=Reporter"
    assert single_sign_on.parse_roles(given) == {"facts": "Editor", "cn=staff,dc=example": "Reporter"}
