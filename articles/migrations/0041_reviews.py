"""What a second person does before approving: readings, ticks, second verdicts, words that comments quote."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The triggers of history.sql and log.sql, on the new tables alone: the files would lock every table of the desk.
TRACK = "".join(
    f"""
CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON articles_{table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON articles_{table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON articles_{table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON articles_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""
    for table in ("commentpassage", "secondverdict", "tick")
)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0040_open_claim_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("statement", "Statement"), ("summary", "Summary"), ("explanation", "Explanation")],
                        max_length=12,
                    ),
                ),
                ("exact", models.CharField(max_length=500, verbose_name="quoted words")),
                ("prefix", models.CharField(blank=True, max_length=64)),
                ("suffix", models.CharField(blank=True, max_length=64)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passage", to="articles.comment"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("exact", ""), _negated=True), name="comment_passage_quotes_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_sha256", models.CharField(max_length=64)),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="articles.claim"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "user", "content_sha256"), name="reading_is_noted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "reason",
                    models.TextField(
                        blank=True, max_length=1000, validators=[django.core.validators.MaxLengthValidator(1000)]
                    ),
                ),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "beside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.rating",
                        verbose_name="the claim's rating then",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="second_verdicts", to="articles.claim"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("rated_at", None), ("withdrawn_at", None)),
                        fields=["person"],
                        name="second_verdict_is_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("claim", "person"),
                        name="second_verdict_is_asked_for_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rated_at", None), ("rating", None), ("reason", "")),
                            models.Q(
                                ("rated_at__isnull", False),
                                ("rating__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="second_verdict_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("created_by")), _negated=True),
                        name="second_verdict_is_somebody_elses",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                ("key", models.CharField(editable=False, max_length=64)),
                ("words", models.TextField()),
                ("sentence", models.TextField()),
                ("source", models.TextField(blank=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticks", to="articles.claim"
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
                "ordering": ["id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "key"), name="tick_is_set_once"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="tick_is_about_something"
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRACK, migrations.RunSQL.noop),
    ]
