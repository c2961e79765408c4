"""Threads of comments, comments on articles, and who looks at what just now."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

_ABOUT = models.Q(
    models.Q(("article", None), ("claim__isnull", False)),
    models.Q(("article__isnull", False), ("claim", None)),
    _connector="OR",
)
_WHOLE = models.Q(("parent", None), ("resolved_at", None), _connector="OR")
_DOING = [
    ("reading", "is reading"),
    ("verdict", "is editing the verdict"),
    ("evidence", "is editing the evidence"),
    ("statement", "is editing the statement"),
    ("replies", "is editing the replies"),
    ("comment", "is writing a comment"),
    ("editing", "is editing"),
]


def _to(model: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0038_folded_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.UUIDField()),
                ("doing", models.CharField(choices=_DOING, default="reading", max_length=12)),
                ("seen_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("subject", "user"), name="presence_once")],
            },
        ),
        # What is lost in a crash would be erased a minute later anyway.
        migrations.RunSQL("ALTER TABLE articles_presence SET UNLOGGED", migrations.RunSQL.noop),
        migrations.AddField("comment", "article", _to("articles.article", "comments")),
        migrations.AddField("comment", "parent", _to("articles.comment", "replies")),
        migrations.RunSQL(
            "ALTER TABLE articles_comment ALTER COLUMN claim_id DROP NOT NULL",
            migrations.RunSQL.noop,
            state_operations=[migrations.AlterField("comment", "claim", _to("articles.claim", "comments"))],
        ),
        AddConstraintNotValid(
            "comment", models.CheckConstraint(condition=_ABOUT, name="comment_is_about_a_claim_or_an_article")
        ),
        ValidateConstraint("comment", "comment_is_about_a_claim_or_an_article"),
        AddConstraintNotValid(
            "comment", models.CheckConstraint(condition=_WHOLE, name="comment_thread_is_resolved_as_one")
        ),
        ValidateConstraint("comment", "comment_thread_is_resolved_as_one"),
    ]
