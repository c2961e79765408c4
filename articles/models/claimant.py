"""Who said it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import ClaimantKind
from articles.folding.columns import Folded, folded_index
from articles.models.base import web_address
from articles.models.named import Named


class Claimant(Named):
    """A person or organisation that makes claims."""

    slug = models.CharField(max_length=100, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=ClaimantKind)
    role = models.CharField(max_length=200, blank=True, help_text=_("Office or function, as readers should see it."))
    same_as = ArrayField(
        models.CharField(max_length=500, validators=[web_address]),
        default=list,
        blank=True,
        verbose_name=_("same as"),
        help_text=_("Addresses that identify them: Wikidata, their own site. Separated by commas."),
    )

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["folded"], name="claimant_by_folded_name"),
            folded_index(Folded("name"), name="claimant_by_folded_words"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="claimant_has_a_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name
