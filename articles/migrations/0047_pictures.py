"""Pictures: kept under their hash, in the sizes of pages, and the one that leads a claim."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.sqlfiles import read_sql

#: Named by their own contents, and what they say about themselves is true: the database computes it.
TRUE_TO_CONTENTS = """
ALTER TABLE articles_picture
    ADD CONSTRAINT picture_is_named_by_its_contents CHECK (sha256 = encode(sha256(content), 'hex')),
    ADD CONSTRAINT picture_size_is_that_of_its_contents CHECK (size = octet_length(content));
"""
TRUE_NO_MORE = """
ALTER TABLE articles_picture
    DROP CONSTRAINT picture_is_named_by_its_contents, DROP CONSTRAINT picture_size_is_that_of_its_contents;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0046_headlines_are_searched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedPicture",
            fields=[
                (
                    "id",
                    models.CharField(
                        help_text="Record and place in it: <seq>/<n>.", max_length=40, primary_key=True, serialize=False
                    ),
                ),
                ("claim_id", models.UUIDField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "received_sha256",
                    models.CharField(
                        db_index=True, editable=False, help_text="SHA-256 of the file as it came in.", max_length=64
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("drawn", "Chart drawn here"),
                            ("captured", "Screenshot from a kept copy"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
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
                ("size", models.PositiveIntegerField(editable=False, help_text="In bytes.")),
                ("content", models.BinaryField()),
                (
                    "figures",
                    models.JSONField(
                        editable=False, help_text="Of a chart that was drawn here: its title, unit and rows.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LeadPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What it shows, for readers who cannot see it. Needed before the review.",
                        max_length=300,
                        verbose_name="alt text",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Who made the picture, such as: Photo: Ana Lind / Lindholm Herald. Readers see it.",
                        max_length=200,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="On what terms it may be shown. Choose one, or write your own.",
                        max_length=120,
                    ),
                ),
                (
                    "focus",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("top", "Top"),
                            ("bottom", "Bottom"),
                            ("left", "Left"),
                            ("right", "Right"),
                            ("top-left", "Top left"),
                            ("top-right", "Top right"),
                            ("bottom-left", "Bottom left"),
                            ("bottom-right", "Bottom right"),
                        ],
                        help_text="What stays visible where the picture is cropped.",
                        max_length=12,
                        verbose_name="most important part",
                    ),
                ),
                (
                    "is_stamped",
                    models.BooleanField(
                        default=False,
                        help_text="For a screenshot of the claim itself: the page puts the verdict on it.",
                        verbose_name="verdict on the picture",
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lead_picture", to="articles.claim"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="articles.picture"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PictureVariant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "format",
                    models.CharField(
                        choices=[("avif", "AVIF"), ("webp", "WebP"), ("jpg", "JPEG")], editable=False, max_length=4
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, help_text="In pixels.")),
                ("content", models.BinaryField()),
                (
                    "picture",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variants",
                        to="articles.picture",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__in", ["image/png", "image/jpeg"])), name="picture_is_of_a_kept_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="leadpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "focus__in",
                        ["", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"],
                    )
                ),
                name="picture_focus_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="picturevariant",
            constraint=models.UniqueConstraint(
                fields=("picture", "format", "width"), name="picture_variant_is_there_once"
            ),
        ),
        migrations.RunSQL(TRUE_TO_CONTENTS, TRUE_NO_MORE),
        *(
            migrations.RunSQL(read_sql("articles", name), migrations.RunSQL.noop)
            for name in ("log", "history", "pictures", "readers_role")
        ),
    ]
