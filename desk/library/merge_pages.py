"""Merging a claimant, a source or a topic into another: choose the row that stays, see what moves, confirm."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.models import Source
from articles.selectors.library import candidates
from articles.services.library import merging
from desk.http import versions
from desk.http.views import ActionPage, address_of
from lib.refusals import NotAllowedError, StaleError


class MergePage(ActionPage):
    """Without ``into`` in the address it asks for the row that stays; with it, it shows what moves and asks again."""

    model: Any = None
    template_name = "desk/library/merge.html"
    form_class = forms.Form
    title = _("Merge into another row")
    button = _("Merge")
    tone = "danger"

    def check_permission(self) -> None:
        """Refuse people who may not merge. Raises ``NotAllowedError``."""
        super().check_permission()
        if not rules.may_merge(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(gettext("You do not have permission to merge claimants, sources and topics."))

    def find(self, pk: UUID, **kwargs: Any) -> Any:
        """The row that goes. Raises ``Http404``; a merged row is not merged again."""
        return get_object_or_404(self.model._default_manager.filter(merged_into=None), pk=pk)

    @cached_property
    def into(self) -> Any:
        """The row that stays; ``None`` while it is not chosen. Raises ``Http404``."""
        given = self.request.POST.get("into") or self.request.GET.get("into") or ""
        if not given:
            return None
        try:
            pk = UUID(given)
        except ValueError:
            return None
        return get_object_or_404(self.model._default_manager.filter(merged_into=None).exclude(pk=self.row.pk), pk=pk)

    def context(self) -> dict[str, Any]:
        """What may be chosen, or what moves."""
        shown = {"into": self.into, "back": str(self.row), "here": self.request.path, "kind": self._kind()}
        if self.into is not None:
            swapped = merge_address(self.into, self.row)
            into_version = versions.sign(self.into)
            return shown | {"moving": merging.moving(self.row), "into_version": into_version, "swapped": swapped}
        typed = self.request.GET.get("q", "").strip()[:200]
        columns = ("title", "publisher", "url") if self.model is Source else ("name",)
        found = candidates.named(self.model, typed, columns=columns, but=self.row) if typed else []
        return shown | {"typed": typed, "found": found, "alike": candidates.candidates_for(self.row)}

    def act(self, form: Any) -> HttpResponse:
        """Merge, and go to the row that stays."""
        if self.into is None:
            return self.ask(form)
        into_version = versions.read(self.request.POST.get("_into_version"), self.into)
        if into_version is None:
            raise StaleError(current=self.into.version)
        stays = merging.merge(
            row=self.row,
            into=self.into,
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            version=versions.of_form(self.request, self.row),
            into_version=into_version,
        )
        said = _("“%(row)s” is merged into “%(into)s”.") % {"row": self.row, "into": stays}
        messages.success(self.request, said)
        return HttpResponseRedirect(address_of(stays))

    def _kind(self) -> str:
        return str(self.model._meta.verbose_name)


def merge_address(row: Any, into: Any = None) -> str:
    """The address where ``row`` is merged, into ``into`` where that is known."""
    address = reverse(f"admin:articles_{row._meta.model_name}_merge", args=[row.pk])
    return f"{address}?into={into.pk}" if into is not None else address
