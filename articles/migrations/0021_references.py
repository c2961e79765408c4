from django.db import migrations, models

HELP = "The identifier that a program of the newsroom has for this. Never public."


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_texts_have_places")]

    operations = [
        operation
        for name in ("article", "claim", "source")
        for operation in (
            migrations.AddField(
                model_name=name,
                name="reference",
                field=models.CharField(blank=True, default="", help_text=HELP, max_length=120),
            ),
            migrations.AddConstraint(
                model_name=name,
                constraint=models.UniqueConstraint(
                    condition=models.Q(("reference", ""), _negated=True),
                    fields=("reference",),
                    name=f"{name}_reference_is_unique",
                ),
            ),
        )
    ]
