"""The history of accounts."""

import logging

from accounts.choices import AccountAct
from accounts.models import AccountEvent, User

logger = logging.getLogger("accounts.sign_in")
_LONGEST = 300


def record_event(
    act: AccountAct, *, user: User | None, by: User | None = None, network: str = "", what: str = ""
) -> AccountEvent:
    """Write down what happened to the account of ``user``. ``what`` must never hold a secret or what was typed."""
    return AccountEvent.objects.create(act=act, user=user, by=by, network=network, what=what[:_LONGEST])


def record_failure(act: AccountAct, *, user: User | None, network: str, what: str = "") -> None:
    """As ``record_event``, and one log line with the account and the network, for the operator's own alarms."""
    record_event(act, user=user, network=network, what=what)
    logger.warning("%s: account %s from %s", act.value, user.pk if user else "unknown", network)
