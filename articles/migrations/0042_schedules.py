"""When approved claims are to be published, with a history; the worker is a door of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0041_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="surface",
            field=models.CharField(
                choices=[
                    ("admin", "Admin"),
                    ("api", "API"),
                    ("site", "Readers' site"),
                    ("expert", "Expert’s link"),
                    ("command", "Command line"),
                    ("worker", "Background job"),
                    ("sql", "Direct SQL"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                ("publish_at", models.DateTimeField(verbose_name="time of publication")),
                (
                    "is_embargo",
                    models.BooleanField(
                        default=False, help_text="Nobody can publish the claim earlier.", verbose_name="embargo"
                    ),
                ),
                ("approved_sha256", models.CharField(max_length=64)),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("minor", "Minor: the verdict stands"), ("verdict", "The verdict changed")],
                        max_length=10,
                        verbose_name="severity of the correction",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note to readers")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.TextField(blank=True, verbose_name="why it was not published")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="schedule", to="articles.claim"
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
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["publish_at"], name="schedule_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="schedule_has_ended_or_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), ("severity", "")),
                            models.Q(models.Q(("severity", ""), _negated=True), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="schedule_has_a_whole_correction_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("problem", ""), _negated=True),
                            models.Q(("state", "refused"), _negated=True),
                            _connector="OR",
                        ),
                        name="schedule_says_why_it_was_refused",
                    ),
                ],
            },
        ),
        migrations.RunSQL(read_sql("articles", "history"), migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON articles_schedule"
            " FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();",
            migrations.RunSQL.noop,
        ),
    ]
