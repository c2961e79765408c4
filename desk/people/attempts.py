"""Counts failed sign-ins, of an account and of a network, in the database: exact for all processes together.

A try takes a token from both buckets before anything is checked, and gives them back when it was right. So the
eleventh wrong password is refused before it is looked at, and what is right costs nothing.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import AccountAct
from accounts.models import User
from accounts.services.events import record_event
from partners import networks, rates
from partners.services import limits

logger = logging.getLogger("accounts.sign_in")
#: A code is valid for 30 seconds; it can be used once within a longer time.
_ONE_CODE = rates.Rate(limit=1, window=120)


class TooManyAttemptsError(ValidationError):
    """Refused without a look at the password. ``wait`` is the time in seconds until the next try counts."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        until = timezone.localtime(timezone.now() + timedelta(seconds=wait))
        minutes = max(1, -(-wait // 60))
        super().__init__(
            ngettext(
                "Too many wrong tries. Nothing was checked. Try again at %(time)s, in %(minutes)s minute.",
                "Too many wrong tries. Nothing was checked. Try again at %(time)s, in %(minutes)s minutes.",
                minutes,
            )
            % {"time": f"{until:%H:%M} ({until:%Z})", "minutes": minutes},
            code="too_many_attempts",
        )


def begin(request: Any, *, person: User | None, typed: str, kind: str = "password") -> Sequence[limits.BucketState]:
    """Charge one try; give the result to ``succeed`` when it was right. Raises ``TooManyAttemptsError``.

    An unknown name is counted too, by the digest of what was typed: people type passwords into the wrong field.
    """
    network = networks.network(request)
    subject = str(person.pk) if person else hashlib.sha256(typed.casefold().encode("utf-8", "replace")).hexdigest()[:32]
    states = limits.take(_quotas(account=f"{kind}:{subject}", network=network))
    refused = [state for state in states if not state.taken]
    if not refused:
        return states
    wait = max(state.wait for state in refused)
    request.retry_after = wait
    logger.warning("refused: account %s from %s, too many failures", person.pk if person else "unknown", network)
    if person is not None and not _is_noted(person):
        record_event(AccountAct.REFUSED, user=person, network=network)
    raise TooManyAttemptsError(wait)


def succeed(states: Sequence[limits.BucketState]) -> None:
    """Give back what the try took."""
    limits.refund(states)


def spend_code(*, person: User, code: str) -> bool:
    """Mark a time-based code as used, for all processes; whether it was unused until now."""
    digest = hashlib.sha256(f"{person.pk}:{code.strip()}".encode()).hexdigest()[:32]
    [state] = limits.take([limits.Quota(_("code used"), digest, _ONE_CODE)])
    return state.taken


def _quotas(*, account: str, network: str) -> list[limits.Quota]:
    wanted = (
        (_("sign-in account"), account, settings.SIGN_IN_ACCOUNT_RATE),
        (_("sign-in network"), network, settings.SIGN_IN_NETWORK_RATE),
    )
    return [
        limits.Quota(name, subject, rate) for name, subject, text in wanted if (rate := rates.parse(text)) is not None
    ]


def _is_noted(person: User) -> bool:
    """Whether the history says so already for the last hour: an attack must not fill it."""
    recent = timezone.now() - timedelta(hours=1)
    return person.account_events.filter(act=AccountAct.REFUSED, at__gt=recent).exists()
