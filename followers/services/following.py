"""Asking to follow, confirming it, and leaving."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from articles.models import Head
from followers.models import Follow, Follower, FollowState
from followers.services import letters
from notifications.models import Message
from notifications.services import waking
from partners import rates
from partners.services import limits
from partners.services.limits import Quota

#: What nobody confirms is erased after this time.
UNCONFIRMED = timedelta(hours=48)
#: One address cannot follow more than so many things.
MOST = 100
#: How often an address is asked to confirm, however often somebody enters it.
_ASKING = {"follow-hour": "1/hour", "follow-day": "3/day"}


def clean_address(given: str) -> str:
    """The address as it is stored: without blanks around it, the domain in punycode. Raises ``ValidationError``."""
    address = given.strip()
    validate_email(address)
    local, _at, domain = address.rpartition("@")
    try:
        address = f"{local}@{punycode(domain).lower()}"
    except UnicodeError:
        raise ValidationError(_("Enter a valid e-mail address."), code="invalid") from None
    if len(address) > 254:
        raise ValidationError(_("Enter a valid e-mail address."), code="invalid")
    return address


def ask(*, email: str, kind: str, target: str, rhythm: str, language: str, at: datetime) -> None:
    """Note that somebody wants ``email`` (as ``clean_address`` gives it) to follow something, and ask its owner.

    The owner is asked at most once an hour; the link of that e-mail leads to everything that waits. Nothing says
    whether the address is known. Call it outside of transactions.
    """
    may_write = _may_write(email)
    with transaction.atomic():
        follower = _locked(email)
        follow = follower.follows.filter(kind=kind, target=target).first()
        if follow is None:
            if follower.follows.count() >= MOST:
                return
            follow = Follow(follower=follower, kind=kind, target=target, language=language, rhythm=rhythm)
        if follow.pk is None or follow.confirmed_at is None or follow.rhythm != rhythm:
            follow.asked, follow.asked_at = rhythm, at
            follow.save()
        if may_write:
            letters.send(letters.confirmation(follower, follow, at=at))
            transaction.on_commit(waking.wake_sender, robust=True)


def _locked(email: str) -> Follower:
    """The row of the address, locked against its owner's leaving at this moment."""
    Follower.objects.bulk_create([Follower(email=email)], ignore_conflicts=True)
    return Follower.objects.select_for_update().get(email__iexact=email)


def _may_write(email: str) -> bool:
    """Count one confirmation. The limit knows the address by a keyed hash, and forgets it after a day."""
    subject = salted_hmac("followers", email.lower(), algorithm="sha256").hexdigest()
    quotas = [Quota(name, subject, rate) for name, text in _ASKING.items() if (rate := rates.parse(text))]
    return all(one.taken for one in limits.take(quotas))


@transaction.atomic
def confirm(*, follower: int, follows: Iterable[int], at: datetime) -> int:
    """Confirm what waits among ``follows`` (ids); what is published from now on is told. Returns how many."""
    row = Follower.objects.select_for_update().filter(pk=follower).first()
    if row is None:
        return 0
    seq = begin_telling()
    waiting = list(row.follows.waiting().filter(pk__in=list(follows)))
    for follow in waiting:
        if follow.confirmed_at is None:
            follow.confirmed_at, follow.after_seq = at, seq
        follow.rhythm, follow.asked = follow.asked, ""
        follow.save()
    return len(waiting)


def begin_telling() -> int:
    """The number of the newest record; what comes after it is told to those who follow from now on."""
    seq = Head.objects.values_list("seq", flat=True).get(pk=1)
    FollowState.objects.get_or_create(pk=1, defaults={"seq": seq})
    return seq


@transaction.atomic
def stop(*, follower: int, follows: Iterable[int] | None = None) -> bool:
    """Stop ``follows`` (ids), or all. Who follows nothing more is erased. A second time changes nothing.

    Returns whether the address is gone.
    """
    row = Follower.objects.select_for_update().filter(pk=follower).first()
    if row is None:
        return True
    ended = row.follows.all() if follows is None else row.follows.filter(pk__in=list(follows))
    ended.delete()
    if row.follows.exists():
        return False
    erase(row)
    return True


def erase(follower: Follower, *, counted: int = 1) -> None:
    """Delete the address with every e-mail to it; only the number of those who left is kept. Its row is locked."""
    Message.objects.filter(pk__in=list(follower.mailings.values_list("message_id", flat=True))).delete()
    follower.delete()
    FollowState.objects.filter(pk=1).update(left=F("left") + counted)


def erase_unconfirmed(*, at: datetime) -> int:
    """Erase what nobody confirmed within ``UNCONFIRMED``, with addresses that then follow nothing; returns how many."""
    old = Follow.objects.waiting().filter(asked_at__lt=at - UNCONFIRMED)
    erased = 0
    for pk in sorted(set(old.values_list("follower_id", flat=True))):
        with transaction.atomic():
            row = Follower.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            waiting = row.follows.waiting().filter(asked_at__lt=at - UNCONFIRMED)
            erased += waiting.confirmed().update(asked="") + waiting.filter(confirmed_at=None).delete()[0]
            if not row.follows.exists():
                erase(row, counted=0)
    return erased
