"""What is read about, by topic and day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_search")]

    operations = [
        migrations.CreateModel(
            name="TopicReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(help_text="In the newsroom's time zone.")),
                ("topic", models.CharField(max_length=60)),
                ("minutes", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["day", "topic"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("day", "topic"), name="topic_reading_once_a_day")],
            },
        ),
        migrations.RunSQL("GRANT SELECT ON articles_topicreading TO factcheck_readers;", migrations.RunSQL.noop),
    ]
