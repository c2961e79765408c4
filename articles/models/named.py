"""What claimants, sources and topics have in common: a name by which they are found, and that they can be merged."""

from typing import Any, Self

from django.db import models

from articles.folding import MAX_KEY
from articles.models.base import Versioned


class Named(Versioned):
    """A row with a name. ``folded`` is the name without case, accents and blanks (``folding.name_key``).

    A merged row stays, for its history and for those who hold its id; ``merged_into`` is the row to use instead, which
    is never merged itself.
    """

    folded = models.CharField(max_length=MAX_KEY, editable=False, default="")
    merged_into: Any = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    class Meta:
        abstract = True

    def kept(self) -> Self:
        """The row to use: this one, or the one that it was merged into."""
        row: Self = self.merged_into or self
        return row
