"""Keys: issued, used, rotated, revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.credentials import digest_of
from lib.refusals import NotAllowedError, RefusedError
from partners import rules
from partners.choices import Act
from partners.models import Key, Partner
from partners.services import history
from partners.services.history import Actor

if TYPE_CHECKING:
    from accounts.models import User

#: How long the old key works beside its successor unless somebody says otherwise.
OVERLAP = timedelta(days=7)


@transaction.atomic
def issue_key(
    *,
    partner: Partner,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    rate: str = "",
    by: "User | None" = None,
    at: datetime | None = None,
) -> tuple[Key, str]:
    """Make a key; returns it with the secret, which is never to be seen again.

    ``by`` is None at the command line. Raises NotAllowedError, ValidationError, and RefusedError for a past expiry.
    """
    _check(by)
    at = at or timezone.now()
    _check_expiry(expires_at, at)
    key, secret = _make(Key(partner=partner, name=name, scopes=sorted(set(scopes)), expires_at=expires_at, rate=rate))
    until = f", until {expires_at:%Y-%m-%d %H:%M %Z}" if expires_at else ""
    history.record_change(
        partner=partner, key=key, act=Act.ISSUED, by=by, at=at, what=f"{key}: {', '.join(key.scopes)}{until}"
    )
    return key, secret


@transaction.atomic
def rotate_key(
    *,
    key: Key,
    overlap_until: datetime,
    at: datetime,
    expires_at: datetime | None = None,
    by: Actor = None,
) -> tuple[Key, str]:
    """Issue a successor with the same name, scopes and rate. The old key ends at ``overlap_until``, or earlier if it
    was to.

    Returns the successor with its secret. ``by`` may be the key itself: a partner may replace what it uses. Raises
    NotAllowedError, and RefusedError for a key that does not work any more or was rotated already, when that would make
    a third live key, and for days in the past.
    """
    _check_rotation(key, by)
    Partner.objects.select_for_update().get(pk=key.partner_id)  # rotations of one partner wait for each other
    old = Key.objects.select_for_update(of=("self",)).select_related("replaces", "partner").get(pk=key.pk)
    if not old.is_live(at=at):
        raise RefusedError(_("This key does not work any more. Issue a new one instead."), code="not_live")
    if Key.objects.filter(replaces=old).exists():
        raise RefusedError(
            _("This key was rotated already. Rotate its successor, or issue a new key."), code="already_rotated"
        )
    if old.replaces is not None and old.replaces.is_live(at=at):
        raise RefusedError(
            _("The key before it, %(key)s, still works, and two are enough. Wait until it ends, or revoke it.")
            % {"key": old.replaces},
            code="two_live_keys",
        )
    if overlap_until <= at:
        raise RefusedError(_("The old key would end in the past. To end it now, revoke it."), code="overlap_past")
    _check_expiry(expires_at, at)
    ends = min(overlap_until, old.expires_at or overlap_until)
    Key.objects.filter(pk=old.pk).update(expires_at=ends)
    new = Key(partner=old.partner, name=old.name, scopes=old.scopes, rate=old.rate, expires_at=expires_at, replaces=old)
    new, secret = _make(new)
    what = f"{old} replaced by {new}; the old one ends {ends:%Y-%m-%d %H:%M %Z}"
    history.record_change(partner=old.partner, key=new, act=Act.ROTATED, by=by, at=at, what=what)
    return new, secret


def successor_ends(key: Key, *, at: datetime) -> datetime | None:
    """When a key that its partner rotates itself is to end: after as long a time as ``key`` was given."""
    return at + (key.expires_at - key.created_at) if key.expires_at else None


@transaction.atomic
def revoke_key(*, key: Key, at: datetime, by: "User | None" = None) -> None:
    """Make ``key`` useless from the next request on. A revoked one does not change."""
    _check(by)
    if Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        history.record_change(partner=key.partner, key=key, act=Act.REVOKED, by=by, at=at, what=str(key))


def use_key(*, secret: str, at: datetime) -> Key | None:
    """The live key with this secret, its partner at hand, or None. When it was used is noted to the minute."""
    key = Key.objects.select_related("partner").filter(digest=digest_of(secret)).first()
    if key is None or not key.is_live(at=at) or not key.partner.is_active:
        return None
    key.note_use(at=at)
    return key


def _make(key: Key) -> tuple[Key, str]:
    secret = key.assign_secret()
    key.full_clean()
    key.save(force_insert=True)
    return key, secret


def _check_rotation(key: Key, by: Actor) -> None:
    """A partner may replace the key it uses, and no other."""
    if not isinstance(by, Key):
        _check(by)
    elif by.pk != key.pk:
        raise NotAllowedError.for_(_("You do not have permission to rotate another key than the one you use."))


def _check(by: "User | None") -> None:
    if by is not None and not rules.may_manage_keys(by):
        raise NotAllowedError.for_(_("You do not have permission to manage the keys of partners."))


def _check_expiry(expires_at: datetime | None, at: datetime) -> None:
    if expires_at is not None and expires_at <= at:
        raise RefusedError(_("The key would expire in the past: it would never work."), code="expires_past")
