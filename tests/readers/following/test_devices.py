"""Following on a device: what the page's script asks, and what it is told."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from lxml import html

from followers.models import Device, DeviceFollow, Follower
from tests import newsroom
from tests.followers.devices import Phone, turn_on
from tests.readers.conftest import words

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
ACTS = "/follow/device/"


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    turn_on(settings)


@pytest.fixture
def phone() -> Phone:
    return Phone("https://push.example/to/abc")


@pytest.fixture
def claim(people: Any) -> Any:
    return newsroom.published(people, text="The bridge of Lindholm cost 12 million", topics=["Transport/Ferries"])


def act(phone: Phone, name: str, *, path: str = ACTS, **given: Any) -> Any:
    """What the script posts."""
    return Client(enforce_csrf_checks=True).post(path, {"act": name, **phone.subscription(), **given})


def test_a_device_follows_looks_and_stops(claim: Any, phone: Phone) -> None:
    answer = act(phone, "follow", claim=claim.slug, path="/hy/follow/device/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    row = DeviceFollow.objects.get()
    assert (row.kind, row.target, row.language) == ("claim", str(claim.pk), "hy")
    shown = {"id": row.pk, "title": claim.text, "language": "en"}
    assert answer.json() == {"this": row.pk, "followed": [shown]}
    act(phone, "follow")
    other = DeviceFollow.objects.get(kind="corrections")
    seen = act(phone, "look", topic="Transport/Ferries").json()
    assert seen["this"] is None
    assert [one["id"] for one in seen["followed"]] == [row.pk, other.pk]
    assert act(phone, "stop", follow=str(row.pk), claim=claim.slug).json()["this"] is None
    assert act(phone, "stop", follow=str(other.pk)).json() == {"this": None, "followed": []}
    assert not Device.objects.exists()
    assert act(phone, "look").json() == {"this": None, "followed": []}
    assert not Follower.objects.exists()


def test_all_is_stopped_with_one_act(claim: Any, phone: Phone) -> None:
    act(phone, "follow", claim=claim.slug)
    act(phone, "follow", topic="Transport/Ferries")
    assert act(phone, "stop-all").json()["followed"] == []
    assert not Device.objects.exists()


def test_a_subscription_moves(phone: Phone) -> None:
    act(phone, "follow")
    new = Phone("https://push.example/to/new")
    given = {f"new_{name}": value for name, value in new.subscription().items()}
    assert act(phone, "move", **given).status_code == 200
    assert Device.objects.get().endpoint == new.endpoint
    assert act(new, "look").json()["this"] is not None


def test_without_the_secret_nobody_sees_or_changes_what_a_device_follows(phone: Phone) -> None:
    act(phone, "follow")
    other = Phone(phone.endpoint)
    for name in ("look", "stop-all", "move", "stop"):
        answer = act(other, name, follow=str(DeviceFollow.objects.get().pk))
        assert answer.json() == {"this": None, "followed": []}
    assert act(other, "follow").status_code == 400
    assert DeviceFollow.objects.count() == 1


def test_a_device_stops_its_own_follows_only(phone: Phone) -> None:
    act(phone, "follow")
    other = Phone("https://push.example/to/other")
    act(other, "follow")
    act(other, "stop", follow=str(DeviceFollow.objects.earliest("pk").pk))
    assert DeviceFollow.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"endpoint": ""}, 400),
        ({"endpoint": "https://evil.example/"}, 400),
        ({"endpoint": "https://push.example/\x00"}, 400),
        ({"p256dh": "x"}, 400),
        ({"auth": "é"}, 400),
        ({"claim": "no-such-claim"}, 404),
        ({"topic": "No such topic"}, 404),
        ({"claimant": "\x00"}, 404),
        ({"act": "dance"}, 200),
        ({"act": ""}, 200),
        ({"more": "x" * 20_000}, 413),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_stored(given: dict[str, str], status: int, phone: Phone) -> None:
    answer = act(phone, "follow", **given)
    assert answer.status_code == status
    if status in (400, 413):
        assert answer.json()["message"]
    assert not Device.objects.exists()


def test_an_unknown_act_of_a_known_device_is_refused(phone: Phone) -> None:
    act(phone, "follow")
    assert act(phone, "dance").status_code == 400
    assert act(phone, "stop", follow="nonsense").json()["this"] is not None
    assert act(phone, "stop", follow="9" * 30).json()["this"] is not None


def test_other_sites_and_other_methods_are_refused(phone: Phone) -> None:
    given = {"act": "follow", **phone.subscription()}
    assert Client().post(ACTS, given, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Client().get(ACTS).status_code == 405
    assert not Device.objects.exists()


def test_a_network_that_follows_too_often_has_to_wait_and_may_still_stop(phone: Phone, settings: Any) -> None:
    settings.FOLLOW_RATE = "1/hour"
    assert act(phone, "follow").status_code == 200
    refused = act(phone, "follow", path="/ru/follow/device/")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "мин" in refused.json()["message"]
    assert act(phone, "look").status_code == 200
    assert act(phone, "stop-all").json()["followed"] == []


def test_the_worker_has_a_fixed_address_and_may_act_below_follow_only(client: Client) -> None:
    answer = client.get("/follow/worker.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/follow/"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"showNotification" in answer.content
    assert b'fetch"' not in answer.content, "no request of a page goes through it"
    assert client.post("/follow/worker.js").status_code == 405


def test_each_page_that_offers_following_leads_to_the_device(claim: Any, client: Client) -> None:
    for path, query in (
        (f"/claims/{claim.slug}/", f"?claim={claim.slug}"),
        ("/topics/Transport/Ferries/", f"?topic={quote('Transport/Ferries', safe='')}"),
        ("/corrections/", ""),
    ):
        page = html.fromstring(client.get(path).content)
        [link] = page.xpath("//section[@class='follow']//a[contains(@href, '#device')]/@href")
        assert link == f"/follow/{query}#device"
        assert not page.xpath("//script[contains(@src, 'follow.js')]"), "the script is for the follow page alone"
        [box] = html.fromstring(client.get(link).content).xpath("//section[@id='device']")
        assert box.get("hidden") is not None, "nothing is shown without scripts"
        assert len(box.get("data-key")) == 87


def test_without_a_key_nothing_of_it_is_there(claim: Any, client: Client, phone: Phone, settings: Any) -> None:
    settings.FOLLOW_ON_DEVICES = False
    assert b"#device" not in client.get(f"/claims/{claim.slug}/").content
    page = client.get("/follow/")
    assert b"follow.js" not in page.content
    assert b'id="device"' not in page.content
    assert b"Follow by e-mail" in page.content
    assert client.get("/follow/worker.js").status_code == 404
    assert act(phone, "follow").status_code == 404
    assert not Device.objects.exists()


def test_where_no_email_leaves_the_page_has_the_device_alone(claim: Any, client: Client, settings: Any) -> None:
    settings.FOLLOW_BY_EMAIL = False
    section = html.fromstring(client.get(f"/claims/{claim.slug}/").content).xpath("//section[@class='follow']")[0]
    assert not section.xpath(".//form")
    assert "Notifications" in words(section)
    page = html.fromstring(client.get("/follow/").content)
    assert not page.xpath("//main//form")
    assert page.xpath("//noscript")
    assert client.post("/follow/", {"email": "a@b.example", "rhythm": "now"}).status_code == 404
