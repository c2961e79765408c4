"""The picture that leads a claim, for lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0051_unsaved_pages")]

    operations = [
        migrations.AddField(
            model_name="publishedclaim",
            name="lead_image",
            field=models.JSONField(help_text="The picture that leads it, as its record has it.", null=True),
        ),
    ]
