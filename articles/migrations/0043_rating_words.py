"""The newsroom's own translations of its ratings."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql

NOT_EMPTIED = """
CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON articles_ratingtranslation
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("articles", "0042_schedules"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                ("language", models.CharField(max_length=35)),
                ("words", models.CharField(max_length=500)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("language", "words"), name="rating_words_translated_once"),
                ],
            },
        ),
        migrations.RunSQL(NOT_EMPTIED, migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "history"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "readers_role"), migrations.RunSQL.noop),
    ]
