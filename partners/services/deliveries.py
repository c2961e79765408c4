"""One delivery: taken under a lease, sent outside a transaction, recorded while the lease is held."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from lib.safehttp import client
from lib.safehttp.errors import TEXTS, OutboundError
from lib.safehttp.policy import Limits, Policy
from partners.choices import DeliveryState, EventType
from partners.models import Attempt, Delivery, Endpoint
from partners.models.delivery import ANSWER_KEPT
from partners.services import endpoints, notices, schedule, signing

logger = logging.getLogger(__name__)
#: What went wrong on our side; the words of ``lib.safehttp.errors`` are for the way to the receiver.
UNREADABLE, INTERNAL = "secret_unreadable", "internal_error"
_OURS = {
    UNREADABLE: "The signing secret cannot be read: SECRET_KEY is not the one it was stored under.",
    INTERNAL: "Something went wrong on our side. It has been logged.",
    "refused": "The answer was no success: only a status from 200 to 299 counts.",
}
#: Deliveries to one endpoint that may be under way at the same time.
CONCURRENCY = 2

_FREE = "(d.lease_until IS NULL OR d.lease_until <= clock_timestamp())"
_DUE = f"d.state = 'pending' AND d.next_at <= clock_timestamp() AND {_FREE}"
#: What is still to be delivered of the same claim to the same endpoint comes first. What was given up does not block.
_FIRST_OF_ITS_CLAIM = """NOT EXISTS (
    SELECT 1 FROM partners_delivery older WHERE older.endpoint_id = d.endpoint_id AND older.claim_id = d.claim_id
      AND older.state = 'pending' AND older.seq < d.seq)"""

_AN_ENDPOINT = f"""
SELECT e.id FROM partners_endpoint e JOIN partners_partner p ON p.id = e.partner_id
WHERE e.state = 'active' AND p.is_active AND (e.broken_until IS NULL OR e.broken_until <= clock_timestamp())
  AND (SELECT count(*) FROM partners_delivery f WHERE f.endpoint_id = e.id AND f.state = 'pending'
       AND f.lease_until > clock_timestamp()) < CASE WHEN e.broken_until IS NULL THEN %(most)s ELSE 1 END
  AND EXISTS (SELECT 1 FROM partners_delivery d WHERE d.endpoint_id = e.id AND {_DUE} AND {_FIRST_OF_ITS_CLAIM})
ORDER BY random() LIMIT 1 FOR NO KEY UPDATE OF e SKIP LOCKED"""  # noqa: S608 - nothing from outside

#: A statement of its own, so that it sees what was taken before the endpoint's lock was ours.
_A_DELIVERY = f"""
UPDATE partners_delivery SET lease_until = clock_timestamp() + %(lease)s, attempts = attempts + 1
WHERE id = (
    SELECT d.id FROM partners_delivery d JOIN partners_endpoint e ON e.id = d.endpoint_id
    WHERE d.endpoint_id = %(endpoint)s AND {_DUE} AND {_FIRST_OF_ITS_CLAIM}
      AND (SELECT count(*) FROM partners_delivery f WHERE f.endpoint_id = %(endpoint)s AND f.state = 'pending'
           AND f.lease_until > clock_timestamp()) < CASE WHEN e.broken_until IS NULL THEN %(most)s ELSE 1 END
    ORDER BY d.seq LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
RETURNING id"""  # noqa: S608 - nothing from outside

#: Looks a little back: what became due since the worker looked last is not a thing of the past.
_NEXT_CHANGE = """
SELECT extract(epoch FROM least(
    (SELECT min(next_at) FROM partners_delivery WHERE state = 'pending' AND next_at > since),
    (SELECT min(lease_until) FROM partners_delivery WHERE state = 'pending' AND lease_until > since),
    (SELECT min(broken_until) FROM partners_endpoint WHERE state = 'active' AND broken_until > since)
) - clock_timestamp()) FROM (SELECT clock_timestamp() - interval '250 ms' AS since) AS recently"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went. ``code`` is empty for a success; ``status`` is None when there was no answer."""

    status: int | None
    code: str
    answer: str
    retry_after: str
    milliseconds: int

    @property
    def succeeded(self) -> bool:
        """Whether the receiver has it: a status of 2xx and nothing else."""
        return not self.code

    @property
    def text(self) -> str:
        """What went wrong, in a sentence."""
        return text_of(self.code)


def text_of(code: str) -> str:
    """The sentence for a code; for an answer that does not count, what would."""
    return (TEXTS | _OURS).get(code, "")


def take_next() -> Delivery | None:
    """The next delivery that is due anywhere, under a lease of our own; None when there is none.

    An endpoint's row is locked while one of its deliveries is chosen, so that ``CONCURRENCY`` holds exactly.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_AN_ENDPOINT, {"most": CONCURRENCY})
        if (endpoint := cursor.fetchone()) is None:
            return None
        values = {"endpoint": endpoint[0], "lease": schedule.lease(), "most": CONCURRENCY}
        cursor.execute(_A_DELIVERY, values)
        if (row := cursor.fetchone()) is None:
            return None
        return _with_all(row[0])


def take(delivery: Delivery) -> Delivery | None:
    """This delivery, under a new lease, in every state of its endpoint; None when it is being sent already."""
    with transaction.atomic():
        locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if locked.state != DeliveryState.PENDING or locked.is_in_flight(at=timezone.now()):
            return None
        locked.lease_until = timezone.now() + schedule.lease()
        locked.attempts += 1
        locked.save(update_fields=["lease_until", "attempts"])
        return _with_all(locked.pk)


def _with_all(pk: int) -> Delivery:
    return Delivery.objects.select_related("event", "endpoint__partner").get(pk=pk)


def seconds_to_next_change() -> float | None:
    """How long until time alone makes something due; None when nothing waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_CHANGE)
        (seconds,) = cursor.fetchone()
    return None if seconds is None else max(0.0, float(seconds))


def send(delivery: Delivery, *, policy: Policy) -> Outcome:
    """Post it. Opens no transaction and raises nothing that the receiver could cause."""
    started, body = time.monotonic(), bytes(delivery.event.body)
    now = datetime.now(UTC)
    try:
        live = [secret.sealed for secret in delivery.endpoint.secrets.all() if secret.is_live(at=now)]
        secrets = signing.readable(live)
        headers = signing.headers(secrets, message_id=delivery.message_id(), timestamp=int(now.timestamp()), body=body)
        limits = Limits(total_seconds=schedule.timeout(), connect_seconds=min(3.0, schedule.timeout()))
        answer = client.post(delivery.endpoint.url, body=body, headers=headers, policy=policy, limits=limits)
    except InvalidToken:
        return Outcome(None, UNREADABLE, "", "", 0)
    except OutboundError as error:
        return Outcome(None, error.code, "", "", _since(started))
    except Exception:  # a message that breaks us must not be taken up again and again, unrecorded
        logger.exception("Delivery %s could not be sent", delivery)
        return Outcome(None, INTERNAL, "", "", _since(started))
    code = "" if 200 <= answer.status < 300 else "redirected" if 300 <= answer.status < 400 else "refused"
    retry_after = answer.header("retry-after") if answer.status in schedule.MAY_NAME_A_TIME else ""
    text = answer.content[: 4 * ANSWER_KEPT].decode("utf-8", "replace").replace("\x00", "�")[:ANSWER_KEPT]
    return Outcome(answer.status, code, text, retry_after, _since(started))


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def record(delivery: Delivery, outcome: Outcome) -> bool:
    """Write an attempt down. False when the lease was lost: then the attempt is noted and decides nothing.

    Raises nothing for what the receiver did. Notices to the partner leave after the commit.
    """
    now = timezone.now()
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update(no_key=True).filter(pk=delivery.endpoint_id).first()
        if endpoint is None:  # it was removed meanwhile, with its log
            return False
        Attempt.objects.create(
            delivery_id=delivery.pk,
            number=delivery.attempts,
            at=now - timedelta(milliseconds=outcome.milliseconds),
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            word=outcome.code,
            answer=outcome.answer,
        )
        if not _settle(delivery, outcome, at=now):
            return False
        if delivery.event.type != EventType.PING:
            _count(endpoint, delivery, outcome, at=now)
    return True


def _settle(delivery: Delivery, outcome: Outcome, *, at: datetime) -> bool:
    """The delivery's new state, unless the lease it was taken under is not there any more."""
    held = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING, lease_until=delivery.lease_until)
    if outcome.succeeded:
        return bool(held.update(state=DeliveryState.DELIVERED, done_at=at, lease_until=None))
    if outcome.code == UNREADABLE and delivery.event.type != EventType.PING:
        return bool(held.update(next_at=at + schedule.UNREADABLE_REST, lease_until=None, attempts=F("attempts") - 1))
    again = schedule.next_attempt(attempts=delivery.attempts, at=at, retry_after=outcome.retry_after)
    if again is None or delivery.event.type == EventType.PING:
        delivery.state = DeliveryState.DEAD
        return bool(held.update(state=DeliveryState.DEAD, done_at=at, lease_until=None))
    return bool(held.update(next_at=again, lease_until=None))


def _count(endpoint: Endpoint, delivery: Delivery, outcome: Outcome, *, at: datetime) -> None:
    """What the outcome means for the endpoint: the breaker, an end of sending, a notice."""
    if outcome.succeeded:
        rest = _longer(endpoint.broken_until, None, at=at)
        Endpoint.objects.filter(pk=endpoint.pk).update(consecutive_failures=0, broken_until=rest, last_success_at=at)
        return
    if outcome.code == UNREADABLE:  # nothing was sent, and nothing more is until somebody has seen to it
        rest = _longer(endpoint.broken_until, at + schedule.UNREADABLE_REST, at=at)
        Endpoint.objects.filter(pk=endpoint.pk).update(broken_until=rest)
        return
    if outcome.code == INTERNAL:
        if delivery.state == DeliveryState.DEAD:
            notices.given_up(endpoint=endpoint, delivery=delivery)
        return
    failures = endpoint.consecutive_failures + 1
    named = schedule.backoff_until(failures=failures, at=at, retry_after=outcome.retry_after)
    rest = _longer(endpoint.broken_until, named, at=at)
    Endpoint.objects.filter(pk=endpoint.pk).update(consecutive_failures=failures, broken_until=rest)
    if outcome.status == 410:
        endpoints.disable(endpoint=endpoint, reason="It answered 410 Gone.", at=at, tell=True)
    elif delivery.state == DeliveryState.DEAD:
        silent_since = endpoint.last_success_at is None or endpoint.last_success_at < delivery.event.at
        if silent_since:
            first = delivery.seq or delivery.message_id()
            reason = f"It accepted nothing from event {first} on, in {delivery.attempts} attempts."
            endpoints.disable(endpoint=endpoint, reason=reason, at=at, tell=True)
        else:
            notices.given_up(endpoint=endpoint, delivery=delivery)


def _longer(standing: datetime | None, named: datetime | None, *, at: datetime) -> datetime | None:
    """Of two ends of a rest the later one still to come. Two attempts may be under way: neither ends the other's."""
    return max((end for end in (standing, named) if end and end > at), default=None)
