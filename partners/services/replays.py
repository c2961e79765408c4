"""What is sent to endpoints once more, under the same ids."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lib.refusals import NotNowError, RefusedError
from partners.choices import Act, DeliveryState, EndpointState, EventType
from partners.models import Delivery, Endpoint
from partners.services import history
from partners.services.endpoints import wake
from partners.services.history import Actor
from partners.services.webhooks import WANTED

#: How many events one replay may send: one short transaction. More are asked for range by range.
MOST = 10_000

_IN_RANGE = f"""
FROM partners_event event JOIN partners_endpoint endpoint ON endpoint.id = %(endpoint)s
WHERE event.seq BETWEEN %(first)s AND %(last)s AND {WANTED}"""


def count_in_range(*, endpoint: Endpoint, first: int, last: int) -> int:
    """How many events ``replay`` would send."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_IN_RANGE}", _range(endpoint, first, last))
        (count,) = cursor.fetchone()
    return int(count)


@transaction.atomic
def replay(*, endpoint: Endpoint, first: int, last: int, at: datetime, by: Actor = None) -> int:
    """Send the events numbered ``first`` to ``last`` once more, under the same ids; returns how many.

    What was never meant for the endpoint because it was disabled or is younger than the event is sent as well. What
    waits already is left to its schedule. Raises ``NotNowError`` for an endpoint that is disabled, and ``RefusedError``
    for more than ``MOST`` events.
    """
    _check_range(first, last)
    rows = Endpoint.objects.select_for_update(of=("self",), no_key=True).select_related("partner")
    locked = rows.get(pk=endpoint.pk)
    if locked.state == EndpointState.DISABLED:
        text = _("Nothing is sent to an endpoint that is disabled. Resume it first.")
        raise NotNowError(text, code="endpoint_disabled")
    if (count := count_in_range(endpoint=locked, first=first, last=last)) > MOST:
        raise RefusedError(
            _("These are %(count)s events; at most %(most)s are sent at once.") % {"count": count, "most": MOST},
            code="range_too_large",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO partners_delivery AS d (endpoint_id, event_id, seq, claim_id, state, attempts, next_at)
            SELECT %(endpoint)s, event.id, event.seq, event.claim_id, 'pending', 0, %(at)s {_IN_RANGE}
            ORDER BY event.seq
            ON CONFLICT (endpoint_id, seq) DO UPDATE
            SET state = 'pending', attempts = 0, next_at = %(at)s, done_at = NULL WHERE d.state <> 'pending'
            """,  # noqa: S608 - our own text
            {**_range(locked, first, last), "at": at},
        )
        count = int(cursor.rowcount)
    what = f"{count} events from {first} to {last}"
    history.record_endpoint_change(endpoint=locked, act=Act.REPLAYED, by=by, at=at, what=what)
    wake()
    return count


@transaction.atomic
def deliver_again(*, deliveries: Collection[int], at: datetime, by: Actor = None) -> int:
    """Send these once more, under the same ids; returns how many. Waiting ones are sent now.

    Left out are pings, and what would not leave: for endpoints that are disabled and partners that are not active.
    """
    rows = Delivery.objects.filter(pk__in=deliveries, endpoint__partner__is_active=True)
    rows = rows.exclude(endpoint__state=EndpointState.DISABLED).exclude(event__type=EventType.PING)
    held = Endpoint.objects.select_for_update(of=("self",), no_key=True).select_related("partner").order_by("pk")
    for endpoint in held.filter(pk__in=list(rows.values_list("endpoint", flat=True))):  # first, as everywhere else
        what = _numbers(rows.filter(endpoint=endpoint).values_list("seq", flat=True))
        history.record_endpoint_change(endpoint=endpoint, act=Act.REPLAYED, by=by, at=at, what=what)
    count = rows.exclude(state=DeliveryState.PENDING).update(
        state=DeliveryState.PENDING, attempts=0, next_at=at, done_at=None
    )
    count += rows.filter(state=DeliveryState.PENDING, next_at__gt=at).update(next_at=at)
    wake()
    return count


def _range(endpoint: Endpoint, first: int, last: int) -> dict[str, Any]:
    return {"endpoint": endpoint.pk, "first": first, "last": last}


def _check_range(first: int, last: int) -> None:
    if not 1 <= first <= last < 2**63:
        raise ValidationError(_("The numbers begin at 1, and the first may not be greater than the last."))


def _numbers(seqs: Iterable[int | None]) -> str:
    """The numbers of events in words, the first ten of them."""
    found = sorted(seq for seq in seqs if seq is not None)
    more = f" and {len(found) - 10} more" if len(found) > 10 else ""
    return f"events {', '.join(map(str, found[:10]))}{more}"
