"""Templates for new claims."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql

NOT_EMPTIED = """
CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON articles_claimtemplate
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0043_rating_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimTemplate",
            fields=[
                ("created_at", models.DateTimeField(editable=False)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(help_text="Such as the beat: Elections, Health.", max_length=60)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Separated by commas.",
                        size=None,
                    ),
                ),
                (
                    "why_chosen",
                    models.TextField(
                        blank=True, help_text="Why such claims are worth checking.", verbose_name="why this claim"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What to look at. Shown above the form of a new claim; readers never see it.",
                        verbose_name="checklist",
                    ),
                ),
                (
                    "is_retired",
                    models.BooleanField(
                        default=False, help_text="Not offered for new claims any more.", verbose_name="retired"
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: the person who enters the claim.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "ordering": ["name"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="claim_template_has_a_name"
                    ),
                    models.UniqueConstraint(
                        fields=("name",),
                        name="claim_template_is_there_once",
                        violation_error_message="There is a template with this name already.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NOT_EMPTIED, migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "versions"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "history"), migrations.RunSQL.noop),
    ]
