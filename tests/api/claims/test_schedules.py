"""A schedule over the desk API: set, read, changed, cancelled; what is refused says why, and which field."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from articles.choices import ScheduleState
from articles.models import Claim, Schedule
from articles.services.claims import claims
from articles.services.verification import schedules
from tests import newsroom
from tests.api.conftest import Desk

pytestmark = pytest.mark.django_db


def _soon(**more: float) -> str:
    return (timezone.now() + timedelta(**(more or {"hours": 1}))).isoformat(timespec="seconds")


def _ask(desk: Desk, method: str, claim: Claim, body: Any = None, query: str = "") -> Any:
    path = f"claims/{claim.pk}/"
    return desk.ask(method, f"{path}schedule/{query}", body, etag=desk.etag(path))


def test_a_claim_is_scheduled_changed_and_taken_back(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim, editor = newsroom.in_stage("approved", people), desks.editor
    assert editor.ask("GET", f"claims/{claim.pk}/schedule/").status_code == 404
    moment = _soon()
    set_ = _ask(editor, "PUT", claim, {"publish_at": moment, "is_embargo": True})
    assert set_.status_code == 200, set_.content
    shown = set_.json()
    assert (shown["state"], shown["is_embargo"], shown["is_stale"], shown["version"]) == ("waiting", True, False, 1)
    assert (shown["created_by"], shown["ended_by"]) == ("editor", None)
    assert Schedule.objects.get().publish_at.isoformat(timespec="seconds") == moment
    refused = editor.act(claim.pk, "publish").json()
    assert [item["code"] for item in refused["errors"]] == ["embargo"]
    assert _ask(editor, "PUT", claim, {"publish_at": _soon(hours=2)}).status_code == 412
    assert _ask(editor, "PUT", claim, {"publish_at": _soon(hours=2)}, "?seen=1").json()["version"] == 2
    assert _ask(editor, "DELETE", claim, query="?seen=1").status_code == 412
    assert _ask(editor, "DELETE", claim, query="?seen=2").status_code == 204
    assert desks.reporter.ask("GET", f"claims/{claim.pk}/schedule/").json()["state"] == "cancelled"
    assert _ask(editor, "DELETE", claim, query="?seen=3").status_code == 409
    assert Claim.objects.get(pk=claim.pk).stage == "approved"


def test_the_worker_publishes_what_the_api_scheduled(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    _ask(desks.editor, "PUT", claim, {"publish_at": _soon()})
    assert str(schedules.publish_due(at=timezone.now() + timedelta(hours=2))) == "1 published, 0 refused"
    shown = desks.editor.ask("GET", f"claims/{claim.pk}/schedule/").json()
    assert (shown["state"], shown["ended_by"]) == (ScheduleState.PUBLISHED, "editor")


def test_a_stale_approval_is_said_and_refused(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    _ask(desks.editor, "PUT", claim, {"publish_at": _soon()})
    claims.edit(
        claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, text="The bridge cost 13 million crowns"
    )
    assert desks.editor.ask("GET", f"claims/{claim.pk}/schedule/").json()["is_stale"] is True
    refused = _ask(desks.editor, "PUT", claim, {"publish_at": _soon()}, "?seen=1")
    assert (refused.status_code, refused.json()["code"]) == (409, "guards_unmet")
    assert [item["code"] for item in refused.json()["errors"]] == ["approval_fresh"]


@pytest.mark.parametrize(
    "publish_at",
    [
        "2026-03-02T09:30:00",
        "tomorrow",
        "2026-02-30T09:30:00Z",
        "0001-01-01T00:00:00+14:00",
        7,
        None,
        "2020-01-01T00:00:00Z",
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(
    publish_at: Any, people: SimpleNamespace, desks: SimpleNamespace
) -> None:
    claim = newsroom.in_stage("approved", people)
    refused = _ask(desks.editor, "PUT", claim, {"publish_at": publish_at})
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_error")
    assert [item["attr"] for item in refused.json()["errors"]] == ["publish_at"]
    assert not Schedule.objects.exists()


def test_what_publication_needs_binds_a_schedule(people: SimpleNamespace, desks: SimpleNamespace) -> None:
    claim = newsroom.in_stage("approved", people)
    assert _ask(desks.reporter, "PUT", claim, {"publish_at": _soon()}).status_code == 403
    assert _ask(desks.editor, "PUT", claim, {"publish_at": _soon(days=400)}).status_code == 400
    draft = newsroom.draft(people.reporter)
    assert _ask(desks.editor, "PUT", draft, {"publish_at": _soon()}).json()["code"] == "wrong_stage"
    missing = desks.editor.ask("PUT", f"claims/{claim.pk}/schedule/", {"publish_at": _soon()})
    assert missing.status_code == 428
