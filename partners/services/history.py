"""The history of partners."""

from datetime import datetime
from typing import TYPE_CHECKING, Union
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lib.refusals import NotAllowedError
from partners import rules
from partners.choices import Act
from partners.models import Endpoint, Key, Partner, PartnerChange

if TYPE_CHECKING:
    from accounts.models import User

#: Who acts: a person of the newsroom, the partner itself with a key, or None (a worker, the command line).
Actor = Union["User", Key, None]


def record_change(
    *, partner: Partner, act: Act, by: Actor, at: datetime, key: Key | None = None, what: str = ""
) -> PartnerChange:
    """Write down who did what. Call it in the transaction of the act; ``what`` must never hold a secret.

    ``key`` is the key that the act is about; a partner that acts itself is ``by`` the key it acts with.
    """
    who = {"with_key": by} if isinstance(by, Key) else {"by": by}
    return PartnerChange.objects.create(partner=partner, key=key, act=act, at=at, what=what, **who)


def record_endpoint_change(*, endpoint: Endpoint, act: Act, by: Actor, at: datetime, what: str = "") -> None:
    """Write down what somebody does about an endpoint. Raises NotAllowedError for who may not.

    Without ``by`` it was a worker; the endpoint's page tells that. Of the address the host alone is written, because
    what follows it can be a secret of the partner's.
    """
    if by is None:
        return
    if isinstance(by, Key):
        allowed = rules.key_may_manage_endpoints(by, endpoint.partner)
    else:
        allowed = rules.may_manage_endpoints(by)
    if not allowed:
        raise NotAllowedError.for_(_("You do not have permission to manage this endpoint."))
    host = urlsplit(endpoint.url).hostname or "?"
    words = f"endpoint {endpoint.pk} at {host}" + (f": {what}" if what else "")
    record_change(partner=endpoint.partner, act=act, by=by, at=at, what=words)
