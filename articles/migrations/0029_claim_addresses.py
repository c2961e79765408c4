"""Claims are found by the addresses where they were made and of their sources. The next migration fills the column."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_projection_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedclaim",
            name="addresses",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24),
                default=list,
                help_text="Keys of the addresses where it was made and of its sources (articles.address_keys).",
                size=None,
                db_default=[],
            ),
        ),
        migrations.AddIndex(
            model_name="publishedclaim",
            index=django.contrib.postgres.indexes.GinIndex(fields=["addresses"], name="published_claim_addresses"),
        ),
    ]
