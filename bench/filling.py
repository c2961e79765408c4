"""Filling tables in bulk: a whole newsroom of published claims out of the demo's few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: What nothing but searching needs; indexes of constraints stay, so that nothing comes in that they would refuse.
_SECONDARY = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i WHERE i.indrelid = ANY (%s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY 1
"""
_COPIED = """
CREATE TEMPORARY TABLE copied AS
SELECT h.seq + n AS seq, gen_random_uuid() AS claim, p.claim_id AS of, p.record_id AS record
FROM articles_head h, generate_series(1, %s) n
JOIN (
    SELECT *, row_number() OVER (ORDER BY record_id) - 1 AS place, count(*) OVER () AS every
    FROM articles_publishedclaim WHERE NOT is_retracted
) p ON n %% p.every = p.place
"""
# The functions stand in FROM: before ``.*`` they would be called once for each column.
_RECORDS = """
INSERT INTO articles_record SELECT made.* FROM copied c JOIN articles_record r ON r.seq = c.record,
    jsonb_populate_record(r, jsonb_build_object('seq', c.seq, 'claim_id', c.claim, 'revision', 1, 'sha256',
        '\\x' || encode(sha256(convert_to('copy ' || c.seq, 'UTF8')), 'hex'))) made
"""
_CLAIMS = """
INSERT INTO articles_publishedclaim
SELECT made.* FROM copied c JOIN articles_publishedclaim p ON p.claim_id = c.of,
    jsonb_populate_record(p, jsonb_build_object(
        'record_id', c.seq, 'claim_id', c.claim, 'revision', 1, 'slug', c.claim, 'original_id', NULL)) made
"""


def published(claims: int) -> None:
    """The demo, and its standing records again under new claims until there are ``claims`` of them.

    Each copy has a hash of its own, so that caches take it for another record. A copy of a translation is a claim of
    its own: else one claim would have thousands of translations.
    """
    from django.core.management import call_command
    from django.db import connection

    from demo import load, people

    call_command("migrate", verbosity=0)
    load.load(people.ensure())
    with connection.cursor() as cursor:
        cursor.execute(_COPIED, [claims])
        with without_indexes(cursor, "articles_record", "articles_publishedclaim"):
            cursor.execute(_RECORDS)
            cursor.execute(_CLAIMS)
        cursor.execute("UPDATE articles_head SET seq = seq + %s", [claims])
        cursor.execute("DROP TABLE copied")


@contextmanager
def without_indexes(cursor: Any, *tables: str) -> Iterator[None]:
    """Drop what indexes of the tables belong to no constraint, and build them again in one go afterwards.

    Row by row, the GIN indexes alone took most of the time of a filling.
    """
    cursor.execute(_SECONDARY, [list(tables)])
    definitions = cursor.fetchall()
    for name, _definition in definitions:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in definitions:
        cursor.execute(definition)
