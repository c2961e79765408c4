"""Migrations only expand the database, so that the old version serves while they run (docs/upgrading.md)."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.deploy.migration_rules import offences
from tests.findings import assert_none

#: The last migration of each app that is older than the rules.
BEFORE_THE_RULES = {"accounts": 2, "articles": 27, "jobs": 1, "notifications": 1, "partners": 8}
#: Refused operations that are right all the same: "app.migration: what offences() says", with the reason.
ALLOWED: dict[str, str] = {
    "articles.0029_claim_addresses: Create index published_claim_addresses on field(s) addresses of model "
    "publishedclaim: it locks the table; use AddIndexConcurrently, or AddConstraintNotValid and "
    "ValidateConstraint": "The column is new: all its values are empty. The index is made in one look at the table.",
}


def number(name: str) -> int:
    return int(name.split("_", 1)[0])


def test_new_migrations_do_not_disturb_the_old_version() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found, seen = [], 0
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app not in BEFORE_THE_RULES or number(name) <= BEFORE_THE_RULES[app]:
            continue
        seen += 1
        before = loader.project_state((app, name), at_end=False)
        found += [f"{app}.{name}: {offence}" for offence in offences(app, migration.operations, before)]
    assert seen, "at least the one that came with the rules"
    assert_none(line for line in found if line not in ALLOWED)
    assert_none(line for line in ALLOWED if line not in found)


def state() -> ProjectState:
    """An app "shop" with one model."""
    known = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=10, null=True))]
    known.add_model(ModelState("shop", "Thing", fields))
    return known


INDEX = models.Index(fields=["name"], name="thing_by_name")
CONSTRAINT = models.UniqueConstraint(fields=["name"], name="thing_name_is_unique")
NEW_MODEL = migrations.CreateModel(
    "Other", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("thing", "name"),
        migrations.RenameField("thing", "name", "title"),
        migrations.RenameModel("Thing", "Item"),
        migrations.DeleteModel("Thing"),
        migrations.AddIndex("thing", INDEX),
        migrations.AddConstraint("thing", CONSTRAINT),
        migrations.AddField("thing", "size", models.IntegerField(default=1)),
        migrations.AlterField("thing", "name", models.TextField(null=True)),
        migrations.AlterField("thing", "name", models.CharField(max_length=5, null=True)),
        migrations.AlterField("thing", "name", models.CharField(max_length=10)),
        migrations.RunSQL("ALTER TABLE shop_thing DROP COLUMN name"),
        migrations.RunSQL("CREATE INDEX slow ON shop_thing (name)"),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("thing", "name")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_an_operation_that_disturbs_the_old_version_is_refused(operation: Operation) -> None:
    assert len(list(offences("shop", [operation], state()))) == 1


def test_operations_that_only_expand_are_allowed() -> None:
    good = [
        NEW_MODEL,
        migrations.AddIndex("other", models.Index(fields=["name"], name="other_by_name")),
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "weight", models.IntegerField(db_default=0)),
        migrations.AlterField("thing", "name", models.CharField(max_length=20, null=True, help_text="Its name.")),
        AddIndexConcurrently("thing", INDEX),
        AddConstraintNotValid("thing", models.CheckConstraint(condition=~models.Q(name=""), name="thing_has_a_name")),
        ValidateConstraint("thing", "thing_has_a_name"),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY fast ON shop_thing (name)"),
    ]
    assert_none(offences("shop", good, state()))
