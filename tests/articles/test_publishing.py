import pytest

from articles.selectors import log, public
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "approved", "published", "retracted", "dropped"])
def test_stages(people, stage):
    claim = newsroom.in_stage(stage, people)
    assert claim.stage == stage
    rows = public.claims().rows
    assert len(rows) == (stage in ("published", "retracted"))
    list(log.verify())


def test_forbidden():
    from django.db import DatabaseError

    from articles.models import Claim

    with pytest.raises(DatabaseError, match="permission denied"):
        list(Claim.objects.using("readers").all())


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_commit(people):
    newsroom.published(people)
    assert len(public.claims().rows) == 1
