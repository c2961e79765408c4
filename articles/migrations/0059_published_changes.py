"""The newest record that changed what pages of a topic, claimant, source or article show. Empty: nothing did since."""

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
            options={"ordering": ["key"], "default_permissions": ()},
        ),
        migrations.RunSQL(read_sql("articles", "readers_role"), migrations.RunSQL.noop),
    ]
