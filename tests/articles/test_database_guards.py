"""What the database itself promises, asked of PostgreSQL, not of our code."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from articles.choices import Surface
from articles.models import (
    DERIVED_MODELS,
    LIST_MODELS,
    OBSERVED_MODELS,
    PRIVATE_MODELS,
    PUBLISHED_MODELS,
    Change,
    Claim,
    FrontPin,
    Rating,
    RatingTranslation,
)
from articles.services import audit
from articles.services.evidence import captures
from tests import newsroom
from tests.findings import assert_none

pytestmark = pytest.mark.django_db

TABLES = {model._meta.db_table for model in apps.get_app_config("articles").get_models()}
PUBLISHED = {model._meta.db_table for model in (*PUBLISHED_MODELS, FrontPin, Rating, RatingTranslation)}
_WITHOUT_HISTORY = (
    *(*PUBLISHED_MODELS, *DERIVED_MODELS, *OBSERVED_MODELS, *PRIVATE_MODELS, *LIST_MODELS),
    Change,
)
DESK = TABLES - {model._meta.db_table for model in _WITHOUT_HISTORY}
APPEND_ONLY = [
    "articles_record",
    "articles_change",
    "articles_articleversion",
    "articles_capture",
    "articles_attachment",
]


def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_readers_may_select_the_published_tables_and_nothing_else() -> None:
    readable = {
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')"
            " AND relnamespace = 'public'::regnamespace AND has_table_privilege('factcheck_readers', oid, 'SELECT')"
        )
    }
    assert readable == PUBLISHED


@pytest.mark.parametrize("privilege", ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"])
def test_readers_may_write_nothing(privilege: str) -> None:
    assert (
        rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege('factcheck_readers', oid, %s)",
            privilege,
        )
        == []
    )


def test_a_forgotten_filter_is_permission_denied() -> None:
    with pytest.raises(DatabaseError, match="permission denied for table articles_claim"), transaction.atomic():
        list(Claim.objects.using("readers").all())


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_readers_own_connection_is_read_only_and_bounded(people: SimpleNamespace) -> None:
    from django.db import connections

    with connections["readers"].cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("on", "3s")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("SELECT text FROM articles_claim")


def test_every_desk_table_keeps_history() -> None:
    tracking = {"keep_history_of_inserts", "keep_history_of_updates", "keep_history_of_deletes"}
    lacking = []
    for table in sorted(DESK):
        triggers = {name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", table)}
        lacking += [f"{table}: {trigger}" for trigger in sorted(tracking - triggers)]
        if not triggers & {"append_only", "no_truncate"}:
            lacking.append(f"{table}: append_only or no_truncate")
    assert_none(lacking)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_records_and_history_refuse_to_change(table: str, statement: str, people: SimpleNamespace) -> None:
    source = newsroom.published(people).evidence.first().source
    captures.keep_text(source=source, text="Twelve million.", by=people.reporter, at=newsroom.AT)
    connection.check_constraints()
    column = {"articles_record": "seq", "articles_articleversion": "body", "articles_capture": "text"}.get(table, "id")
    changed = f"{column} || 'x'" if column in ("body", "text") else column  # only what they belong to may change
    with pytest.raises(DatabaseError, match="keeps every row as it was written"), transaction.atomic():
        rows(statement.format(table, column, changed))


def test_a_bulk_update_is_in_the_history_with_who_and_through_which_surface(people: SimpleNamespace) -> None:
    for _ in range(3):
        newsroom.draft(people.reporter)
    with audit.surface(Surface.API), audit.act_as(by=people.editor, reason="Moved house"):
        Claim.objects.update(origin="Speech", version=F("version") + 1)
    changes = Change.objects.filter(table="articles_claim", kind="update")
    assert [(c.actor, c.surface, c.reason) for c in changes] == [(people.editor, "api", "Moved house")] * 3
    assert changes[0].before == {"origin": "", "version": 1}
    assert changes[0].after == {"origin": "Speech", "version": 2}


def test_raw_sql_is_in_the_history_without_a_name(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    rows("UPDATE articles_claim SET text = 'x', version = version + 1 WHERE id = %s RETURNING 1", claim.pk)
    change = Change.objects.latest("id")
    assert (change.actor, change.surface, change.claim_id, change.after["text"]) == (None, "sql", claim.pk, "x")
    assert change.database_role == rows("SELECT session_user")[0][0]


def test_a_deleted_row_is_kept_whole(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    evidence = claim.evidence.first()
    rows("DELETE FROM articles_evidence WHERE id = %s RETURNING 1", evidence.pk)
    change = Change.objects.latest("id")
    assert (change.kind, change.claim_id, change.before["locator"]) == ("delete", claim.pk, evidence.locator)


def test_an_update_that_changes_nothing_leaves_no_trace(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    before = Change.objects.count()
    claim.evidence.update(locator=F("locator"))
    assert Change.objects.count() == before


def test_a_stale_version_is_refused_by_the_database(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    with pytest.raises(DatabaseError, match="A stale articles_claim"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(text="Written over")


def test_an_edition_of_a_rating_never_changes() -> None:
    with pytest.raises(DatabaseError, match="edition of a rating never changes"), transaction.atomic():
        Rating.objects.filter(key="true").update(definition="Something else")


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        (
            "claim_is_attributed_or_unattributed_not_both",
            "UPDATE articles_claim SET is_unattributed = true, claimant_id = (SELECT id FROM articles_claimant),"
            " version = version + 1",
        ),
        ("claim_has_a_statement", "UPDATE articles_claim SET text = '', version = version + 1"),
        ("appearance_ends_after_it_starts", 'UPDATE articles_appearance SET "end" = start'),
        (
            "verdict_is_approved_by_somebody_else",
            "UPDATE articles_verdict SET approved_by_id = proposed_by_id, approved_at = now(), approved_sha256 = 'x'",
        ),
        ("verdict_approval_is_whole", "UPDATE articles_verdict SET approved_at = now()"),
    ],
)
def test_constraints_are_named_by_what_they_promise(constraint: str, sql: str, people: SimpleNamespace) -> None:
    from articles.services.library import claimants

    claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="The mayor", kind="person")
    newsroom.complete(people.reporter)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        rows(sql)
