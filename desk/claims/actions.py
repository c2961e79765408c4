"""What can be done with several claims of the list at once: each on the version that was on the screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rules
from articles.choices import Surface
from articles.models import Claim
from articles.services import audit
from articles.services.claims import claims
from desk.claims.assign_forms import AssignSelectedForm
from desk.http import versions
from desk.http.admin import DeskAdmin
from desk.http.refusals import error_text
from desk.http.views import render_page
from lib.refusals import RefusedError, StaleError


class ClaimActions(DeskAdmin):
    """The list's actions. What was not on the screen was not looked at: no action reaches further than its page."""

    def action_checkbox(self, obj: Claim) -> str:
        """The box, and the version that is on the screen."""
        box: str = super().action_checkbox(obj)
        return box + format_html('<input type="hidden" name="_version_{}" value="{}">', obj.pk, versions.sign(obj))

    action_checkbox.short_description = DeskAdmin.action_checkbox.short_description  # type: ignore[attr-defined]

    def has_change_claims_permission(self, request: Any) -> bool:
        """Whether this person may edit claims."""
        return rules.may_edit_claims(request.user)

    @admin.action(description="Take onto my desk", permissions=["change_claims"])
    def take_selected(self, request: Any, queryset: QuerySet[Claim]) -> None:
        """Put each on one's own desk."""
        self._edit_each(request, queryset, {"assignee": request.user})

    @admin.action(description="Assign, or set a due date…", permissions=["change_claims"])
    def assign_selected(self, request: Any, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Ask who and until when, then do it."""
        form = AssignSelectedForm(request.POST if "_assign" in request.POST else None, auto_id="assign_%s")
        if form.is_bound and form.is_valid():
            self._edit_each(request, queryset, form.values())
            return None
        chosen = list(queryset)
        context: dict[str, Any] = {
            "title": _("Assign, or set a due date"),
            "button": _("Save"),
            "tone": "primary",
            "back": _("Back to the list"),
            "page": reverse("admin:articles_claim_changelist"),
            "form": form,
            "claims": [(claim, request.POST.get(f"_version_{claim.pk}", "")) for claim in chosen],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render_page(request, "desk/claims/assign.html", model=Claim, **context)

    def _edit_each(self, request: Any, queryset: QuerySet[Claim], values: dict[str, Any]) -> None:
        def change(claim: Claim, version: int) -> None:
            claims.edit(claim=claim, by=request.user, at=timezone.now(), version=version, **values)

        done = self._each(request, queryset, change, refusal=_("Not changed: “%(claim)s”. %(why)s"))
        if done:
            message = ngettext("One claim changed.", "%(count)s claims changed.", done) % {"count": done}
            self.message_user(request, message, messages.SUCCESS)

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
