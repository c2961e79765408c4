"""Who is said to have made a claim, where and in which words: what a retraction does to that."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Attribution(TextChoices):
    """Whether a retraction withdraws the attribution or keeps it, as records write it."""

    WITHDRAWN = "withdrawn", _("The attribution is withdrawn, too")
    KEPT = "kept", _("The attribution stays")


def is_withdrawn(document: dict[str, Any]) -> bool:
    """Whether a record is a retraction after which nobody is said any more to have made the claim.

    Retractions from before there was the key ``attribution`` count as such: they name nobody, and nobody decided that
    lists go on naming somebody.
    """
    retraction = document["retraction"]
    return bool(retraction) and retraction.get("attribution") != Attribution.KEPT
