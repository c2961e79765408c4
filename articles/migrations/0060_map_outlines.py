"""Outlines that maps are drawn on, and pictures that are maps."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0059_published_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="picture",
            name="figures",
            field=models.JSONField(
                editable=False,
                help_text="Of a chart or a map that was drawn here: what it was drawn from.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="picture",
            name="kind",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("drawn", "Chart drawn here"),
                    ("map", "Map drawn here"),
                    ("captured", "Screenshot from a kept copy"),
                ],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="MapOutline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=80)),
                ("credit", models.CharField(editable=False, max_length=80)),
                ("licence", models.CharField(editable=False, max_length=120)),
                (
                    "content",
                    models.TextField(editable=False, help_text="GeoJSON: areas and lines, longitude first."),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(editable=False)),
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
                "ordering": ["-id"],
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        *(migrations.RunSQL(read_sql("articles", name), migrations.RunSQL.noop) for name in ("log", "history")),
    ]
