"""What the inbox and the calendar look up costs the same with many open claims."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_OPEN = ("stage__in", ["approved", "checking", "draft", "review"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0039_threads_and_presence")]

    operations = [
        AddIndexConcurrently(
            "claim",
            models.Index(
                condition=models.Q(_OPEN), fields=["assignee", "stage", "due_on"], name="claim_open_of_person"
            ),
        ),
        AddIndexConcurrently(
            "claim",
            models.Index(
                condition=models.Q(_OPEN, ("due_on__isnull", False)), fields=["due_on"], name="claim_open_by_due"
            ),
        ),
        AddIndexConcurrently(
            "claim",
            models.Index(condition=models.Q(("stage", "published")), fields=["recheck_on"], name="claim_by_recheck"),
        ),
    ]
