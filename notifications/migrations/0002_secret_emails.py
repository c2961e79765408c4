"""E-mails about accounts are queued like all others; those with a secret link say until when it works."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_staff_notices")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="secret_until",
            field=models.DateTimeField(
                help_text="Until when the link in the text works; empty when the text has no secret link.", null=True
            ),
        ),
    ]
