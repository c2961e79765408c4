"""Approving several claims at once: each on the version that was on the screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import rules, workflow
from articles.choices import Surface
from articles.models import Claim
from articles.services import audit
from articles.services.verification import verdicts
from desk.http import versions
from desk.http.admin import DeskAdmin
from desk.http.refusals import error_text
from lib.refusals import RefusedError, StaleError


class ClaimActions(DeskAdmin):
    """The list's actions. What was not on the screen was not looked at: no action reaches further than its page."""

    def action_checkbox(self, obj: Claim) -> str:
        """The box, and the version that is on the screen."""
        box: str = super().action_checkbox(obj)
        return box + format_html('<input type="hidden" name="_version_{}" value="{}">', obj.pk, versions.sign(obj))

    action_checkbox.short_description = DeskAdmin.action_checkbox.short_description  # type: ignore[attr-defined]

    def has_review_permission(self, request: Any) -> bool:
        """Whether this person may approve claims."""
        return rules.may_take_step(request.user, workflow.get("approve"))

    @admin.action(description="Approve selected", permissions=["review"])
    def approve_selected(self, request: Any, queryset: QuerySet[Claim]) -> None:
        """Approve one by one, exactly as each was on the screen, and say of each refused one why.

        What was not on the screen was not looked at: a list's "select all" reaches no further than its page.
        """

        def approve(claim: Claim, version: int) -> None:
            verdicts.approve(claim=claim, by=request.user, at=timezone.now(), version=version)

        done = self._each(request, queryset, approve, refusal=_("Not approved: “%(claim)s”. %(why)s"))
        if done:
            self.message_user(request, f"{done} approved." if done > 1 else "One claim approved.", messages.SUCCESS)

    def _each(
        self, request: Any, queryset: QuerySet[Claim], act: Callable[[Claim, int], object], *, refusal: str
    ) -> int:
        """Do it one by one, and say of each refused one why; returns how many were done."""
        done = 0
        with audit.surface(Surface.ADMIN):
            for claim in queryset:
                version = versions.read(request.POST.get(f"_version_{claim.pk}"), claim)
                try:
                    if version is None:
                        raise StaleError(current=claim.version)
                    act(claim, version)
                    done += 1
                except (RefusedError, ValidationError) as error:
                    self.message_user(request, refusal % {"claim": claim, "why": error_text(error)}, messages.ERROR)
        return done
