"""What the desk costs with very many open claims, against few: as statements and as a ratio of work."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import User
from articles.services.claims import list_settings
from tests.costs import Meter, above
from tests.desk.claims import many
from tests.desk.pages import signed_in
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db

FEW, MANY = 200, size(2_000, whole=20_000)
LIST, PALETTE = "/admin/articles/claim/", "/admin/palette/"
ADDRESSES = {
    "list": LIST,
    "sorted by due": f"{LIST}?sort=due&stage=open",
    "mine": f"{LIST}?assignee=me&stage=open",
    "rare word": f"{LIST}?q={many.RARE}",
    "typing error": f"{LIST}?q=lindhlom",
    "word in some": f"{LIST}?q={many.SOME}",
    "word in half": f"{LIST}?q={many.COMMON}",
    "two words": f"{LIST}?q={many.COMMON}+{many.SOME}",
    "short word": f"{LIST}?q=12",
    "counts of views": f"{LIST}list/counts/",
    "first line of the export": f"{LIST}list/export/?stage=open",
    "inbox": "/admin/inbox/",
    "calendar": "/admin/calendar/",
    "numbers": "/admin/numbers/",
    "numbers as CSV": "/admin/numbers/csv/",
    "palette": PALETTE,
    "palette, rare word": f"{PALETTE}?q={many.RARE}",
    "palette, typing error": f"{PALETTE}?q=lindhlom",
    "palette, word in half": f"{PALETTE}?q={many.COMMON}",
    "palette, unfinished": f"{PALETTE}?q={many.COMMON[:2]}",
}


def _save_views(by: User) -> None:
    for query in ({"stage": "open", "sort": "due"}, {"assignee": "me"}, {"q": many.COMMON}):
        made = {"name": " ".join(query.values()), "query": query, "is_shared": True}
        list_settings.save_view(**made, by=by, at=timezone.now())


@sized
def test_very_many_claims_cost_little_more_than_few(people: SimpleNamespace) -> None:
    _save_views(people.editor)
    meter = Meter(signed_in(people.editor))
    many.fill(FEW, by=people.editor)
    few = meter.of(ADDRESSES)
    many.fill(MANY - FEW, by=people.editor)
    assert above(meter, ADDRESSES, few) == {}
