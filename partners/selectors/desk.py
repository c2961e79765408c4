"""What the desk shows about partners."""

from datetime import datetime

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.credentials import live
from partners.choices import DeliveryState, Scope
from partners.models import Delivery, Endpoint, Key, Notice, Partner, PartnerChange

#: How much of a partner's history its page shows.
CHANGES_SHOWN = 100
#: How many of the e-mails to it; those that did not leave come first.
NOTICES_SHOWN = 10


def with_keys(rows: QuerySet[Partner], *, at: datetime) -> QuerySet[Partner]:
    """Partners with ``live_key_count`` and ``last_key_use``."""
    live_keys = live(at=at, path="keys__")
    return rows.annotate(live_key_count=Count("keys", filter=live_keys), last_key_use=Max("keys__last_used_at"))


def reading_partners(*, at: datetime) -> int:
    """How many active partners have a key that may read the API at ``at``."""
    usable = Key.objects.filter(live(at=at), partner=OuterRef("pk"), scopes__contains=[Scope.READ])
    return Partner.objects.filter(Exists(usable), is_active=True).count()


def keys(partner: Partner) -> QuerySet[Key]:
    """A partner's keys, newest first, each with what came before and after it."""
    return partner.keys.select_related("replaces", "replaced_by").order_by("-created_at", "-pk")


def changes(partner: Partner) -> list[PartnerChange]:
    """What was done about a partner, newest first."""
    return list(partner.changes.select_related("by", "with_key").order_by("-id")[:CHANGES_SHOWN])


def notices(about: Partner | Endpoint) -> list[Notice]:
    """What a partner was told, or is to be told: what did not leave first, then the newest."""
    return list(about.notices.order_by(F("sent_at").desc(nulls_first=True), "-id")[:NOTICES_SHOWN])


def with_waiting(rows: QuerySet[Endpoint]) -> QuerySet[Endpoint]:
    """Endpoints with ``n_waiting``, and ``has_unsent`` when an e-mail about it did not leave.

    Reads pending deliveries only: there are a hundred times more done ones.
    """
    waiting = Delivery.objects.filter(endpoint=OuterRef("pk"), state=DeliveryState.PENDING).order_by()
    count = waiting.values("endpoint").annotate(n=Count("pk")).values("n")
    unsent = Notice.objects.filter(endpoint=OuterRef("pk"), sent_at=None).order_by()
    return rows.annotate(n_waiting=Coalesce(Subquery(count, output_field=IntegerField()), 0), has_unsent=Exists(unsent))
