"""Plainer help beside the fields of claims, passages and evidence; nothing changes in the database."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0057_labels_of_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appearance",
            name="exact",
            field=models.TextField(help_text="The exact words of the article.", verbose_name="quote"),
        ),
        migrations.AlterField(
            model_name="claim",
            name="chosen_authors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                help_text="The authors that readers see. Nobody chosen: the person who wrote the verdict.",
                size=10,
                verbose_name="authors",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="recheck_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which to check the claim again. Readers see it from the next publication on.",
                null=True,
                verbose_name="check again",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="single_source_reason",
            field=models.CharField(
                blank=True,
                help_text="Needed with fewer than two sources: why one source is enough here.",
                max_length=300,
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="translated_revision",
            field=models.PositiveIntegerField(
                blank=True, editable=False, help_text="The revision of the original that this translates.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="locator",
            field=models.CharField(blank=True, help_text="Where in the source: page, section or time.", max_length=120),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="note",
            field=models.TextField(blank=True, help_text="What the source shows, in your words. Readers see it."),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="quote",
            field=models.TextField(blank=True, help_text="The exact words of the source."),
        ),
    ]
