import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.submission

#: The reader's words stay out of the history, which nobody can edit, so that they can be erased.
TRACK = """
CREATE FUNCTION factcheck_keep_history_of_report() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    words CONSTANT text[] := ARRAY['what', 'how_known', 'link', 'email', 'form', 'reference'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM factcheck_write_change('insert', TG_TABLE_NAME, NULL, to_jsonb(n) - words) FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM factcheck_write_change('delete', TG_TABLE_NAME, to_jsonb(o) - words, NULL) FROM old_rows o;
    ELSE
        PERFORM factcheck_write_change('update', TG_TABLE_NAME, to_jsonb(o) - words, to_jsonb(n) - words)
        FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE to_jsonb(o) - words IS DISTINCT FROM to_jsonb(n) - words;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON articles_report REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history_of_report();
CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON articles_report
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history_of_report();
CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON articles_report REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history_of_report();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON articles_report
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
CREATE FUNCTION factcheck_only_erase_words() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF (NEW.id, NEW.claim_id, NEW.page, NEW.revision, NEW.received_at, NEW.reference, NEW.form)
            IS DISTINCT FROM (OLD.id, OLD.claim_id, OLD.page, OLD.revision, OLD.received_at, OLD.reference, OLD.form)
        OR NEW.what NOT IN (OLD.what, '') OR NEW.how_known NOT IN (OLD.how_known, '')
        OR NEW.link NOT IN (OLD.link, '') OR NEW.email NOT IN (OLD.email, '')
    THEN
        RAISE EXCEPTION 'What a reader wrote can be erased, not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER words_are_only_erased BEFORE UPDATE ON articles_report
    FOR EACH ROW EXECUTE FUNCTION factcheck_only_erase_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=articles.models.submission.time_ordered_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True)),
                (
                    "form",
                    models.CharField(
                        help_text="Which form it came by: sent twice, it is there once.", max_length=64, unique=True
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(blank=True, null=True, verbose_name="revision that was read")),
                (
                    "page",
                    models.CharField(
                        blank=True,
                        help_text="For what is wrong elsewhere than on a claim.",
                        max_length=500,
                        verbose_name="page",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[articles.models.submission.visible],
                        verbose_name="what is wrong",
                    ),
                ),
                (
                    "how_known",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[articles.models.submission.visible],
                        verbose_name="how they know",
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        max_length=2000,
                        validators=[articles.models.submission.plain_address],
                        verbose_name="where to look it up",
                    ),
                ),
                (
                    "email",
                    models.CharField(
                        blank=True,
                        max_length=254,
                        validators=[django.core.validators.EmailValidator()],
                        verbose_name="e-mail",
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received: nobody has looked at it yet"),
                            ("in_work", "Somebody is looking into it"),
                            ("corrected", "It led to a correction"),
                            ("no_change", "Looked into: no change"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, max_length=2000, validators=[articles.models.submission.visible]),
                ),
                (
                    "correction",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="revision that corrected it"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="articles.claim",
                    ),
                ),
                (
                    "decided_by",
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
                "ordering": ["-id"],
                "permissions": [("handle_report", "Can decide on errors that readers report")],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["state", "-id"], name="report_by_state"),
                    models.Index(fields=["claim", "-id"], name="report_by_claim"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", ""), _negated=True), ("erased_at__isnull", False), _connector="OR"
                        ),
                        name="report_says_what_is_wrong",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim__isnull", False), ("page", "")),
                            models.Q(("claim", None), models.Q(("page", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_is_about_a_claim_or_a_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state__in", ["received", "in_work"])
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["corrected", "no_change"]),
                            ),
                            _connector="OR",
                        ),
                        name="report_decision_is_a_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim__isnull", False), ("correction__isnull", False), ("state", "corrected")),
                            models.Q(models.Q(("state", "corrected"), _negated=True), ("correction", None)),
                            _connector="OR",
                        ),
                        name="report_correction_names_the_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "no_change"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_is_turned_down_with_an_answer",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRACK, migrations.RunSQL.noop),
    ]
