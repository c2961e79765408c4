"""``rebuild_published``: the projection is a function of the log and nothing else."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimant,
    PublishedCorrection,
    PublishedMeasure,
    PublishedPassage,
    PublishedSource,
    PublishedWord,
    Record,
)
from articles.services.log import projection

pytestmark = pytest.mark.django_db
MEASURED = (PublishedCorrection, PublishedMeasure, PublishedWord)
TABLES = (PublishedClaim, PublishedPassage, PublishedArticle, PublishedClaimant, PublishedSource, *MEASURED)


def rows():
    """Every column of every projected table, the search index included."""
    seen = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"SELECT to_jsonb(t) FROM {model._meta.db_table} t")  # noqa: S608
            seen[model.__name__] = sorted(str(row) for (row,) in cursor.fetchall())
    return seen


def rebuild():
    """Run the command; returns what it printed."""
    out = StringIO()
    call_command("rebuild_published", stdout=out)
    return out.getvalue()


def test_every_row_comes_out_as_it_was(demo):
    before = rows()
    assert all(before.values())
    assert rebuild() == f"Replayed {Record.objects.count()} records.\n"
    assert rows() == before


def test_rebuild_repairs_changed_rows_and_deletes_invented_ones(demo):
    before = rows()
    PublishedClaim.objects.update(summary="Something else", search=None)
    PublishedArticle.objects.all().delete()
    PublishedPassage.objects.filter(start__gt=500).delete()
    assert rows() != before
    rebuild()
    assert rows() == before


def test_what_was_published_before_there_were_figures_is_counted_by_the_migration(demo):
    before = rows()
    with connection.cursor() as cursor:
        for model in (PublishedCorrection, PublishedMeasure):
            model.objects.all().delete()
        cursor.execute(import_module("articles.migrations.0010_pages").FILL)
    # It knew no withdrawn attribution: since then the log is replayed after an upgrade.
    PublishedCorrection.objects.filter(kind="retraction").update(claimant_id=None)
    assert rows() == before


def test_rebuild_reports_progress_after_each_record(demo):
    told = []
    assert projection.rebuild(progress=told.append) == len(told)
    assert told == list(range(1, len(told) + 1))
