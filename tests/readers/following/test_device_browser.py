"""A reader follows on a device in a real browser, gets a notification, and stops.

The browser here reaches no push service of its maker, so ``PushManager.subscribe`` alone is replaced: it gives a
subscription at the push service of the test. Permission, service worker, script and server are the real ones. What came
in at the push service is handed to the browser over the DevTools protocol, as its maker's service would.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from followers.models import Device, DeviceFollow
from followers.services import telling
from lib.webpush.receiver import encoded
from tests import newsroom
from tests.axe import violations
from tests.browsers import chromium
from tests.followers.devices import Phone, PushService, push_service, send, turn_on
from tests.followers.reading import correct
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
#: A subscription lives as long as the browser's profile: here in the page's storage.
_SUBSCRIBE = """
(() => {
  const kept = () => {
    const said = JSON.parse(localStorage.getItem("subscription") ?? "null");
    return said && {
      options: { applicationServerKey: Uint8Array.from(said.key).buffer },
      toJSON: () => said.given,
      unsubscribe: async () => { localStorage.removeItem("subscription"); return true; },
    };
  };
  PushManager.prototype.getSubscription = async () => kept();
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || FAILS) throw new DOMException("push service not available", "AbortError");
    const key = [...applicationServerKey];
    localStorage.setItem("subscription", JSON.stringify({ key, given: GIVEN }));
    return kept();
  };
})();
"""


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    turn_on(settings)
    with push_service() as one:
        yield one


def opened(context: BrowserContext, phone: Phone, address: str, *, fails: bool = False) -> Page:
    """The follow page, as this reader's browser shows it."""
    given = {"endpoint": phone.endpoint, "keys": phone.given()}
    context.add_init_script(_SUBSCRIBE.replace("GIVEN", json.dumps(given)).replace("FAILS", json.dumps(fails)))
    page = context.new_page()
    page.goto(address)
    return page


def workers(page: Page) -> int:
    """How many service workers of the site the browser has."""
    found: int = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    return found


def delivered(context: BrowserContext, page: Page, content: bytes) -> list[dict[str, Any]]:
    """Hand a message to the service worker; returns the notifications that the browser shows then."""
    session = context.new_cdp_session(page)
    origin, known = page.evaluate("location.origin"), dict[str, str]()
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: known.update(
            (one["scopeURL"], one["registrationId"]) for one in event["registrations"] if not one["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    wait_until(
        lambda: page.evaluate("true") and f"{origin}/follow/" in known
    )  # events come in while something is asked
    given = {"origin": origin, "registrationId": known[f"{origin}/follow/"], "data": content.decode()}
    session.send("ServiceWorker.deliverPushMessage", given)
    shown: list[dict[str, Any]] = page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration("/follow/");
            for (let turn = 0; turn < 600; turn += 1) {
                const all = await registration.getNotifications();
                const said = ({ title, body, lang, dir, tag, data }) => ({ title, body, lang, dir, tag, data });
                if (all.length) return all.map(said);
                await new Promise((done) => setTimeout(done, 50));
            }
            return [];
        }"""
    )
    return shown


def test_a_reader_follows_gets_a_notification_and_stops(people: Any, live_server: Any, service: PushService) -> None:
    claim = newsroom.published(people, text="The bridge of Lindholm cost 12 million")
    phone = service.phone()
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740})
        context.grant_permissions(["notifications"], origin=live_server.url)
        page = opened(context, phone, f"{live_server.url}/claims/{claim.slug}/")
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.get_by_role("link", name="Get notifications on a device").click()
        assert page.url == f"{live_server.url}/follow/?claim={claim.slug}#device"
        assert workers(page) == 0
        assert violations(page) == []
        page.get_by_role("button", name="Get notifications on this device").click()
        expect(page.get_by_role("status")).to_have_text("You will get notifications on this device.")
        assert DeviceFollow.objects.get().target == str(claim.pk)
        assert violations(page) == []
        page.reload()
        expect(page.get_by_role("button", name="Stop on this device")).to_be_visible()
        expect(page.get_by_role("heading", name="What this device follows")).to_have_count(0)
        correct(claim, people)
        telling.tell_due(at=timezone.now())
        assert send().sent == 1
        [(_head, body)] = service.messages
        [shown] = delivered(context, page, phone.read(body))
        assert shown == {
            "title": f"Corrected: {claim.text}",
            "body": "Old verdict: True\nNew verdict: Misleading",
            "lang": "en",
            "dir": "ltr",
            "tag": str(claim.pk),
            "data": {"path": f"/claims/{claim.slug}/"},
        }
        page.get_by_role("button", name="Stop on this device").click()
        expect(page.get_by_role("status")).to_have_text("You will not get these notifications any more.")
        assert not Device.objects.exists()
        assert page.evaluate("localStorage.length") == 0, "the browser's subscription has ended, too"
        assert workers(page) == 0
        assert not context.cookies()
        assert heard == []


def test_each_followed_thing_is_stopped_by_itself_and_all_with_one_button(
    people: Any, live_server: Any, service: PushService
) -> None:
    newsroom.published(people, text="The bridge of Lindholm cost 12 million", topics=["$& Transport"])
    with chromium() as browser:
        context = browser.new_context()
        context.grant_permissions(["notifications"], origin=live_server.url)
        page = opened(context, service.phone(), f"{live_server.url}/follow/?topic=%24%26%20Transport")
        page.get_by_role("button", name="Get notifications on this device").click()
        expect(page.get_by_role("button", name="Stop on this device")).to_be_visible()
        page.goto(f"{live_server.url}/follow/")
        expect(page.get_by_role("button", name="Stop: $& Transport")).to_be_visible()
        page.get_by_role("button", name="Get notifications on this device").click()
        expect(page.get_by_role("button", name="Stop: All corrections and retractions")).to_be_visible()
        page.get_by_role("button", name="Stop: All corrections and retractions").click()
        expect(page.get_by_role("button", name="Stop: All corrections and retractions")).to_have_count(0)
        assert DeviceFollow.objects.get().kind == "topic"
        page.get_by_role("button", name="Stop all on this device").click()
        expect(page.get_by_role("status")).to_have_text("You will not get these notifications any more.")
        expect(page.get_by_role("button", name="Get notifications on this device")).to_be_focused()
    assert not Device.objects.exists()


def test_after_a_new_key_of_the_site_a_device_can_follow_again(
    live_server: Any, service: PushService, settings: Any
) -> None:
    with chromium() as browser:
        context = browser.new_context()
        context.grant_permissions(["notifications"], origin=live_server.url)
        page = opened(context, service.phone(), f"{live_server.url}/follow/")
        page.get_by_role("button", name="Get notifications on this device").click()
        expect(page.get_by_role("status")).not_to_be_empty()
        turn_on(settings)
        page.reload()
        page.get_by_role("button", name="Get notifications on this device").click()
        expect(page.get_by_role("status")).to_have_text("You will get notifications on this device.")
        key = bytes(page.evaluate("JSON.parse(localStorage.subscription).key"))
    assert Device.objects.get().site_key == encoded(key)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("denied", "Your browser does not allow notifications from this site."),
        ("fails", "That did not work, and nothing was changed."),
        ("refused", "We cannot send to this browser: we do not know its push service."),
        ("unsupported", "This browser cannot show notifications from this site."),
    ],
)
def test_what_does_not_work_is_said_in_words_and_leaves_nothing(
    kind: str, said: str, live_server: Any, service: PushService, settings: Any
) -> None:
    if kind == "refused":
        settings.PUSH_SERVICES = ["push.example"]
    with chromium() as browser:
        context = browser.new_context()
        if kind != "denied":
            context.grant_permissions(["notifications"], origin=live_server.url)
        if kind == "unsupported":
            context.add_init_script("delete window.PushManager")
        phone = service.phone()
        address = f"{live_server.url}/follow/"
        page = context.new_page() if kind == "unsupported" else opened(context, phone, address, fails=kind == "fails")
        page.goto(address)
        button = page.get_by_role("button", name="Get notifications on this device")
        if kind == "unsupported":
            expect(button).to_have_count(0)
        else:
            button.click()
        expect(page.get_by_role("status")).to_contain_text(said)
        assert violations(page) == []
        assert page.evaluate("localStorage.length") == 0
        expect(page.get_by_label("Your e-mail address")).to_be_visible()
    assert not Device.objects.exists()


def test_without_scripts_the_page_is_the_form_for_emails(live_server: Any, service: PushService) -> None:
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/follow/")
        assert page.get_by_role("button").all_inner_texts() == ["Follow"]
        expect(page.locator("#device")).to_be_hidden()
