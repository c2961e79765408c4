"""The rating scale a new newsroom starts with. Each newsroom may retire editions and add its own."""

from datetime import date

from django.db import migrations

FIRST_EDITIONS = (
    ("true", "True", 5, "positive",
     "The evidence we found supports the claim, and nothing that matters is left out."),
    ("mostly_true", "Mostly true", 4, "mostly_positive",
     "The claim is broadly right, but a detail is imprecise or needs context."),
    ("misleading", "Misleading", 2, "mixed",
     "Parts of the claim may be accurate, but the way it is put leads to a wrong conclusion."),
    ("false", "False", 1, "negative",
     "The evidence we found contradicts the claim."),
    ("disputed", "Disputed", None, "contested",
     "Credible sources contradict each other and the evidence does not settle the matter. We show both."),
    ("unverifiable", "Unverifiable", None, "open",
     "The claim cannot be settled with evidence that exists or that anyone could obtain now."),
    ("outdated", "Outdated", None, "past",
     "The claim was right when it was made but is no longer true."),
    ("unverified", "Unverified", None, "open",
     "We are still checking. This is not a verdict for or against the claim."),
)  # fmt: skip


def add_first_editions(apps, schema_editor):
    rating = apps.get_model("articles", "Rating")
    for position, (key, label, value, tone, definition) in enumerate(FIRST_EDITIONS):
        rating.objects.get_or_create(
            key=key,
            edition=1,
            defaults={
                "label": label,
                "value": value,
                "tone": tone,
                "definition": definition,
                "position": position,
                "introduced_on": date(2026, 1, 1),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_guards")]

    operations = [migrations.RunPython(add_first_editions, migrations.RunPython.noop)]
