"""A test event, sent while somebody waits for the result."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lib.refusals import NotNowError
from lib.safehttp.policy import Policy
from partners.choices import Act, DeliveryState, EventType
from partners.models import Delivery, Endpoint, Partner
from partners.services import deliveries, history, webhooks
from partners.services.history import Actor


@dataclass(frozen=True, slots=True)
class Trial:
    """A test event and how it went."""

    delivery: Delivery
    outcome: deliveries.Outcome


def run(*, endpoint: Endpoint, at: datetime, policy: Policy, by: Actor = None) -> Trial:
    """Send a ``ping`` through the same door as everything else, once, whatever state the endpoint is in.

    It counts neither for nor against the endpoint. Takes as long as an attempt may take: so that receivers that never
    answer cannot hold all of our processes, a partner has one test at a time, and ``NotNowError`` is raised meanwhile.
    """
    with transaction.atomic():  # or a worker could have it before we do
        Partner.objects.select_for_update(no_key=True).get(pk=endpoint.partner_id)
        if _under_way(endpoint, at):
            text = "A test event is on its way to an endpoint of this partner. Wait for its result."
            raise NotNowError(text, code="test_under_way", retry_after=5)
        history.record_endpoint_change(endpoint=endpoint, act=Act.TESTED, by=by, at=at)
        taken = deliveries.take(webhooks.ping(endpoint=endpoint, at=at))
    if taken is None:
        raise RuntimeError("Nobody else can have a delivery that nobody else has seen")
    outcome = deliveries.send(taken, policy=policy)
    deliveries.record(taken, outcome)
    return Trial(taken, outcome)


def _under_way(endpoint: Endpoint, at: datetime) -> bool:
    pings = Delivery.objects.filter(endpoint__partner=endpoint.partner_id, event__type=EventType.PING)
    return pings.filter(state=DeliveryState.PENDING, lease_until__gt=at).exists()
