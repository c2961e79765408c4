"""Devices that follow: a browser's subscription is taken, moved and erased. Nobody's name or address belongs to it."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from followers import selectors
from followers.models import Device, DeviceFollow, PushMessage
from followers.services import following
from followers.services.push_keys import site_key
from lib.refusals import RefusedError
from lib.safehttp import targets
from lib.safehttp.errors import OutboundError
from lib.webpush import receiver
from lib.webpush.receiver import BadKeysError
from partners.outbound_policy import from_settings

#: One device cannot follow more than so many things.
MOST: Final = 100
_LONGEST_ENDPOINT: Final = Device._meta.get_field("endpoint").max_length or 0


class BadDeviceError(RefusedError):
    """No messages can be sent to what was given."""

    code = "bad_device"


def follow(*, endpoint: str, p256dh: str, auth: str, kind: str, target: str, language: str) -> Device:
    """Let the device follow something; what is published from now on is told. A second time changes the language only.

    Raises ``BadDeviceError``, ``RefusedError`` for one that follows too much.
    """
    given = _checked(endpoint, p256dh, auth)
    with transaction.atomic():
        seq = following.begin_telling()
        Device.objects.bulk_create([given], ignore_conflicts=True)
        row = Device.objects.select_for_update().get(endpoint=endpoint)
        if not _is_same(row, given):
            raise _unreadable()
        Device.objects.filter(pk=row.pk).update(site_key=given.site_key)
        _row, is_new = DeviceFollow.objects.update_or_create(
            {"language": language}, {"language": language, "after_seq": seq}, device=row, kind=kind, target=target
        )
        if is_new and row.follows.count() > MOST:
            raise RefusedError(_("This device follows %(n)s things. Stop one of them first.") % {"n": MOST})
    return row


def stop(device: Device, *, follows: Iterable[int] | None = None) -> bool:
    """Stop ``follows`` (ids), or all. A device that follows nothing more is erased; returns whether it is."""
    with transaction.atomic():
        row = Device.objects.select_for_update().filter(pk=device.pk).first()
        if row is None:
            return True
        ended = row.follows.all() if follows is None else row.follows.filter(pk__in=list(follows))
        ended.delete()
        if row.follows.exists():
            return False
        row.delete()
    return True


def move(device: Device, *, endpoint: str, p256dh: str, auth: str) -> None:
    """The browser changed its subscription: the device is told at the new one. Raises ``BadDeviceError``."""
    given = _checked(endpoint, p256dh, auth)
    with transaction.atomic():
        row = Device.objects.select_for_update().filter(pk=device.pk).first()
        if row is None or row.endpoint == endpoint:
            return
        if Device.objects.filter(endpoint=endpoint).exists():
            raise _unreadable()
        for name in ("endpoint", "service", "public", "secret", "site_key"):
            setattr(row, name, getattr(given, name))
        row.refusals = 0
        row.save()


def erase_unreachable(*, at: datetime) -> int:
    """Erase devices that follow under another key than the site's, and messages too old to send; returns how many
    devices. Without a key nothing is erased but messages: somebody may have taken it away by mistake."""
    PushMessage.objects.filter(created_at__lt=at - PushMessage.LIFETIME).delete()
    if not selectors.are_notifications_on():
        return 0
    gone = Device.objects.exclude(site_key=site_key().public_text()).values_list("pk", flat=True)
    return sum(erase(pk) for pk in list(gone))


@transaction.atomic
def erase(pk: int) -> bool:
    """Delete a device with everything below it; False when it has left already.

    The device is locked before its messages, in the same order as when messages are made. So neither waits forever.
    """
    row = Device.objects.select_for_update().filter(pk=pk).first()
    if row:
        row.delete()
    return row is not None


def _checked(endpoint: str, p256dh: str, auth: str) -> Device:
    """A row that is not stored yet. The host's name is resolved at sending, and its addresses are checked there."""
    try:
        to = receiver.read(p256dh, auth)
        found = targets.parse(endpoint, from_settings())
    except (BadKeysError, OutboundError):
        raise _unreadable() from None
    if len(endpoint) > _LONGEST_ENDPOINT or not endpoint.isascii():
        raise _unreadable()
    if not any(found.host == known or found.host.endswith(f".{known}") for known in settings.PUSH_SERVICES):
        raise BadDeviceError(_("We cannot send to this browser: we do not know its push service."))
    public = site_key().public_text()
    return Device(endpoint=endpoint, service=found.host, public=to.public, secret=to.secret, site_key=public)


def _is_same(row: Device, given: Device) -> bool:
    """Whether both have the same keys. Who knows an address alone changes nothing about its device."""
    return bytes(row.public) == given.public and hmac.compare_digest(bytes(row.secret), given.secret)


def _unreadable() -> BadDeviceError:
    return BadDeviceError(_("Your browser sent something that we cannot read. Reload the page and try again."))
