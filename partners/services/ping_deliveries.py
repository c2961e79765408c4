"""Ping deliveries: test events that are sent at once, while the caller waits for the result."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lib.refusals import NotNowError
from lib.safehttp.policy import Policy
from partners.choices import Act, DeliveryState, EventType
from partners.models import Delivery, Endpoint, Partner
from partners.services import deliveries, history, webhooks
from partners.services.history import Actor


@dataclass(frozen=True, slots=True)
class PingResult:
    """A test event and its outcome."""

    delivery: Delivery
    outcome: deliveries.Outcome


def run(*, endpoint: Endpoint, at: datetime, policy: Policy, by: Actor = None) -> PingResult:
    """Send one ``ping`` like any other delivery, in every state of the endpoint.

    It counts neither for nor against the endpoint. Takes as long as an attempt may take: so that receivers that never
    answer cannot hold all of our processes, a partner has one test at a time, and ``NotNowError`` is raised meanwhile.
    """
    with transaction.atomic():  # or a worker could have it before we do
        Partner.objects.select_for_update(no_key=True).get(pk=endpoint.partner_id)
        if _under_way(endpoint, at):
            text = _("A test event is on its way to an endpoint of this partner. Wait for its result.")
            raise NotNowError(text, code="test_under_way", retry_after=5)
        history.record_endpoint_change(endpoint=endpoint, act=Act.TESTED, by=by, at=at)
        taken = deliveries.take(webhooks.ping(endpoint=endpoint, at=at))
    if taken is None:
        raise RuntimeError("The new delivery is already taken, which cannot happen")
    outcome = deliveries.send(taken, policy=policy)
    deliveries.record(taken, outcome)
    return PingResult(taken, outcome)


def _under_way(endpoint: Endpoint, at: datetime) -> bool:
    pings = Delivery.objects.filter(endpoint__partner=endpoint.partner_id, event__type=EventType.PING)
    return pings.filter(state=DeliveryState.PENDING, lease_until__gt=at).exists()
