"""Saved views of the list: made, changed, shared and deleted by posts of the list's own forms."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim, SavedView
from articles.selectors.claims import claim_list
from articles.services.claims import list_settings
from desk.http import refusals
from desk.http.views import Page
from lib.refusals import NotAllowedError


def back_to_list(request: Any, query: dict[str, Any] | None = None) -> HttpResponse:
    """To the list as it was: ``back`` of the post has the query of its address."""
    asked = _posted_query(request) if query is None else query
    address = reverse("admin:articles_claim_changelist")
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}" if asked else address)


def _posted_query(request: Any) -> dict[str, str]:
    back = request.POST.get("back", "").lstrip("?")[:4000]
    return dict(parse_qsl(back, max_num_fields=50)) if back.count("&") < 50 else {}


class ViewPage(Page):
    """POST: save what the list shows under a name; or change, share or delete a view of one's own."""

    model = Claim

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The view that the address names; none for a new one. Raises ``Http404``."""
        if "view_id" not in kwargs:
            return None
        user: Any = self.request.user
        return get_object_or_404(SavedView.objects.of(user.pk), pk=kwargs["view_id"])

    def back_address(self) -> str:
        """The list."""
        return reverse("admin:articles_claim_changelist")

    def refuse(self, error: Exception) -> HttpResponse:
        """A name that is taken, or too many views: said above the list, which stays as it was."""
        if isinstance(error, refusals.REFUSALS) and not isinstance(error, NotAllowedError):
            messages.error(self.request, _("The view was not saved. %(why)s") % {"why": refusals.error_text(error)})
            return back_to_list(self.request)
        if isinstance(error, Http404):
            messages.error(self.request, _("This view is not there any more."))
            return back_to_list(self.request)
        return super().refuse(error)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do what the pressed button says."""
        if self.row is None:
            return self._add()
        match request.POST.get("act"):
            case "delete":
                list_settings.delete_view(view=self.row, by=request.user)
                messages.success(request, _("The view “%(name)s” is deleted.") % {"name": self.row.name})
                return back_to_list(request, {})
            case "update":
                values: dict[str, Any] = {"query": self._shown()}
            case _:
                values = {"name": request.POST.get("name", ""), "is_shared": "is_shared" in request.POST}
        view = list_settings.change_view(view=self.row, by=request.user, **values)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return back_to_list(request, {**view.query, "view": view.pk})

    def _add(self) -> HttpResponse:
        request: Any = self.request
        view = list_settings.save_view(
            name=request.POST.get("name", ""),
            query=self._shown(),
            is_shared="is_shared" in request.POST,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return back_to_list(request, {**view.query, "view": view.pk})

    def _shown(self) -> dict[str, str]:
        """What the list shows that the form stands on."""
        user: Any = self.request.user
        return claim_list.read(_posted_query(self.request), user).query()
