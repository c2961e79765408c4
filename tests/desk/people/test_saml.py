"""Single sign-on with SAML: responses that a provider of the test signs, checked by the real library."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from environs import Env

from accounts.models import User
from accounts.services import invitations
from factcheck import saml, single_sign_on
from tests.desk import pages
from tests.desk.people import saml_provider
from tests.desk.people.test_single_sign_on import provider_address

pytestmark = pytest.mark.django_db
AT = "/admin/account/saml/newsroom/"
START = f"{AT}login/?next=/admin/articles/claim/"
DESK = f"http://testserver{AT}metadata/"
EMAIL = "urn:oid:0.9.2342.19200300.100.1.3"
ADA = {EMAIL: ["Ada@factcheck.example"], "givenName": ["Ada"], "sn": ["Almond"]}


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> Any:
    def given(**values: str) -> Env:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return Env()

    return given


@pytest.fixture
def provider(settings: Any, variables: Any) -> saml_provider.Provider:
    made = saml_provider.Provider(attributes=dict(ADA))
    env = variables(
        SAML_ENTITY_ID=saml_provider.ENTITY_ID,
        SAML_SSO_URL=saml_provider.SSO_URL,
        SAML_CERTIFICATE=made.certificate(),
        SAML_NAME="Newsroom ID",
    )
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(env)
    return made


def browser() -> Client:
    """With a Host header, as all browsers send it."""
    return Client(HTTP_HOST="testserver")


def invited() -> User:
    group = Group.objects.get(name="Editor")
    email = "ada@factcheck.example"
    person, _link = invitations.invite(by=None, name="Ada Almond", email=email, role=group, at=timezone.now())
    return person


def start(client: Client) -> str:
    """Press the button; where the browser is sent."""
    assert "Sign in with Newsroom ID" in pages.text_of(client.get("/admin/login/"))
    address = provider_address(client.post(START))
    assert address.startswith(f"{saml_provider.SSO_URL}?SAMLRequest=")
    return address


def come_back(client: Client, response: str) -> Any:
    """As the provider's page lets the browser post it: from another site, so without the session's cookie."""
    kept = client.cookies.pop("sessionid", None)
    posted = client.post(f"{AT}acs/", {"SAMLResponse": response})
    if kept is not None:
        client.cookies["sessionid"] = kept.value
    return client.get(posted.headers["Location"]) if posted.status_code == 302 else posted


def sign_in(client: Client, provider: saml_provider.Provider) -> Any:
    return come_back(client, provider.answer(start(client), entity_id=DESK))


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_an_invited_person_comes_in_and_is_linked(people: SimpleNamespace, provider: saml_provider.Provider) -> None:
    person, client = invited(), browser()
    answer = sign_in(client, provider)
    assert answer.headers["Location"] == "/admin/articles/claim/"
    assert is_in(client)
    assert SocialAccount.objects.get().user == person
    assert person.account_events.filter(act="linked").count() == 1
    provider.attributes[EMAIL] = ["ada.almond@factcheck.example"]  # the link holds when the address changes
    again = browser()
    sign_in(again, provider)
    assert is_in(again)
    assert SocialAccount.objects.count() == 1


def test_groups_give_the_role_at_each_sign_in(
    people: SimpleNamespace, provider: saml_provider.Provider, settings: Any
) -> None:
    settings.SAML_ROLES = {"facts-editors": "Editor", "facts": "Reporter"}
    settings.OIDC_ROLES = {"all": "Administrator"}
    for groups, role in ((["all", "facts"], "Reporter"), (["facts", "facts-editors"], "Editor")):
        provider.attributes["groups"] = groups
        client = browser()
        sign_in(client, provider)
        assert is_in(client)
        person = User.objects.get(email="ada@factcheck.example")
        assert [group.name for group in person.groups.all()] == [role]
    assert (person.get_full_name(), person.has_usable_password()) == ("Ada Almond", False)


@pytest.mark.parametrize(
    ("changed", "roles", "says"),
    [
        ({"groups": ["sports"]}, {"facts": "Reporter"}, "None of your groups may use this desk."),
        ({}, {"facts": "Reporter"}, "None of your groups may use this desk."),
        ({"groups": ["facts"]}, {"facts": "No such role"}, "The role No such role does not exist here."),
        ({EMAIL: []}, {}, "sent no e-mail address"),
        ({EMAIL: [""]}, {}, "sent no e-mail address"),
        ({EMAIL: ["eve@factcheck.example"]}, {}, "Nobody with your e-mail address was invited."),
    ],
)
def test_who_is_not_let_in_reads_why(
    people: SimpleNamespace,
    provider: saml_provider.Provider,
    settings: Any,
    changed: dict[str, list[str]],
    roles: dict[str, str],
    says: str,
) -> None:
    invited()
    settings.SAML_ROLES = roles
    provider.attributes |= changed
    client, before = browser(), User.objects.count()
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert says in pages.text_of(answer)
    assert not is_in(client)
    assert (SocialAccount.objects.count(), User.objects.count()) == (0, before)


@pytest.mark.parametrize("fault", ["unsigned", "other key", "changed", "expired", "audience", "issuer", "denied"])
def test_a_response_with_a_fault_lets_nobody_in(
    fault: str, people: SimpleNamespace, provider: saml_provider.Provider
) -> None:
    invited()
    provider.attributes[EMAIL] = ["ada@factcheck.example"]
    provider.fault = fault
    client = browser()
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "did not confirm who you are" in pages.text_of(answer)
    assert not is_in(client)


@pytest.mark.parametrize("response", ["", "x", "PGE+", "bm90IHhtbA=="])
def test_a_response_that_is_none_lets_nobody_in(
    response: str, people: SimpleNamespace, provider: saml_provider.Provider
) -> None:
    client = browser()
    start(client)
    answer = come_back(client, response)
    assert answer.status_code in (403, 503)
    assert not is_in(client)


def test_a_response_works_once_and_in_the_browser_that_asked_for_it(
    people: SimpleNamespace, provider: saml_provider.Provider
) -> None:
    invited()
    owner, thief, other = browser(), browser(), browser()
    response = provider.answer(start(owner), entity_id=DESK)
    start(other)
    for client in (thief, other):
        assert come_back(client, response).status_code == 403
        assert not is_in(client)
    assert come_back(owner, response).status_code == 302
    assert is_in(owner)
    owner.post("/admin/account/logout/")
    assert come_back(owner, response).status_code == 403
    assert not is_in(owner)


def test_an_answer_that_is_too_long_is_not_stored(people: SimpleNamespace, provider: saml_provider.Provider) -> None:
    before = Session.objects.count()
    assert browser().post(f"{AT}acs/", {"SAMLResponse": "x" * 300_000}).status_code == 403
    assert browser().get(f"{AT}acs/").status_code == 403
    assert Session.objects.count() == before


def test_a_provider_whose_metadata_cannot_be_fetched_gets_a_clear_page(
    people: SimpleNamespace, settings: Any, variables: Any
) -> None:
    env = variables(SAML_ENTITY_ID=saml_provider.ENTITY_ID, SAML_METADATA_URL="https://127.0.0.1:9/metadata")
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(env)
    answer = browser().post(START)
    assert answer.status_code == 503
    assert "Single sign-on is not available" in pages.text_of(answer)


def test_the_metadata_name_the_desk(people: SimpleNamespace, provider: saml_provider.Provider) -> None:
    answer = browser().get(f"{AT}metadata/")
    assert answer.headers["Content-Type"] == "text/xml"
    assert f'entityID="{DESK}"' in answer.content.decode()
    assert 'WantAssertionsSigned="true"' in answer.content.decode()


@pytest.mark.parametrize("page", ["login/", "acs/", "acs/finish/", "metadata/", "sls/"])
def test_without_settings_there_is_nothing(page: str, people: SimpleNamespace) -> None:
    assert browser().post(AT + page).status_code == 404


def test_settings_that_are_half_set_stop_the_start(variables: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    env = variables(SAML_ENTITY_ID=saml_provider.ENTITY_ID)
    with pytest.raises(ImproperlyConfigured, match="SAML_METADATA_URL, or SAML_SSO_URL"):
        single_sign_on.providers(env)
    with pytest.raises(ImproperlyConfigured, match="https://"):
        single_sign_on.providers(variables(SAML_METADATA_URL="http://id.newsroom.example/metadata"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        single_sign_on.providers(variables(SAML_METADATA_URL="", SAML_SSO_URL="https://x", SAML_CERTIFICATE="/no/file"))
    with pytest.raises(ImproperlyConfigured, match="SAML_ROLES"):
        single_sign_on.parse_roles("facts", variable="SAML_ROLES")
    monkeypatch.setattr(saml, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-saml\.txt"):
        single_sign_on.providers(env)
