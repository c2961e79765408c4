"""What a partner sees of its endpoints. Functions that take a partner never find another's rows."""

from django.db.models import Prefetch, QuerySet

from partners.models import Attempt, Delivery, Endpoint, Partner
from partners.selectors import desk

#: How many attempts of a delivery are shown, the newest: one that was sent again and again has more.
ATTEMPTS_SHOWN = 20


def endpoints(partner: Partner) -> QuerySet[Endpoint]:
    """Its endpoints, with ``n_waiting`` and their secrets, newest first."""
    return desk.with_waiting(partner.endpoints.select_related("partner").prefetch_related("secrets"))


def endpoint(partner: Partner, pk: int) -> Endpoint:
    """One of them. Raises ``Endpoint.DoesNotExist``, for another's, too."""
    return endpoints(partner).get(pk=pk)


def deliveries(
    endpoint: Endpoint, *, state: str = "", first: int | None = None, last: int | None = None
) -> QuerySet[Delivery]:
    """What was sent there and is to be, with events and newest attempts; narrowed to a state, to numbers."""
    rows = Delivery.objects.filter(endpoint=endpoint).select_related("event")
    if state:
        rows = rows.filter(state=state)
    if first is not None:
        rows = rows.filter(seq__gte=first)
    if last is not None:
        rows = rows.filter(seq__lte=last)
    return rows.prefetch_related(Prefetch("tries", Attempt.objects.order_by("-id")[:ATTEMPTS_SHOWN], to_attr="newest"))
