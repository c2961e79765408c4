"""The vectors of claims, for search by meaning. Empty until it is turned on (docs/search-by-meaning.md)."""

from django.db import migrations, models

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0032_fill_matching"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenVector",
            fields=[
                ("claim_id", models.UUIDField(primary_key=True, serialize=False)),
                ("encoder", models.TextField(help_text="Its name: vectors of two encoders are never compared.")),
                (
                    "origin",
                    models.BigIntegerField(help_text="Of what it was made: the claim's version, or its record."),
                ),
                (
                    "stamp",
                    models.BigIntegerField(
                        help_text="Counts up with each vector that is written: processes read what is new."
                    ),
                ),
                (
                    "numbers",
                    models.BinaryField(help_text="Of unit length, as 16-bit floating point numbers, little-endian."),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["stamp"], name="open_vector_by_stamp")],
            },
        ),
        migrations.CreateModel(
            name="PublishedVector",
            fields=[
                ("claim_id", models.UUIDField(primary_key=True, serialize=False)),
                ("encoder", models.TextField(help_text="Its name: vectors of two encoders are never compared.")),
                (
                    "origin",
                    models.BigIntegerField(help_text="Of what it was made: the claim's version, or its record."),
                ),
                (
                    "stamp",
                    models.BigIntegerField(
                        help_text="Counts up with each vector that is written: processes read what is new."
                    ),
                ),
                (
                    "numbers",
                    models.BinaryField(help_text="Of unit length, as 16-bit floating point numbers, little-endian."),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stamp"], name="published_vector_by_stamp"),
                    models.Index(fields=["encoder", "origin"], name="published_vector_by_record"),
                ],
            },
        ),
        migrations.RunSQL(read_sql("articles", "readers_role"), migrations.RunSQL.noop),
    ]
