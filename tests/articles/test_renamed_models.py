"""Models that were renamed after the first edition: its rows, history, permissions and grants come through."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from articles.models import Change, Dependency, PublishedCorrection
from articles.selectors.claims import timeline
from tests import newsroom

FORMER = ("articles", "0017_recheck_day_is_public")


def migrate(target: str = "") -> None:
    """Through the command, so that content types and permissions follow as they do in earnest."""
    connection.check_constraints()  # a table with checks that are still due cannot be altered
    call_command("migrate", "articles", *([target] if target else []), verbosity=0)


def former_model(name: str) -> Any:
    return MigrationLoader(connection).project_state(FORMER).apps.get_model("articles", name)


def as_written(rows: Any) -> list[tuple[str, Any, Any]]:
    return list(rows.order_by("id").values_list("kind", "before", "after"))


@pytest.fixture
def former_rows(people: SimpleNamespace) -> SimpleNamespace:
    """A database of the first edition with an open, a received and an abandoned dependency."""
    claim = newsroom.draft(people.reporter)
    migrate(FORMER[1])
    made = {
        outcome: former_model("Wait")
        .objects.create(
            claim_id=claim.pk,
            kind="document",
            note=f"Minutes {outcome}",
            since=newsroom.AT.date(),
            outcome=outcome,
            created_by_id=people.reporter.pk,
            created_at=newsroom.AT,
            settled_by_id=people.reporter.pk if outcome else None,
            settled_at=newsroom.AT if outcome else None,
        )
        .pk
        for outcome in ("", "came", "given_up")
    }
    return SimpleNamespace(claim=claim, made=made)


@pytest.mark.django_db
def test_former_outcomes_are_reworded_and_their_history_is_kept(former_rows: SimpleNamespace) -> None:
    history = Change.objects.filter(table="articles_wait")
    before = as_written(history)
    assert [after["outcome"] for _, _, after in before] == ["", "came", "given_up"]
    migrate()
    outcomes = dict(Dependency.objects.values_list("note", "outcome"))
    assert outcomes == {"Minutes ": "", "Minutes came": "received", "Minutes given_up": "abandoned"}
    assert as_written(history)[:3] == before
    assert as_written(history)[3:] == [
        ("update", {"outcome": "came"}, {"outcome": "received"}),
        ("update", {"outcome": "given_up"}, {"outcome": "abandoned"}),
    ]
    assert set(history.filter(kind="update").values_list("surface", "reason")) == {
        ("command", "The word for this outcome changed, not the outcome.")
    }


@pytest.mark.django_db
def test_the_timeline_reads_former_and_present_outcomes(former_rows: SimpleNamespace) -> None:
    migrate()
    told = [happening for entry in timeline.of_claim(former_rows.claim) for happening in entry.happenings]
    lines = [(one.title, line.before, line.after) for one in told for line in one.lines if line.field == "outcome"]
    assert sorted(lines) == [("Dependency added", "", "Abandoned"), ("Dependency added", "", "Received")]


@pytest.mark.django_db
def test_the_way_back_restores_the_former_words(former_rows: SimpleNamespace) -> None:
    migrate()
    migrate(FORMER[1])
    outcomes = former_model("Wait").objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["", "came", "given_up"]
    migrate()


@pytest.mark.django_db
def test_groups_keep_their_permissions_and_readers_their_grant() -> None:
    migrate(FORMER[1])
    group = Group.objects.create(name="Statisticians")
    group.permissions.set(Permission.objects.filter(codename__in=["view_publishedfix", "change_publishedfix"]))
    assert group.permissions.count() == 2
    migrate()
    kept = group.permissions.order_by("codename").values_list("codename", "name", "content_type__model")
    assert list(kept) == [
        ("change_publishedcorrection", "Can change published correction", "publishedcorrection"),
        ("view_publishedcorrection", "Can view published correction", "publishedcorrection"),
    ]
    assert not Permission.objects.filter(codename__endswith="publishedfix").exists()
    table = PublishedCorrection._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('factcheck_readers', %s, 'SELECT')", [table])
        assert cursor.fetchone() == (True,)
