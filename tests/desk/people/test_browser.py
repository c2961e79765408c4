"""Signing in in a real browser: a passkey with a virtual authenticator, an authenticator app, keyboard and axe."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, CDPSession, Page

from accounts.models import User
from tests import conftest
from tests.axe import change_look, violations
from tests.conftest import PASSWORD
from tests.desk.browser import real
from tests.desk.people import oidc_provider
from tests.desk.people.test_second_factors import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
FACTORS = "/admin/account/factors/"


@pytest.fixture
def newsroom_people(transactional_db: None) -> SimpleNamespace:
    return conftest.everyone()


@pytest.fixture
def site(live_server: Any, newsroom_people: SimpleNamespace) -> str:
    """By its name: a passkey belongs to a host name, and an address is none."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(chrome: Browser, complaints: list[str]) -> Page:
    opened = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    return opened


def sign_in(page: Page, site: str) -> None:
    """With the keyboard alone: the first field has the focus."""
    page.goto(f"{site}/admin/articles/claim/")
    page.wait_for_selector("[name=login]:focus")
    page.keyboard.type("reporter")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def confirm_password(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def sign_out(page: Page, site: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/admin/login/")


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """A virtual authenticator that keeps passkeys, and its id."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]
    return devtools, str(made)


def test_a_passkey_is_added_and_signs_in_alone(site: str, page: Page, complaints: list[str]) -> None:
    devtools, authenticator = with_authenticator(page)
    sign_in(page, site)
    page.wait_for_url(f"{site}/admin/articles/claim/")
    page.goto(f"{site}{FACTORS}webauthn/add/")
    confirm_password(page)
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(f"{site}{FACTORS}recovery-codes/")
    held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [credential["rpId"] for credential in held] == ["localhost"]
    sign_out(page, site)
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/admin/")
    assert page.get_by_role("heading", name="Inbox").count() >= 1
    assert real(complaints) == []


def test_an_authenticator_app_is_set_up_and_asked_for(site: str, page: Page, complaints: list[str]) -> None:
    sign_in(page, site)
    page.wait_for_url(f"{site}/admin/articles/claim/")
    page.goto(f"{site}{FACTORS}totp/activate/")
    confirm_password(page)
    secret = page.input_value("#authenticator_secret")
    assert own(violations(page)) == []
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{site}{FACTORS}recovery-codes/")
    sign_out(page, site)
    cache.clear()  # a code works once, and the next one comes after 30 seconds
    sign_in(page, site)
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{site}/admin/articles/claim/")
    assert real(complaints) == []


def test_the_pages_for_signing_in_follow_axe(site: str, chrome: Browser, newsroom_people: SimpleNamespace) -> None:
    page = chrome.new_context(viewport={"width": 400, "height": 800}).new_page()
    found = {}

    def in_both_schemes() -> list[str]:
        wrong = violations(page)
        change_look(page, is_dark=True)
        return wrong + violations(page, asked="colours")

    for address in ("/admin/login/", "/admin/account/password/reset/", "/admin/account/signup/"):
        page.goto(site + address)
        found[address] = in_both_schemes() + too_wide(page)
    sign_in(page, site)
    page.wait_for_url(f"{site}/admin/articles/claim/")
    for address in ("/admin/account/password/change/", FACTORS, "/admin/account/sessions/", f"{FACTORS}webauthn/"):
        page.goto(site + address)
        found[address] = own(in_both_schemes()) + too_wide(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_the_people_pages_are_not_wider_than_the_window(
    site: str, chrome: Browser, newsroom_people: SimpleNamespace, width: int
) -> None:
    page = chrome.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{site}/admin/login/")
    page.fill("[name=login]", "administrator")
    confirm_password(page)
    page.wait_for_url(f"{site}/admin/")
    wide = {}
    person = reverse("admin:accounts_user_change", args=[newsroom_people.reporter.pk])
    for address in ("/admin/accounts/user/", "/admin/accounts/user/invite/", person):
        page.goto(site + address)
        wide[address] = too_wide(page)
    assert {address: wrong for address, wrong in wide.items() if wrong} == {}


def too_wide(page: Page) -> list[str]:
    """The page's width where it is more than the window's."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"wider than the window by {wide}"] if wide > 0 else []


def own(found: list[str]) -> list[str]:
    """What is wrong on our part of the page: the theme's frame has findings of its own."""
    frame = ("region", "list:", "aria-allowed", "button-name", "link-name", "scrollable-region")
    return [finding for finding in found if not finding.startswith(frame)]


def test_single_sign_on_leads_to_the_provider_and_back(
    site: str, page: Page, complaints: list[str], newsroom_people: SimpleNamespace, settings: Any
) -> None:
    """The browser applies the page's rules (Content-Security-Policy) to the way to the provider as well."""
    User.objects.filter(username="reporter").update(email="rana@factcheck.example")
    with oidc_provider.running() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        provider.claims = {"sub": "1", "email": "rana@factcheck.example", "email_verified": True}
        page.goto(f"{site}/admin/articles/claim/")
        page.click("text=Sign in with Newsroom ID")
        page.wait_for_url(f"{site}/admin/articles/claim/")
    assert page.get_by_role("heading", name="Claims").count() >= 1
    assert real(complaints) == []


def choose_first_password(site: str, page: Page, phrase: str) -> None:
    out = io.StringIO()
    call_command("first_person", email="ada@factcheck.example", name="Ada Almond", stdout=out)
    page.goto(site + "/admin/" + out.getvalue().strip().partition("/admin/")[2])
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", phrase)
    page.press("[name=new_password2]", "Enter")


def sign_in_as_ada(page: Page, phrase: str) -> None:
    page.wait_for_selector("[name=login]")
    page.fill("[name=login]", "ada@factcheck.example")
    page.fill("[name=password]", phrase)
    page.press("[name=password]", "Enter")


def test_the_first_person_sets_up_an_app_and_a_passkey_and_signs_in_with_each(
    site: str, page: Page, complaints: list[str]
) -> None:
    """From the link of the command to the desk, as on a new installation."""
    phrase = "a long unguessed phrase"
    choose_first_password(site, page, phrase)
    sign_in_as_ada(page, phrase)
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}{FACTORS}totp/activate/")
    page.fill("[name=password]", phrase)
    page.press("[name=password]", "Enter")
    secret = page.input_value("#authenticator_secret")
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{site}{FACTORS}recovery-codes/")
    with_authenticator(page)
    page.goto(f"{site}{FACTORS}webauthn/add/")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    sign_out(page, site)
    cache.clear()  # a code works once, and the next one comes after 30 seconds
    sign_in_as_ada(page, phrase)
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"{site}/admin/")
    sign_out(page, site)
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/admin/")
    assert page.get_by_role("heading", name="Inbox").count() >= 1
    assert real(complaints) == []
