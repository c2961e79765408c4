"""Headlines, key points, what is not known, and chosen authors of claims; more kinds of origins."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0044_claim_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="chosen_authors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                help_text="Whom readers see as authors. Without a choice: who wrote the verdict.",
                size=10,
                verbose_name="authors",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="headline",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What the check found, as a title. Without it, pages show the statement in quotation marks.",
                max_length=110,
                verbose_name="headline",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="key_points",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=240),
                blank=True,
                db_default=[],
                default=list,
                help_text="What readers should remember: up to four, each on a line of its own.",
                size=4,
                verbose_name="key points",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="unknowns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300),
                blank=True,
                db_default=[],
                default=list,
                help_text="What the check could not find out: up to six, each on a line of its own.",
                size=6,
                verbose_name="what we don’t know",
            ),
        ),
        migrations.AddField(
            model_name="publishedclaim",
            name="headline",
            field=models.CharField(blank=True, db_default="", max_length=110),
        ),
        migrations.AlterField(
            model_name="claim",
            name="origin_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("post", "Post"),
                    ("video", "Video"),
                    ("broadcast", "Broadcast"),
                    ("speech", "Speech"),
                    ("message", "Message"),
                    ("advertisement", "Advertisement"),
                    ("website", "Website"),
                    ("other", "Other place"),
                ],
                help_text="What it was said in, when it was not an article.",
                max_length=20,
            ),
        ),
    ]
