"""Approvals of the demo's claims: they cover all that a record would have."""

from hashlib import sha256

import pytest

from articles.models import Claim
from articles.selectors.log import approved_content, record_content
from lib.transparency import canonical_json
from tests.articles.verification.changed_content import changes
from tests.demo_fixtures import Demo

pytestmark = pytest.mark.django_db


def test_the_earlier_hash_is_of_all_keys_of_every_claim(demo: Demo) -> None:
    claims = list(Claim.objects.all())
    assert len(claims) > 30
    for claim in claims:
        whole = sha256(canonical_json.canonical(record_content.content(claim))).hexdigest()
        assert approved_content.accepted(claim)[1] == whole, claim


def test_each_change_of_a_claim_changes_its_hash(demo: Demo) -> None:
    pictured, noted = Claim.objects.exclude(lead_picture=None)[:1], Claim.objects.exclude(key_points=[])[:1]
    assert pictured
    assert noted
    for claim in {*pictured, *noted}:
        content = record_content.content(claim)
        others = changes(content)
        assert len({approved_content.sha256_of(one) for one in [content, *others]}) == len(others) + 1, claim
