"""Who did what about endpoints: allowed to those who look after them, and written down."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lib.refusals import NotAllowedError
from partners.choices import DeliveryState
from partners.models import Delivery, Endpoint, PartnerChange
from partners.services import endpoints, ping_deliveries, replays
from tests.desk.pages import signed_in
from tests.lib.safehttp.receivers import OK, answer, receiver
from tests.lib.safehttp.test_client import HERE
from tests.partners import hooks

pytestmark = pytest.mark.django_db
ADDRESS = "https://news.example/hook?token=s3cret"


def test_admin_changes_of_endpoints_are_in_the_partners_history(people, settings):
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    boss, partner = signed_in(people.administrator), hooks.partner()
    values = {"partner": partner.pk, "url": ADDRESS, "description": "", "event_types": []}
    boss.post(reverse("admin:partners_endpoint_add"), values)
    endpoint = Endpoint.objects.get()
    page = reverse("admin:partners_endpoint_change", args=[endpoint.pk])
    with receiver(answer(OK)) as there:
        boss.post(page, values | {"url": there.url, "event_types": ["retracted"]})
        boss.post(page, values | {"url": there.url, "event_types": ["retracted"]})
        for act in ("rotate", "test", "pause", "resume"):
            boss.post(reverse(f"admin:partners_endpoint_{act}", args=[endpoint.pk]))
    hooks.publish(7, kind="retracted")
    Delivery.objects.update(state=DeliveryState.DELIVERED, done_at=timezone.now())
    numbers = {"first": 7, "last": 9, "confirmed": "1"}
    boss.post(reverse("admin:partners_endpoint_replay", args=[endpoint.pk]), numbers)
    chosen = {"action": "deliver_again", "_selected_action": [Delivery.objects.get(seq=7).pk]}
    boss.post(reverse("admin:partners_delivery_changelist"), chosen)
    boss.post(reverse("admin:partners_endpoint_disable", args=[endpoint.pk]))
    changes = partner.changes.order_by("id")
    assert set(changes.values_list("by", flat=True)) == {people.administrator.pk}
    acts = ["added", "changed", "rotated", "tested", "paused", "resumed", "replayed", "replayed", "disabled"]
    assert list(changes.values_list("act", flat=True)) == acts
    said = [change.what for change in changes]
    assert "another address and another choice of events" in said[1]
    assert "1 events from 7 to 9" in said[6]
    assert "events 7" in said[7]
    assert "news.example" in said[0]
    assert "s3cret" not in " ".join(said), "an address may hold a secret of the partner's"
    log = boss.get(reverse("admin:partners_endpoint_history", args=[endpoint.pk]), follow=True)
    assert "Sent again" in log.content.decode()


@pytest.mark.parametrize("role", ["reporter", "checker", "editor"])
def test_endpoint_services_refuse_users_without_the_permission(role, people):
    endpoint, at = hooks.endpoint(), timezone.now()
    by = {"by": getattr(people, role), "at": at}
    hooks.publish(1)
    same = {"endpoint": endpoint, "url": "https://else.example/", "description": "", "event_types": []}
    acts = [
        lambda: endpoints.add(partner=endpoint.partner, url=ADDRESS, **by),
        lambda: endpoints.change(**same, **by),
        lambda: endpoints.rotate(endpoint=endpoint, **by),
        lambda: endpoints.pause(endpoint=endpoint, **by),
        lambda: endpoints.resume(endpoint=endpoint, **by),
        lambda: endpoints.disable(endpoint=endpoint, reason="", **by),
        lambda: replays.replay(endpoint=endpoint, first=1, last=2, **by),
        lambda: replays.deliver_again(deliveries=[Delivery.objects.get().pk], **by),
        lambda: ping_deliveries.run(endpoint=endpoint, policy=HERE, **by),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert list(Endpoint.objects.values_list("url", "state")) == [(endpoint.url, "active")]
    assert (Delivery.objects.count(), endpoint.secrets.count(), PartnerChange.objects.count()) == (1, 1, 0)


def test_a_user_without_the_permission_cannot_tell_which_endpoints_exist(people):
    there = hooks.endpoint().pk
    client = signed_in(people.reporter)
    answers = [client.get(reverse("admin:partners_endpoint_pause", args=[pk])) for pk in (there, there + 1)]
    assert [found.status_code for found in answers] == [403, 403]
