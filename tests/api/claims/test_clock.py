"""Publishing over the API while the database's clock is behind the newest record."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim, Record
from articles.services.log import log_clock
from tests import newsroom

pytestmark = pytest.mark.django_db


def test_a_record_before_the_newest_one_is_refused_with_its_reason(
    people: SimpleNamespace, desks: SimpleNamespace, problem: Callable[..., dict[str, Any]]
) -> None:
    ahead = log_clock.now() + timedelta(days=2)
    newsroom.take(newsroom.in_stage("approved", people), "publish", people.editor, at=ahead)
    claim = newsroom.in_stage("approved", people)
    tag = f'"c{claim.pk}-v{claim.version}"'
    answer = desks.editor.ask("POST", f"claims/{claim.pk}/actions/publish/", {}, etag=tag)
    assert "Nothing was published" in problem(answer, 409, "clock_behind")["detail"]
    assert answer["Retry-After"] == "3600"
    assert (Claim.objects.get(pk=claim.pk).stage, Record.objects.count()) == ("approved", 1)
