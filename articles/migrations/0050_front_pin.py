"""The claim at the top of the front page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql

NOT_EMPTIED = """
CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON articles_frontpin
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("articles", "0047_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontPin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35, unique=True)),
                ("claim_id", models.UUIDField()),
                ("until", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("pinned_at", models.DateTimeField()),
                (
                    "pinned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(NOT_EMPTIED, migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "history"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "readers_role"), migrations.RunSQL.noop),
    ]
