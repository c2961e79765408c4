"""Senders of tips who want the answer by e-mail."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followers", "0001_followers"),
        ("notifications", "0004_refused_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(help_text="Of the tip.", max_length=24, unique=True)),
                ("email", models.CharField(help_text="The domain as it is sent: punycode.", max_length=254)),
                (
                    "language",
                    models.CharField(
                        help_text="Of the page on which the reader asked, and of the e-mail.", max_length=16
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "message",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notifications.message",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
