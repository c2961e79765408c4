"""The history of partners."""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from partners import rules
from partners.choices import Act
from partners.models import Endpoint, Key, Partner, PartnerChange
from partners.services.errors import NotAllowedError

if TYPE_CHECKING:
    from accounts.models import User


def note(
    *, partner: Partner, act: Act, by: "User | None", at: datetime, key: Key | None = None, what: str = ""
) -> PartnerChange:
    """Write down who did what. Call it in the transaction of the act; ``what`` must never hold a secret."""
    return PartnerChange.objects.create(partner=partner, key=key, act=act, by=by, at=at, what=what)


def note_endpoint(*, endpoint: Endpoint, act: Act, by: "User | None", at: datetime, what: str = "") -> None:
    """Write down what a person of the newsroom does about an endpoint. Raises NotAllowedError for who may not.

    Without ``by`` it was no person: a worker, or the partner itself; the endpoint's page tells those. Of the address
    the host alone is written, because what follows it can be a secret of the partner's.
    """
    if by is None:
        return
    if not rules.may_manage_endpoints(by):
        raise NotAllowedError
    host = urlsplit(endpoint.url).hostname or "?"
    words = f"endpoint {endpoint.pk} at {host}" + (f": {what}" if what else "")
    note(partner=endpoint.partner, act=act, by=by, at=at, what=words)
