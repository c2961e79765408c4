"""Pictures of readers' tips, and the check that a reader was shown before they sent one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0053_pictures_of_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="shown_claim",
            field=models.ForeignKey(
                blank=True,
                help_text="The check that answered the sender, who sent the tip all the same.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.claim",
                verbose_name="shown to the sender",
            ),
        ),
        migrations.CreateModel(
            name="TipPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(editable=False)),
                (
                    "media_type",
                    models.CharField(
                        choices=[("image/png", "PNG image"), ("image/jpeg", "JPEG image")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, help_text="In pixels.")),
                ("height", models.PositiveIntegerField(editable=False, help_text="In pixels.")),
                ("content", models.BinaryField()),
                ("received_at", models.DateTimeField(editable=False)),
                (
                    "submission",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="articles.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["submission", "place"],
                "default_permissions": (),
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("submission", "place"), name="tip_picture_once")],
            },
        ),
    ]
