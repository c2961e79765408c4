"""Claims are found by their summary and quoted passages, too, and by folded words. The next migration fills it in."""

from django.db import migrations, models

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [("articles", "0030_fill_claim_addresses")]

    operations = [
        migrations.AddField(
            model_name="publishedclaim",
            name="quotes",
            field=models.TextField(
                blank=True,
                db_default="",
                help_text="Its quoted passages, one after the other: by them it is found, too.",
            ),
        ),
        migrations.RunSQL(read_sql("articles", "folding"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "matching"), migrations.RunSQL.noop),
    ]
