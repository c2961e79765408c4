"""Headlines are searched at the desk, and comments can be about headline, key points and what is not known."""

import django.contrib.postgres.indexes
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

import articles.folding.columns


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0045_headlines_and_key_points"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="commentpassage",
            name="part",
            field=models.CharField(
                choices=[
                    ("statement", "Statement"),
                    ("summary", "Summary"),
                    ("explanation", "Explanation"),
                    ("headline", "Headline"),
                    ("key_points", "Key points"),
                    ("unknowns", "What we don’t know"),
                ],
                max_length=12,
            ),
        ),
        AddIndexConcurrently(
            model_name="claim",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    articles.folding.columns.Folded("headline"), name="gin_trgm_ops"
                ),
                name="claim_by_folded_headline",
            ),
        ),
    ]
