"""The functions, triggers and grants of the database are those of the SQL files, in both directions."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from lib.sqlfiles import read_sql

ROOT = Path(__file__).parents[2]
FILES = [(path.parts[-3], path.stem) for path in sorted(ROOT.glob("*/sql/*.sql"))]
# The functions and triggers of the queue are made by the migrations of its own package.
FUNCTIONS = """
SELECT o.oid::regprocedure::text, pg_get_functiondef(o.oid) FROM pg_proc o
WHERE o.pronamespace = 'public'::regnamespace AND o.prokind <> 'a' AND o.proname NOT LIKE 'procrastinate%'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
"""
TRIGGERS = """
SELECT t.tgname || ' on ' || t.tgrelid::regclass, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgrelid::regclass::text NOT LIKE 'procrastinate%'
"""
VIEWS = """
SELECT o.oid::regclass::text, pg_get_viewdef(o.oid) FROM pg_class o
WHERE o.relkind IN ('v', 'm') AND o.relnamespace = 'public'::regnamespace
"""
GRANTS = """
SELECT 'grant on ' || what, string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM (
    SELECT c.relname::text, a.* FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT c.relname || '.' || f.attname, a.* FROM pg_class c JOIN pg_attribute f ON f.attrelid = c.oid,
        aclexplode(f.attacl) a WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'schema ' || n.nspname, a.* FROM pg_namespace n, aclexplode(n.nspacl) a
    UNION ALL
    SELECT p.proname::text, a.* FROM pg_proc p, aclexplode(p.proacl) a
    WHERE p.pronamespace = 'public'::regnamespace
) granted (what, grantor, grantee, privilege_type, is_grantable)
WHERE grantee = 'factcheck_readers'::regrole GROUP BY what
"""

pytestmark = pytest.mark.django_db


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _state() -> dict[str, str]:
    """Each function, trigger, view and grant with its definition; blanks and line breaks do not count."""
    return {
        name: re.sub(r" ?([][(),]) ?", r"\1", " ".join(definition.split()))
        for query in (FUNCTIONS, TRIGGERS, VIEWS, GRANTS)
        for name, definition in _rows(query)
    }


def _drop_everything() -> None:
    functions = ", ".join(name for name, _definition in _rows(FUNCTIONS))
    _run(f"DROP FUNCTION {functions} CASCADE")
    _run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM factcheck_readers")
    _run("REVOKE ALL ON SCHEMA public FROM factcheck_readers")


def test_the_files_make_what_the_migrations_made():
    migrated = _state()
    _drop_everything()
    assert _state() == {}
    for package, name in FILES:
        _run(read_sql(package, name))
    assert _state() == migrated, "articles/sql/README.md says how to change a function"


def test_a_file_can_run_again_on_a_database_that_has_it():
    migrated = _state()
    for package, name in FILES:
        _run(read_sql(package, name))
    assert _state() == migrated


#: The tables that this transaction keeps others from writing to.
LOCKED = """
SELECT DISTINCT l.relation::regclass::text FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.pid = pg_backend_pid() AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""


@pytest.mark.parametrize("name", ["history", "log", "versions"])
def test_a_file_that_names_many_tables_locks_none_that_has_its_triggers(name):
    _run(read_sql("articles", name))
    assert _rows(LOCKED) == []
    _run("DROP TRIGGER no_truncate ON articles_topic; DROP TRIGGER version_counts_up ON articles_topic")
    _run("DROP TRIGGER keep_history_of_inserts ON articles_topic")
    _run("DROP TRIGGER keep_history_of_updates ON articles_topic")
    _run("DROP TRIGGER keep_history_of_deletes ON articles_topic")
    assert _rows(LOCKED) == [("articles_topic",)], "what makes a trigger again is seen here"


def test_both_collections_of_words_are_kept_by_the_same_statements():
    names = (
        ("articles_posting", "articles_publishedposting"),
        ("articles_lexeme", "articles_publishedlexeme"),
        ("articles_claim ", "articles_publishedclaim "),
        ("factcheck_post_open", "factcheck_post_published"),
        ("factcheck_words_beside(c.id)", "concat_ws(' ', c.summary, c.quotes)"),
        ("'' AS beside", "concat_ws(' ', c.summary, c.quotes) AS beside"),
        ("c.id", "c.claim_id"),
        ("o.id", "o.claim_id"),
        ("n.id", "n.claim_id"),
        ("(c.stage IN ('draft', 'checking', 'review', 'approved'))", "true"),
    )
    bodies = dict(_rows("SELECT proname::text, prosrc FROM pg_proc WHERE proname ~ '^factcheck_(post|keep_words_of)_'"))
    for kind in ("post", "keep_words_of"):
        expected = bodies[f"factcheck_{kind}_open"]
        for name, published_name in names:
            expected = expected.replace(name, published_name)
        assert expected != bodies[f"factcheck_{kind}_open"]
        assert bodies[f"factcheck_{kind}_published"] == expected
