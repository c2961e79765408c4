"""Words near to what was typed, and lists in more orders.

Claims that were published before keep the search vector they have until ``manage.py rebuild_published`` makes it anew.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

import articles.models.readers.published

# Days since 1970 in the upper bits, the record's number in the lower 40; a retracted claim has no day and comes last.
CHECKED_ORDER = """
CREATE FUNCTION factcheck_checked_order(checked_on date, record_id bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ((coalesce(checked_on, DATE '1900-01-01') - DATE '1900-01-01')::bigint << 40) | record_id $$;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_translations")]

    operations = [
        migrations.RunSQL(CHECKED_ORDER, "DROP FUNCTION factcheck_checked_order"),
        migrations.CreateModel(
            name="PublishedWord",
            fields=[
                (
                    "word",
                    models.CharField(
                        help_text="Folded (articles.folding).", max_length=60, primary_key=True, serialize=False
                    ),
                ),
                (
                    "shown",
                    models.CharField(help_text="As the newest claim that brought it in writes it.", max_length=60),
                ),
                ("claims", models.PositiveIntegerField(help_text="How many published claims have it.")),
            ],
            options={
                "ordering": ["word"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="published_word_by_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publishedclaim",
            index=models.Index(fields=["language", "-record"], name="published_claim_by_language"),
        ),
        migrations.AddIndex(
            model_name="publishedclaim",
            index=models.Index(
                articles.models.readers.published.CheckedOrder("checked_on", "record_id").desc(),
                name="published_claim_by_check",
            ),
        ),
        migrations.RunSQL("GRANT SELECT ON articles_publishedword TO factcheck_readers;", migrations.RunSQL.noop),
    ]
