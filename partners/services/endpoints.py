"""Endpoints: added, changed, paused, disabled; and the secrets their messages are signed with.

``by`` says who acts, a person of the newsroom or the partner itself with a key (``history.Actor``): it is written into
the partner's history, and ``NotAllowedError`` is raised for who may not.
"""

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from lib.refusals import NotNowError, StaleError
from lib.safehttp import targets
from lib.safehttp.errors import OutboundError
from partners.choices import SUBSCRIBABLE, Act, EndpointState, Scheme
from partners.models import Attempt, Delivery, Endpoint, EndpointSecret, Key, Notice, Partner
from partners.outbound_policy import from_settings
from partners.services import history, notices, signing
from partners.services.history import Actor
from partners.services.webhooks import CHANNEL

#: How long a replaced secret still signs beside the new one.
ROTATION = timedelta(hours=24)
#: How many secrets of an endpoint may sign at once: each is a signature in the headers of every message.
MOST_SECRETS = 4
#: How many endpoints a partner may have, disabled ones included: each is a delivery of every publication.
MOST_ENDPOINTS = 20
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_COLUMNS = {"url": "address", "description": "description", "event_types": "choice of events"}
_COLUMNS |= {"topics": "choice of topics", "languages": "choice of languages"}


@transaction.atomic
def add(
    *,
    partner: Partner,
    url: str,
    description: str = "",
    event_types: Collection[str] = (),
    topics: Collection[str] = (),
    languages: Collection[str] = (),
    scheme: str = Scheme.HMAC,
    by: Actor = None,
    at: datetime | None = None,
) -> tuple[Endpoint, str]:
    """Add an endpoint; returns it with what its partner verifies messages with.

    That is a secret, never to be seen again, or with ``Scheme.ED25519`` a public key, which is none. Raises
    ``ValidationError`` by field, and ``NotNowError`` when the partner has as many as it may have.
    """
    _one_after_the_other(partner)
    if Endpoint.objects.filter(partner=partner).count() >= MOST_ENDPOINTS:
        text = gettext(
            "A partner may have %(most_endpoints)s endpoints, disabled ones included. Delete one, or give it "
            "another address."
        ) % {"most_endpoints": MOST_ENDPOINTS}
        raise NotNowError(text, code="too_many_endpoints")
    at = at or timezone.now()
    wants = {"event_types": _sorted(event_types), "topics": _sorted(topics), "languages": _sorted(languages)}
    endpoint = Endpoint(pk=_new_id(at), partner=partner, url=url, description=description, **wants)
    _check(endpoint)
    endpoint.save(force_insert=True)
    history.record_endpoint_change(endpoint=endpoint, act=Act.ADDED, by=by, at=at)
    return endpoint, _new_secret(endpoint, scheme)


@transaction.atomic
def change(
    *,
    endpoint: Endpoint,
    url: str | None = None,
    description: str | None = None,
    event_types: Collection[str] | None = None,
    topics: Collection[str] | None = None,
    languages: Collection[str] | None = None,
    state: str | None = None,
    version: int | None = None,
    by: Actor = None,
    at: datetime | None = None,
) -> Endpoint:
    """Change what is given: where it is, what it wants from the next event on, whether it is sent to.

    ``version`` is the one the change was made on. ``state`` "active" also ends the rest of an endpoint that failed.
    Raises ``StaleError`` for another version, and ``ValidationError`` by field.
    """
    _one_after_the_other(endpoint.partner)
    locked, at = _lock(endpoint), at or timezone.now()
    if version is not None and version != locked.version:
        raise StaleError(current=locked.version)
    given: dict[str, Any] = {"url": url, "description": description}
    lists = {"event_types": event_types, "topics": topics, "languages": languages}
    given |= {name: None if some is None else _sorted(some) for name, some in lists.items()}
    changed = [n for n, value in given.items() if value is not None and (getattr(locked, n) or type(value)()) != value]
    if changed:
        for name in changed:
            setattr(locked, name, given[name])
        _check(locked)
        _save(locked, *changed)
        what = f"another {' and another '.join(_COLUMNS[name] for name in changed)}"
        history.record_endpoint_change(endpoint=locked, act=Act.CHANGED, by=by, at=at, what=what)
    if state == EndpointState.ACTIVE and (locked.state != state or locked.broken_until is not None):
        resume(endpoint=locked, at=at, by=by)
    elif state == EndpointState.PAUSED and locked.state != state:
        pause(endpoint=locked, at=at, by=by)
    elif state == EndpointState.DISABLED:
        disable(endpoint=locked, reason=f"Disabled {_where(by)}.", at=at, by=by)
    return _lock(locked)


@transaction.atomic
def rotate(
    *, endpoint: Endpoint, at: datetime, scheme: str | None = None, end_old: bool = False, by: Actor = None
) -> str:
    """A new secret, or the public key of a new pair, of the kind there is now unless ``scheme`` says otherwise.

    The one before it signs beside it for 24 hours, and those before that until their own end: a client without the
    answer can rotate again without losing the one in use. With ``end_old``, for a secret that others may know, all of
    them end now. Raises ``NotNowError`` when as many sign already as may.
    """
    locked = _lock(endpoint)
    rows = locked.secrets.all()
    current = rows.filter(expires_at=None).first()
    (rows if end_old else rows.filter(expires_at__lte=at)).delete()
    ends = [one.expires_at for one in rows if one.expires_at is not None]
    if len(ends) >= MOST_SECRETS - 1:
        raise NotNowError(
            gettext("%(count)s secrets sign already. The next one ends %(time)s; or end all old ones now.")
            % {"count": MOST_SECRETS, "time": f"{min(ends):%Y-%m-%d %H:%M %Z}"},
            code="too_many_secrets",
            retry_after=max(1, round((min(ends) - at).total_seconds())),
        )
    rows.filter(expires_at=None).update(expires_at=at + ROTATION)
    _save(locked)
    what = "a new signing secret" + (", the old ones ended" if end_old else "")
    history.record_endpoint_change(endpoint=locked, act=Act.ROTATED, by=by, at=at, what=what)
    return _new_secret(locked, scheme or (current.scheme if current else Scheme.HMAC))


@transaction.atomic
def pause(*, endpoint: Endpoint, at: datetime, by: Actor = None) -> None:
    """Send nothing for now; events are kept."""
    locked = _lock(endpoint)
    _move(locked, EndpointState.PAUSED, f"Paused {_where(by)}.", at=at)
    history.record_endpoint_change(endpoint=locked, act=Act.PAUSED, by=by, at=at)


@transaction.atomic
def resume(*, endpoint: Endpoint, at: datetime, by: Actor = None) -> None:
    """Send again, what waits included. Failures are forgotten."""
    locked = _lock(endpoint)
    locked.consecutive_failures, locked.broken_until = 0, None
    locked.save(update_fields=["consecutive_failures", "broken_until"])
    _move(locked, EndpointState.ACTIVE, "", at=at)
    history.record_endpoint_change(endpoint=locked, act=Act.RESUMED, by=by, at=at)
    wake()


@transaction.atomic
def disable(*, endpoint: Endpoint, reason: str, at: datetime, tell: bool = False, by: Actor = None) -> None:
    """Send nothing and keep nothing new for it; ``tell`` the partner by e-mail."""
    locked = _lock(endpoint)
    if locked.state == EndpointState.DISABLED:
        return
    _move(locked, EndpointState.DISABLED, reason, at=at)
    history.record_endpoint_change(endpoint=locked, act=Act.DISABLED, by=by, at=at, what=reason)
    if tell:
        notices.disabled(endpoint=locked, reason=reason)


@transaction.atomic
def remove(*, endpoint: Endpoint, at: datetime, version: int | None = None, by: Actor = None) -> None:
    """Delete it with its secrets and the log of its deliveries. The history of its partner keeps that there was one.

    ``version`` is the one that was looked at. Raises ``StaleError`` for another version.
    """
    _one_after_the_other(endpoint.partner)
    locked = Endpoint.objects.select_for_update(of=("self",)).select_related("partner").get(pk=endpoint.pk)
    if version is not None and version != locked.version:
        raise StaleError(current=locked.version)
    history.record_endpoint_change(endpoint=locked, act=Act.REMOVED, by=by, at=at)
    Notice.objects.filter(endpoint=locked).update(endpoint=None)
    Attempt.objects.filter(delivery__endpoint=locked).delete()
    Delivery.objects.filter(endpoint=locked).delete()
    locked.delete()


def check_address(url: str) -> None:
    """Raises ``ValidationError`` for an address that requests are never sent to. Names are resolved at sending."""
    try:
        targets.parse(url, from_settings())
    except OutboundError as error:
        raise ValidationError(str(error), code=error.code) from error


def wake() -> None:
    """Have workers look for what is due, once this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _check(endpoint: Endpoint) -> None:
    """Raises ``ValidationError``, by field."""
    if set(endpoint.event_types) - {value for value, _ in SUBSCRIBABLE}:
        raise ValidationError({"event_types": gettext("One of these is no type of event.")})
    if wrong := [tag for tag in endpoint.languages or () if not _LANGUAGE.fullmatch(tag)]:
        raise ValidationError(
            {"languages": gettext("“%(wrong)s” is no language tag, such as en or pt-BR.") % {"wrong": wrong[0][:40]}}
        )
    if any("\x00" in topic or not topic.strip() for topic in endpoint.topics or ()):
        raise ValidationError({"topics": gettext("A topic is a name.")})
    try:
        endpoint.full_clean()
    except ValidationError as error:
        found = error.error_dict
        if there := [one for one in found.pop("__all__", []) if one.code == "already_there"]:
            found["url"] = there
        raise ValidationError(found) from error
    try:
        check_address(endpoint.url)
    except ValidationError as error:
        raise ValidationError({"url": error}) from error


def _new_id(at: datetime) -> int:
    """A number that says nothing about other partners: milliseconds, and digits at random. Programs can hold it in a
    double (below 2^53), and lists by it are in the order of time."""
    return int(at.timestamp() * 1000) * 1000 + secrets.randbelow(1000)


def _where(by: Actor) -> str:
    return "by the partner, through the API" if isinstance(by, Key) else "in the admin"


def _sorted(some: Collection[str]) -> list[str]:
    return sorted({one.strip() for one in some})


def _one_after_the_other(partner: Partner) -> None:
    """Endpoints of one partner are counted, added and moved one after the other, so that no two get one address."""
    Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)


def _lock(endpoint: Endpoint) -> Endpoint:
    rows = Endpoint.objects.select_for_update(of=("self",), no_key=True).select_related("partner")
    return rows.get(pk=endpoint.pk)


def _save(locked: Endpoint, *columns: str) -> None:
    """What a person or a partner changed; workers' book-keeping is no change of theirs."""
    locked.version += 1
    locked.save(update_fields=[*columns, "version"])


def _move(locked: Endpoint, state: EndpointState, reason: str, *, at: datetime) -> None:
    locked.state, locked.state_reason, locked.state_changed_at = state, reason, at
    _save(locked, "state", "state_reason", "state_changed_at")


def _new_secret(endpoint: Endpoint, scheme: str) -> str:
    """Store one that signs from now on; returns what the partner verifies with."""
    if scheme == Scheme.ED25519:
        private, public = signing.new_pair()
        EndpointSecret.objects.create(endpoint=endpoint, sealed=signing.seal(private), public_key=public)
        return public
    secret = signing.new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, sealed=signing.seal(secret))
    return secret
