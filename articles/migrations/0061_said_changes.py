"""The database says when readers' pages may have changed."""

from django.db import migrations

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0060_map_outlines"),
    ]

    operations = [
        migrations.RunSQL(read_sql("articles", "pages"), migrations.RunSQL.noop),
    ]
