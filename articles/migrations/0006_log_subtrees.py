"""Full tiles of the log's tree, kept as one hash each, so that a proof reads a few hundred rows of any log.

The table refuses UPDATE, DELETE and TRUNCATE like the records it sums up, and readers may SELECT it.
"""

import hashlib

from django.db import migrations, models

TILE = 256
GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON articles_subtree
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
GRANT SELECT ON articles_subtree TO factcheck_readers;
"""


def keep_full_tiles(apps, schema_editor):
    """For a log that was begun before this table: the hashes of the tiles that are full already."""
    subtree = apps.get_model("articles", "Subtree")
    rows, level = apps.get_model("articles", "Record").objects.order_by("seq").values_list("leaf", flat=True), 0
    hashes = rows.iterator(chunk_size=2000)
    while True:
        level += 1
        kept, full = [], []
        for value in hashes:
            full.append(bytes(value))
            if len(full) == TILE:
                kept.append(_root(full))
                full = []
        if not kept:
            return
        subtree.objects.bulk_create(
            [subtree(level=level, index=index, hash=value) for index, value in enumerate(kept)], batch_size=2000
        )
        hashes = iter(kept)


def _root(row):
    while len(row) > 1:
        row = [hashlib.sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row), 2)]
    return row[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_submissions")]

    operations = [
        migrations.CreateModel(
            name="Subtree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField(help_text="Its place among the subtrees of its level, from 0.")),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ["level", "index"],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "index"), name="subtree_stored_once"),
                    models.CheckConstraint(condition=models.Q(("level__gte", 1)), name="subtree_level_starts_at_one"),
                ],
            },
        ),
        migrations.RunPython(keep_full_tiles, migrations.RunPython.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
