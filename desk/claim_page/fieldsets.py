"""Which fields the claim's page has, and what it shows where nothing can be typed."""

from typing import Any

from django.contrib import admin
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.models import Claim, Verdict
from articles.selectors.log import record_content
from articles.services.past_dates import CONFIRM
from desk import matching
from desk.claim_page.forms import VERDICT_FIELDS
from desk.claim_page.public_word_fields import AuthorsField, LinesField
from desk.claims import explanation_words
from desk.http import badges
from desk.http.form_fields import Look

#: Columns that readers see; they can be changed while the claim is in work.
CONTENT = (
    "text",
    "language",
    "claimant",
    "is_unattributed",
    "claimed_on",
    "topics",
    "origin",
    "origin_kind",
    "origin_url",
    "single_source_reason",
    "headline",
    "key_points",
    "unknowns",
    "chosen_authors",
)
#: Columns that are the newsroom's own; they can be changed at any stage.
WORK = ("why_chosen", "assignee", "due_on", "recheck_on")
#: Lists of texts that are typed one a line.
_LINES = ("key_points", "unknowns")
#: Lists of claims that are like this one.
_LIKE = ("similar", "precedents")


class ClaimLook(Look):
    """The fields of a claim. What is not typed is computed once, however often the template asks."""

    autocomplete_fields = ("claimant",)

    def __init__(self, claim: Claim) -> None:
        super().__init__(Claim, admin.site)
        self.claim = claim

    def fixed_fields(self, *, may_save: bool) -> tuple[str, ...]:
        """The fields that are shown and not typed: the content, where the stage does not let it change."""
        if not may_save:
            return (*_LIKE, *CONTENT, CONFIRM, *VERDICT_FIELDS, *WORK)
        is_new = self.claim._state.adding
        return _LIKE if is_new or rules.is_editable(self.claim) else (*_LIKE, *CONTENT, CONFIRM, *VERDICT_FIELDS)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Lists of sentences are typed line by line, authors are ticked."""
        if db_field.name in _LINES:
            return LinesField(db_field, **kwargs)
        if db_field.name == "chosen_authors":
            return AuthorsField(label=db_field.verbose_name, help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # --- Claims like it, searched for once each ---------------------------------------------------------
    @cached_property
    def _beside(self) -> matching.Beside:
        return matching.beside(self.claim)

    def similar(self, claim: Claim) -> str:
        """Whether it was checked before."""
        return self._beside.statement

    def precedents(self, claim: Claim) -> str:
        """How like claims were rated."""
        return self._beside.verdict

    similar.short_description = precedents.short_description = ""  # type: ignore[attr-defined]

    # --- In place of the verdict's fields ---------------------------------------------------------------
    @cached_property
    def _verdict(self) -> Verdict | None:
        return None if self.claim._state.adding else record_content.current_verdict(self.claim)

    def rating(self, claim: Claim) -> str:
        """The rating of the newest verdict."""
        return badges.rating(self._verdict.rating.label, self._verdict.rating.tone) if self._verdict else "–"

    def summary(self, claim: Claim) -> str:
        """The verdict in one sentence."""
        return self._verdict.summary if self._verdict else "–"

    @admin.display(description=_("Explanation"))
    def explanation_html(self, claim: Claim) -> str:
        """How it is known, as readers see it."""
        html = explanation_words.drawn(claim, self._verdict.explanation_html if self._verdict else "")
        return format_html('<div class="desk-prose">{}</div>', html)
