"""The history of partners."""

from datetime import datetime
from typing import TYPE_CHECKING

from partners.choices import Act
from partners.models import Key, Partner, PartnerChange

if TYPE_CHECKING:
    from accounts.models import User


def note(
    *, partner: Partner, act: Act, by: "User | None", at: datetime, key: Key | None = None, what: str = ""
) -> PartnerChange:
    """Write down who did what. Call it in the transaction of the act; ``what`` must never hold a secret."""
    return PartnerChange.objects.create(partner=partner, key=key, act=act, by=by, at=at, what=what)
