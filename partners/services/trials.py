"""A test event, sent while somebody waits for the result."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from outbound.policy import Policy
from partners.choices import Act
from partners.models import Delivery, Endpoint
from partners.services import deliveries, history, webhooks

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Trial:
    """A test event and how it went."""

    delivery: Delivery
    outcome: deliveries.Outcome


def run(*, endpoint: Endpoint, at: datetime, policy: Policy, by: "User | None" = None) -> Trial:
    """Send a ``ping`` through the same door as everything else, once, whatever state the endpoint is in.

    It counts neither for nor against the endpoint. Takes as long as an attempt may take.
    """
    with transaction.atomic():  # or a worker could have it before we do
        history.note_endpoint(endpoint=endpoint, act=Act.TESTED, by=by, at=at)
        taken = deliveries.take(webhooks.ping(endpoint=endpoint, at=at))
    if taken is None:
        raise RuntimeError("Nobody else can have a delivery that nobody else has seen")
    outcome = deliveries.send(taken, policy=policy)
    deliveries.record(taken, outcome)
    return Trial(taken, outcome)
