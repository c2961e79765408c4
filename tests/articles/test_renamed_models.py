"""Models that were renamed after the first edition: its rows, history, permissions and grants come through."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.db import connection
from django.db.migrations import AddIndex
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from articles.models import Change, Claim, Dependency, PublishedCorrection
from articles.selectors.claims import timeline
from tests import newsroom
from tests.conftest import everyone
from tests.transactions import lasting

pytestmark = pytest.mark.django_db
FORMER = ("articles", "0017_recheck_day_is_public")


def migrate(target: str = "") -> None:
    """Through the command, so that content types and permissions follow as they do in production.

    All of it is in the test's transaction, in which no index can be made without a lock.
    """
    connection.check_constraints()  # a table with checks that are still due cannot be altered
    with pytest.MonkeyPatch.context() as patch:
        for name in ("database_forwards", "database_backwards"):
            patch.setattr(AddIndexConcurrently, name, getattr(AddIndex, name))
        call_command("migrate", "articles", *([target] if target else []), verbosity=0)


def former_model(name: str) -> Any:
    return MigrationLoader(connection).project_state(FORMER).apps.get_model("articles", name)


def as_written(rows: Any) -> list[tuple[str, Any, Any]]:
    return list(rows.order_by("id").values_list("kind", "before", "after"))


@pytest.fixture(scope="module")
def upgraded(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """A database that went back to the first edition, and then through the upgrade; each way takes many seconds.

    On the way back it had an open, a received and an abandoned dependency; on the way forward another three, and a
    group with permissions of a renamed model.
    """
    with lasting(django_db_blocker):
        people = everyone()
        claim, former_claim = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
        for outcome in ("", "received", "abandoned"):
            _add(Dependency, former_claim, outcome, people.reporter)
        migrate(FORMER[1])
        waits = former_model("Wait").objects
        words = list(waits.filter(claim_id=former_claim.pk).order_by("pk").values_list("outcome", flat=True))
        for outcome in ("", "came", "given_up"):
            _add(former_model("Wait"), claim, outcome, people.reporter)
        group = Group.objects.create(name="Statisticians")
        group.permissions.set(Permission.objects.filter(codename__in=["view_publishedfix", "change_publishedfix"]))
        assert group.permissions.count() == 2
        history = as_written(Change.objects.filter(table="articles_wait", claim_id=claim.pk))
        migrate()
        yield SimpleNamespace(claim=claim, group=group, former_words=words, former_history=history)


def _add(model: Any, claim: Claim, outcome: str, by: User) -> None:
    settled = {"settled_by_id": by.pk, "settled_at": newsroom.AT} if outcome else {}
    model.objects.create(
        claim_id=claim.pk,
        kind="document",
        note=f"Minutes {outcome}",
        since=newsroom.AT.date(),
        outcome=outcome,
        created_by_id=by.pk,
        created_at=newsroom.AT,
        **settled,
    )


def test_former_outcomes_are_reworded_and_their_history_is_kept(upgraded: SimpleNamespace) -> None:
    before = upgraded.former_history
    history = Change.objects.filter(table="articles_wait", claim_id=upgraded.claim.pk)
    assert [after["outcome"] for _, _, after in before] == ["", "came", "given_up"]
    outcomes = dict(Dependency.objects.filter(claim=upgraded.claim).values_list("note", "outcome"))
    assert outcomes == {"Minutes ": "", "Minutes came": "received", "Minutes given_up": "abandoned"}
    assert as_written(history)[:3] == before
    assert as_written(history)[3:] == [
        ("update", {"outcome": "came"}, {"outcome": "received"}),
        ("update", {"outcome": "given_up"}, {"outcome": "abandoned"}),
    ]
    assert set(history.filter(kind="update").values_list("surface", "reason")) == {
        ("command", "The word for this outcome changed, not the outcome.")
    }


def test_the_timeline_reads_former_and_present_outcomes(upgraded: SimpleNamespace) -> None:
    told = [happening for entry in timeline.of_claim(upgraded.claim) for happening in entry.happenings]
    lines = [(one.title, line.before, line.after) for one in told for line in one.lines if line.field == "outcome"]
    assert sorted(lines) == [("Dependency added", "", "Abandoned"), ("Dependency added", "", "Received")]


def test_the_way_back_restores_the_former_words(upgraded: SimpleNamespace) -> None:
    assert upgraded.former_words == ["", "came", "given_up"]


def test_groups_keep_their_permissions_and_readers_their_grant(upgraded: SimpleNamespace) -> None:
    kept = upgraded.group.permissions.order_by("codename").values_list("codename", "name", "content_type__model")
    assert list(kept) == [
        ("change_publishedcorrection", "Can change published correction", "publishedcorrection"),
        ("view_publishedcorrection", "Can view published correction", "publishedcorrection"),
    ]
    assert not Permission.objects.filter(codename__endswith="publishedfix").exists()
    table = PublishedCorrection._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('factcheck_readers', %s, 'SELECT')", [table])
        assert cursor.fetchone() == (True,)
