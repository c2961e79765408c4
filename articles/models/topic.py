"""What claims are about."""

from django.db import models
from django.db.models import Q

from articles.models.named import Named


class Topic(Named):
    """A topic in the spelling that readers see. Claims name it by this spelling; other spellings lead to it.

    Two topics never differ by case, accents or blanks alone.
    """

    name = models.CharField(max_length=60, help_text="As readers see it. Open claims take over a new spelling.")

    class Meta:
        ordering = ["name"]
        default_permissions = ()  # rules.may_edit_sources
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
            models.UniqueConstraint(
                fields=["folded"],
                name="topic_is_there_once",
                violation_error_message="There is a topic with this name already. Merge the two instead.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
