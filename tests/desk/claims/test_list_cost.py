"""What the list and its search cost with very many open claims, against few: as statements and as a ratio of work."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.costs import Meter, above
from tests.desk.claims import many
from tests.desk.pages import signed_in
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db

FEW, MANY = size(50, whole=200), size(2_000, whole=20_000)
SEARCHES = {
    "list": "",
    "sorted by due": "?sort=due&stage=open",
    "mine": "?assignee=me&stage=open",
    "rare word": f"?q={many.RARE}",
    "typing error": "?q=lindhlom",
    "word in some": f"?q={many.SOME}",
    "word in half": f"?q={many.COMMON}",
    "two words": f"?q={many.COMMON}+{many.SOME}",
}


@sized
def test_very_many_claims_cost_little_more_than_few(people: SimpleNamespace) -> None:
    base = reverse("admin:articles_claim_changelist")
    addresses = {name: base + query for name, query in SEARCHES.items()}
    meter = Meter(signed_in(people.editor))
    many.fill(FEW, by=people.editor)
    few = meter.of(addresses)
    many.fill(MANY - FEW, by=people.editor)
    assert above(few, meter.of(addresses)) == {}
