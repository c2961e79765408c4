"""Endpoints: added, changed, paused, disabled; their secrets; what is sent to them once more.

Where a person of the newsroom acts, ``by`` says who: it is written into the partner's history, and ``NotAllowedError``
is raised for who may not.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from outbound import targets
from outbound.errors import OutboundError
from outbound.policy import from_settings
from partners.choices import SUBSCRIBABLE, Act, DeliveryState, EndpointState
from partners.models import Delivery, Endpoint, EndpointSecret, Partner
from partners.services import history, notices, signing
from partners.services.webhooks import CHANNEL

if TYPE_CHECKING:
    from accounts.models import User

#: How long a replaced secret still signs beside the new one.
ROTATION = timedelta(hours=24)
_COLUMNS = {"url": "address", "description": "description", "event_types": "choice of events"}


@transaction.atomic
def add(
    *,
    partner: Partner,
    url: str,
    description: str = "",
    event_types: Collection[str] = (),
    by: "User | None" = None,
    at: datetime | None = None,
) -> tuple[Endpoint, str]:
    """Add an endpoint; returns it with its secret, which is never to be seen again."""
    endpoint = Endpoint(partner=partner, url=url, description=description, event_types=_sorted(event_types))
    _check(endpoint)
    endpoint.save()
    history.note_endpoint(endpoint=endpoint, act=Act.ADDED, by=by, at=at or timezone.now())
    return endpoint, _new_secret(endpoint)


@transaction.atomic
def change(
    *,
    endpoint: Endpoint,
    url: str,
    description: str,
    event_types: Collection[str],
    by: "User | None" = None,
    at: datetime | None = None,
) -> Endpoint:
    """Change where it is and what it wants, from the next event on."""
    locked = _lock(endpoint)
    given = {"url": url, "description": description, "event_types": _sorted(event_types)}
    changed = [_COLUMNS[name] for name, value in given.items() if getattr(locked, name) != value]
    locked.url, locked.description, locked.event_types = url, description, _sorted(event_types)
    _check(locked)
    locked.save(update_fields=list(given))
    if changed:
        what = f"another {' and another '.join(changed)}"
        history.note_endpoint(endpoint=locked, act=Act.CHANGED, by=by, at=at or timezone.now(), what=what)
    return locked


@transaction.atomic
def rotate(*, endpoint: Endpoint, at: datetime, by: "User | None" = None) -> str:
    """A new secret; the one before it signs beside it for 24 hours. Earlier ones end now, and are forgotten."""
    locked = _lock(endpoint)
    locked.secrets.filter(expires_at__isnull=False).delete()
    locked.secrets.filter(expires_at=None).update(expires_at=at + ROTATION)
    history.note_endpoint(endpoint=locked, act=Act.ROTATED, by=by, at=at, what="a new signing secret")
    return _new_secret(locked)


@transaction.atomic
def pause(*, endpoint: Endpoint, at: datetime, by: "User | None" = None) -> None:
    """Send nothing for now; events are kept."""
    locked = _lock(endpoint)
    _move(locked, EndpointState.PAUSED, "Paused in the admin.", at=at)
    history.note_endpoint(endpoint=locked, act=Act.PAUSED, by=by, at=at)


@transaction.atomic
def resume(*, endpoint: Endpoint, at: datetime, by: "User | None" = None) -> None:
    """Send again, what waits included. Failures are forgotten."""
    locked = _lock(endpoint)
    locked.consecutive_failures, locked.broken_until = 0, None
    locked.save(update_fields=["consecutive_failures", "broken_until"])
    _move(locked, EndpointState.ACTIVE, "", at=at)
    history.note_endpoint(endpoint=locked, act=Act.RESUMED, by=by, at=at)
    _wake()


@transaction.atomic
def disable(*, endpoint: Endpoint, reason: str, at: datetime, tell: bool = False, by: "User | None" = None) -> None:
    """Send nothing and keep nothing new for it; ``tell`` the partner by e-mail."""
    locked = _lock(endpoint)
    if locked.state == EndpointState.DISABLED:
        return
    _move(locked, EndpointState.DISABLED, reason, at=at)
    history.note_endpoint(endpoint=locked, act=Act.DISABLED, by=by, at=at, what=reason)
    if tell:
        notices.disabled(endpoint=locked, reason=reason)


def check_address(url: str) -> None:
    """Raises ``ValidationError`` for what no request is ever sent to. Names are looked up when something is sent."""
    try:
        targets.parse(url, from_settings())
    except OutboundError as error:
        raise ValidationError(str(error), code=error.word) from error


def count_in_range(*, endpoint: Endpoint, first: int, last: int) -> int:
    """How many events ``replay`` would send."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_IN_RANGE}", _range(endpoint, first, last))
        (count,) = cursor.fetchone()
    return int(count)


@transaction.atomic
def replay(*, endpoint: Endpoint, first: int, last: int, at: datetime, by: "User | None" = None) -> int:
    """Send the events numbered ``first`` to ``last`` once more, under the same ids; returns how many.

    What was never meant for the endpoint because it was disabled or is younger than the event is sent as well. What
    waits already is left to its schedule.
    """
    _check_range(first, last)
    locked = _lock(endpoint)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO partners_delivery AS d (endpoint_id, event_id, seq, claim_id, state, attempts, next_at)
            SELECT %(endpoint)s, event.id, event.seq, event.claim_id, 'pending', 0, %(at)s {_IN_RANGE} ORDER BY seq
            ON CONFLICT (endpoint_id, seq) DO UPDATE
            SET state = 'pending', attempts = 0, next_at = %(at)s, done_at = NULL WHERE d.state <> 'pending'
            """,  # noqa: S608 - our own text
            {**_range(locked, first, last), "at": at},
        )
        count: int = cursor.rowcount
    what = f"{count} events from {first} to {last}"
    history.note_endpoint(endpoint=locked, act=Act.REPLAYED, by=by, at=at, what=what)
    _wake()
    return count


@transaction.atomic
def deliver_again(*, deliveries: Collection[int], at: datetime, by: "User | None" = None) -> int:
    """Send these once more, under the same ids; returns how many. Waiting ones are sent now.

    Left out are pings, and what would not leave: for endpoints that are disabled and partners that are not active.
    """
    rows = Delivery.objects.filter(pk__in=deliveries, seq__isnull=False, endpoint__partner__is_active=True)
    rows = rows.exclude(endpoint__state=EndpointState.DISABLED)
    for endpoint in Endpoint.objects.filter(pk__in=rows.values("endpoint")).select_related("partner"):
        what = _numbers(rows.filter(endpoint=endpoint).values_list("seq", flat=True))
        history.note_endpoint(endpoint=endpoint, act=Act.REPLAYED, by=by, at=at, what=what)
    count = rows.exclude(state=DeliveryState.PENDING).update(
        state=DeliveryState.PENDING, attempts=0, next_at=at, done_at=None
    )
    count += rows.filter(state=DeliveryState.PENDING, next_at__gt=at).update(next_at=at)
    _wake()
    return count


_IN_RANGE = """
FROM partners_event event
WHERE event.seq BETWEEN %(first)s AND %(last)s AND (%(types)s::text[] = '{}' OR event.type = ANY (%(types)s))"""


def _range(endpoint: Endpoint, first: int, last: int) -> dict[str, Any]:
    return {"endpoint": endpoint.pk, "first": first, "last": last, "types": list(endpoint.event_types)}


def _check_range(first: int, last: int) -> None:
    if not 1 <= first <= last < 2**63:
        raise ValidationError("The numbers begin at 1, and the first may not be greater than the last.")


def _check(endpoint: Endpoint) -> None:
    """Raises ``ValidationError``, by field."""
    if set(endpoint.event_types) - {value for value, _ in SUBSCRIBABLE}:
        raise ValidationError({"event_types": "One of these is no type of event."})
    endpoint.full_clean()
    try:
        check_address(endpoint.url)
    except ValidationError as error:
        raise ValidationError({"url": error}) from error


def _numbers(seqs: Iterable[int | None]) -> str:
    """The numbers of events in words, the first ten of them."""
    found = sorted(seq for seq in seqs if seq is not None)
    more = f" and {len(found) - 10} more" if len(found) > 10 else ""
    return f"events {', '.join(map(str, found[:10]))}{more}"


def _sorted(event_types: Collection[str]) -> list[str]:
    return sorted(set(event_types))


def _lock(endpoint: Endpoint) -> Endpoint:
    rows = Endpoint.objects.select_for_update(of=("self",), no_key=True).select_related("partner")
    return rows.get(pk=endpoint.pk)


def _move(locked: Endpoint, state: EndpointState, reason: str, *, at: datetime) -> None:
    locked.state, locked.state_reason, locked.state_changed_at = state, reason, at
    locked.save(update_fields=["state", "state_reason", "state_changed_at"])


def _new_secret(endpoint: Endpoint) -> str:
    secret = signing.new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, sealed=signing.seal(secret))
    return secret


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
