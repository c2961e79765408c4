"""The names under which readers see people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="public_line",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="A few words beside the name, such as “reports on health”.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="public_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The name under which readers see your work. Leave it empty to stay unnamed.",
                max_length=80,
            ),
        ),
    ]
