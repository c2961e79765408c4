"""What partners send and get back about their webhook endpoints."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from rest_framework import serializers

from api.http.fields import Choice, Flag, Whole, Words
from api.http.request_serializers import StrictSerializer
from partners.choices import SUBSCRIBABLE, DeliveryState, EndpointState, EventType, Scheme
from partners.models import Attempt
from partners.services import deliveries
from partners.services.ping_deliveries import PingResult

#: The names of events in messages, by their names in the database, and back.
NAMES: Final = {value: f"claim.{value}" for value, _ in SUBSCRIBABLE} | {
    EventType.IMPORTED.value: "archive.imported",
    EventType.SUBMISSION.value: "submission.changed",
    EventType.PING.value: "ping",
}
TYPES: Final = {name: value for value, name in NAMES.items() if value != EventType.PING}
#: Numbers of the log, as far as anybody can name one.
MAX_SEQ: Final = 2**62
#: What is said of a name's addresses is one thing to partners: otherwise a test event would tell which names exist
#: inside our network.
_NO_ADDRESS: Final = ("unknown_host", "address_refused")
_SHOWN_ONCE: Final = (
    "Shown this once. If it is lost, rotate: what signs now goes on signing for 24 hours beside the new one."
)
_NOT_AGAIN: Final = "It was in the first answer alone. " + _SHOWN_ONCE.partition(". ")[2]
_PUBLIC: Final = "There is no secret: the public key is among `keys`."


def _url(**options: Any) -> Words:
    return Words(
        max_length=1000,
        help_text="https://, on port 443, without a sign-in name. Redirects are not followed.",
        **options,
    )


def _types() -> serializers.ListField:
    return serializers.ListField(
        child=Choice([(name, name) for name in TYPES]),
        required=False,
        max_length=len(TYPES),
        help_text="Empty means all of them, those of later versions included.",
    )


def _names(longest: int, text: str) -> serializers.ListField:
    return serializers.ListField(child=Words(max_length=longest), required=False, max_length=50, help_text=text)


_TOPICS: Final = "Only events of claims with one of these topics, now or before. Empty means all."
_LANGUAGES: Final = "Only events of claims in one of these languages, such as `en`; regions do not count. Empty: all."


class EndpointSent(StrictSerializer):
    """Where you want to be told, and of what."""

    url = _url()
    event_types = _types()
    topics = _names(60, _TOPICS)
    languages = _names(16, _LANGUAGES)
    signature = Choice(
        Scheme.choices, required=False, help_text="`v1`: a shared secret. `v1a`: Ed25519, you hold a public key. (v1)"
    )


class EndpointChange(StrictSerializer):
    """What is to be different."""

    url = _url(required=False)
    event_types = _types()
    topics = _names(60, _TOPICS)
    languages = _names(16, _LANGUAGES)
    state = Choice(
        EndpointState.choices,
        required=False,
        error_messages={"invalid_choice": f"One of: {', '.join(EndpointState.values)}."},
    )


class RotationSent(StrictSerializer):
    """The kind of the new secret, and when the old ones expire."""

    signature = Choice(Scheme.choices, required=False, help_text="Of the kind there is, if not given.")
    end_old = Flag(
        required=False,
        help_text="For a secret that others may know: all old ones end now. Otherwise they sign beside the new one for "
        "24 hours.",
    )


class RangeSent(StrictSerializer):
    """Numbers of the log, both included."""

    from_seq = Whole(min_value=1, max_value=MAX_SEQ)
    to_seq = Whole(min_value=1, max_value=MAX_SEQ)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The first comes first."""
        if attrs["from_seq"] > attrs["to_seq"]:
            raise serializers.ValidationError({"to_seq": "This is before from_seq."})
        return attrs


def columns(given: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as the service calls it."""
    renamed = {"signature": "scheme"}
    found = {renamed.get(name, name): value for name, value in given.items()}
    if "event_types" in found:
        found["event_types"] = [TYPES[name] for name in found["event_types"]]
    return found


def shown(endpoint: Any) -> dict[str, Any]:
    """An endpoint as its partner sees it; the desk's own description is not among it."""
    now = timezone.now()
    return {
        "id": endpoint.pk,
        "url": endpoint.url,
        "event_types": [NAMES[value] for value in endpoint.event_types],
        "topics": endpoint.topics or [],
        "languages": endpoint.languages or [],
        "state": endpoint.state,
        "state_reason": endpoint.state_reason,
        "state_changed_at": _moment(endpoint.state_changed_at),
        "keys": [_key(secret) for secret in endpoint.secrets.all() if secret.is_live(at=now)],
        "waiting": endpoint.n_waiting,
        "failures_in_a_row": endpoint.consecutive_failures,
        "resting_until": _moment(endpoint.broken_until)
        if endpoint.broken_until and endpoint.broken_until > now
        else None,
        "last_success_at": _moment(endpoint.last_success_at),
        "created_at": _moment(endpoint.created_at),
        "version": endpoint.version,
    }


def _key(secret: Any) -> dict[str, Any]:
    return {
        "signature": secret.scheme.value,
        "public_key": secret.public_key or None,
        "since": _moment(secret.created_at),
        "signs_until": _moment(secret.expires_at),
    }


def secret(found: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The members of an answer that shows a secret, and what replaces them when the response is repeated."""
    if not found.startswith("whsec_"):
        nothing = {"secret": None, "secret_note": _PUBLIC}
        return nothing, nothing
    return {"secret": found, "secret_note": _SHOWN_ONCE}, {"secret": None, "secret_note": _NOT_AGAIN}


def delivery(row: Any) -> dict[str, Any]:
    """A delivery with its newest attempts, the newest first."""
    return {
        "message_id": row.message_id(),
        "type": NAMES[row.event.type],
        "seq": row.seq,
        "claim": str(row.claim_id) if row.claim_id else None,
        "state": row.state,
        "attempts": row.attempts,
        "next_at": _moment(row.next_at) if row.state == DeliveryState.PENDING else None,
        "done_at": _moment(row.done_at),
        "tries": [_try(one) for one in row.newest],
    }


def _try(one: Attempt) -> dict[str, Any]:
    return {
        "at": _moment(one.at),
        "milliseconds": one.milliseconds,
        "status": one.status,
        "problem": _problem(one.word),
        "answer": one.answer,
    }


def ping_result(found: PingResult) -> dict[str, Any]:
    """How a test event went."""
    outcome = found.outcome
    return {
        "message_id": found.delivery.message_id(),
        "delivered": outcome.succeeded,
        "milliseconds": outcome.milliseconds,
        "status": outcome.status,
        "problem": _problem(outcome.code),
        "answer": outcome.answer,
    }


def _problem(code: str) -> dict[str, str] | None:
    if not code:
        return None
    if code in _NO_ADDRESS:
        return {"code": "no_public_address", "detail": "The host has no public address, so nothing was sent."}
    return {"code": code, "detail": deliveries.text_of(code)}


def _moment(value: datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
_MOMENT_OR_NOT: dict[str, Any] = {"type": ["string", "null"], "format": "date-time"}
_STATUS: dict[str, Any] = {"type": ["integer", "null"], "description": "Of your answer; null when there was none."}
_ANSWER: dict[str, Any] = {"type": "string", "description": "Its first 500 characters."}


def _object(**named: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(named), "properties": named}


_PROBLEM: dict[str, Any] = {
    "oneOf": [_object(code=_TEXT, detail=_TEXT), {"type": "null"}],
    "description": "Why it did not arrive; null when it did. `code` is stable.",
}
_ENDPOINT: dict[str, Any] = {
    "id": {"type": "integer", "minimum": 1},
    "url": _TEXT,
    "event_types": {"type": "array", "items": {"type": "string", "enum": list(TYPES)}},
    "topics": {"type": "array", "items": _TEXT},
    "languages": {"type": "array", "items": _TEXT},
    "state": {
        "type": "string",
        "enum": list(EndpointState.values),
        "description": "\n".join(f"- `{state.value}`: {state.label}" for state in EndpointState),
    },
    "state_reason": _TEXT,
    "state_changed_at": _MOMENT_OR_NOT,
    "keys": {
        "type": "array",
        "description": "What messages are signed with now, newest first: a signature by each is in every message.",
        "items": _object(
            signature={"type": "string", "enum": list(Scheme.values)},
            public_key={"type": ["string", "null"], "description": "`whpk_…` with `v1a`; null for a secret."},
            since=_MOMENT,
            signs_until=_MOMENT_OR_NOT,
        ),
    },
    "waiting": _COUNT | {"description": "Deliveries that are still to be made."},
    "failures_in_a_row": _COUNT,
    "resting_until": _MOMENT_OR_NOT | {"description": "Nothing is tried before, unless you set `state` to `active`."},
    "last_success_at": _MOMENT_OR_NOT,
    "created_at": _MOMENT,
    "version": {"type": "integer", "minimum": 1, "description": "The one in the ETag."},
}
COMPONENTS: Final[dict[str, dict[str, Any]]] = {
    "WebhookEndpoint": _object(**_ENDPOINT),
    "WebhookEndpointWithSecret": _object(
        **_ENDPOINT,
        secret={"type": ["string", "null"], "description": "`whsec_…`, this once; null in an answer given again."},
        secret_note=_TEXT,
    ),
    "WebhookDelivery": _object(
        message_id=_TEXT | {"description": "The `webhook-id`."},
        type={"type": "string", "enum": list(NAMES.values())},
        seq={"type": ["integer", "null"], "description": "The record's number; null for what is about no record."},
        claim={"type": ["string", "null"], "format": "uuid"},
        state={"type": "string", "enum": list(DeliveryState.values)},
        attempts=_COUNT | {"description": "Since it was last asked for."},
        next_at=_MOMENT_OR_NOT,
        done_at=_MOMENT_OR_NOT,
        tries={
            "type": "array",
            "items": _object(at=_MOMENT, milliseconds=_COUNT, status=_STATUS, problem=_PROBLEM, answer=_ANSWER),
        },
    ),
    "WebhookTest": _object(
        message_id=_TEXT,
        delivered={"type": "boolean"},
        milliseconds=_COUNT,
        status=_STATUS,
        problem=_PROBLEM,
        answer=_ANSWER,
    ),
    "WebhookReplay": _object(count=_COUNT | {"description": "How many events are sent once more."}),
}
