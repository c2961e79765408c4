import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRACK = """
CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON articles_page REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON articles_page
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON articles_page REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON articles_page
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
CREATE TRIGGER version_counts_up BEFORE UPDATE ON articles_page
    FOR EACH ROW EXECUTE FUNCTION factcheck_count_up();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON articles_pagerevision
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""
READERS = """
GRANT SELECT ON articles_pagerevision, articles_publishedfix, articles_publishedmeasure TO factcheck_readers;
"""
#: What was published before this version, as ``services.projection`` has it from now on.
FILL = """
WITH logged AS (
    SELECT r.seq, r.claim_id, r.kind, r.at, convert_from(r.body, 'UTF8')::jsonb AS own,
        convert_from(b.body, 'UTF8')::jsonb AS before
    FROM articles_record r LEFT JOIN articles_record b ON b.claim_id = r.claim_id AND b.revision = r.revision - 1
    WHERE r.kind IN ('corrected', 'retracted')
), named AS (
    SELECT *, CASE WHEN kind = 'retracted' THEN before ELSE own END -> 'claim' AS claim FROM logged
)
INSERT INTO articles_publishedfix (record_id, claim_id, kind, at, language, topics, claimant_id)
SELECT seq, claim_id,
    CASE WHEN kind = 'retracted' THEN 'retraction' ELSE own -> 'corrections' -> -1 ->> 'severity' END, at,
    claim ->> 'language', ARRAY(SELECT jsonb_array_elements_text(claim -> 'topics')),
    (claim -> 'claimant' ->> 'id')::uuid
FROM named;
WITH newest AS (
    SELECT p.claim_id, p.first_published_at, p.language, p.is_retracted, p.rating_key,
        convert_from(r.body, 'UTF8')::jsonb AS own
    FROM articles_publishedclaim p JOIN articles_record r ON r.seq = p.record_id
)
INSERT INTO articles_publishedmeasure
    (claim_id, first_published_at, language, is_retracted, rating_key, sources, asked, answered)
SELECT claim_id, first_published_at, language, is_retracted, rating_key,
    (SELECT count(DISTINCT coalesce(e -> 'source' ->> 'id', e -> 'source' ->> 'description'))
        FROM jsonb_array_elements(own -> 'evidence') e),
    jsonb_array_length(own -> 'replies'),
    (SELECT count(*) FROM jsonb_array_elements(own -> 'replies') a WHERE a ->> 'answer' <> '')
FROM newest;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_suggestions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedMeasure",
            fields=[
                ("claim_id", models.UUIDField(primary_key=True, serialize=False)),
                ("first_published_at", models.DateTimeField()),
                ("language", models.CharField(max_length=16)),
                ("is_retracted", models.BooleanField(default=False)),
                ("rating_key", models.CharField(blank=True, max_length=40)),
                (
                    "sources",
                    models.PositiveSmallIntegerField(default=0, help_text="Different sources of its evidence."),
                ),
                ("asked", models.PositiveSmallIntegerField(default=0, help_text="Who was asked for a reply.")),
                ("answered", models.PositiveSmallIntegerField(default=0, help_text="How many of those answered.")),
            ],
            options={
                "ordering": ["claim_id"],
            },
        ),
        migrations.AlterField(
            model_name="change",
            name="surface",
            field=models.CharField(
                choices=[
                    ("admin", "Admin"),
                    ("api", "API"),
                    ("site", "Readers' site"),
                    ("command", "Command line"),
                    ("sql", "Direct SQL"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="PageRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("about", "Who we are"),
                            ("funding", "Funding and ownership"),
                            ("fairness", "Fairness and independence"),
                            ("methodology", "How we work"),
                            ("sources-policy", "How we deal with sources"),
                            ("corrections-policy", "How we correct ourselves"),
                            ("complaints", "Complaints"),
                            ("contact", "Contact"),
                            ("privacy", "What we keep about you"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(max_length=16)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("body_html", models.TextField(blank=True)),
                ("note", models.CharField(help_text="What changed, for readers.", max_length=300)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["key", "language", "-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("key", "language", "number"), name="page_revision_numbered_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="page_revision_starts_at_one"),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="page_revision_says_what_changed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFix",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="fix",
                        serialize=False,
                        to="articles.record",
                    ),
                ),
                ("claim_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("minor", "Minor correction"),
                            ("verdict", "Verdict changed"),
                            ("retraction", "Retracted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=16)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("claimant_id", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["-record_id"],
                "indexes": [
                    models.Index(fields=["kind", "-record"], name="published_fix_by_kind"),
                    models.Index(fields=["claimant_id", "-record"], name="published_fix_by_claimant"),
                    django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="published_fix_topics"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                ("created_at", models.DateTimeField(editable=False)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("about", "Who we are"),
                            ("funding", "Funding and ownership"),
                            ("fairness", "Fairness and independence"),
                            ("methodology", "How we work"),
                            ("sources-policy", "How we deal with sources"),
                            ("corrections-policy", "How we correct ourselves"),
                            ("complaints", "Complaints"),
                            ("contact", "Contact"),
                            ("privacy", "What we keep about you"),
                        ],
                        max_length=20,
                        verbose_name="page",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
                                "Enter a language tag such as en, az or pt-BR.",
                                "language",
                            )
                        ],
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("body_html", models.TextField(blank=True, max_length=60000, verbose_name="text")),
                ("updated_at", models.DateTimeField(editable=False)),
                ("published_number", models.PositiveIntegerField(default=0, editable=False)),
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
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["key", "language"],
                "permissions": [("publish_page", "Can publish a page about the newsroom")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "language"),
                        name="page_there_once_in_a_language",
                        violation_error_message="This page is there already in this language: edit that one.",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="page_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_by", None), ("published_number", 0)),
                            models.Q(("published_by__isnull", False), ("published_number__gt", 0)),
                            _connector="OR",
                        ),
                        name="page_publication_is_a_persons",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRACK, migrations.RunSQL.noop),
        migrations.RunSQL(READERS, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
