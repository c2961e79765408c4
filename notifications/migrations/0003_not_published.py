"""A notice that a scheduled claim was not published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_secret_emails"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned to you"),
                    ("mentioned", "You were mentioned"),
                    ("sent_back", "Sent back"),
                    ("approved", "Approved"),
                    ("published", "Published"),
                    ("overdue", "Overdue"),
                    ("answered", "An answer to your question"),
                    ("reported", "A reader reported an error"),
                    ("not_published", "Not published"),
                ],
                max_length=20,
            ),
        ),
    ]
