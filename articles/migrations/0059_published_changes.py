"""The newest record that changed what pages under a key show. Empty at first: none changed since."""

from django.db import migrations, models

from lib.sqlfiles import read_sql


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0058_plainer_help"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedChange",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "ordering": ["key"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["seq"], name="published_change_by_number")],
            },
        ),
        migrations.RunSQL(read_sql("articles", "readers_role"), migrations.RunSQL.noop),
    ]
