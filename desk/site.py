"""The admin site with the desk's own addresses in it."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi
from unfold.sites import UnfoldAdminSite

from desk.http import texts, unsaved_pages


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """The admin site of the newsroom. Each address that is not a plain list or form is in ``desk.urls``."""

    def get_urls(self) -> list[Any]:
        """The desk's own addresses, before those of the admin site."""
        from desk import urls  # imported late: its pages use the site that is being made

        return [*urls.of(self), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the texts of scripts, before all scripts, and the mirrored theme of right-to-left languages."""
        context: dict[str, Any] = super().each_context(request)
        scripts = [*filter(None, [texts.address()]), *context.get("scripts", [])]
        mirrored = [static("desk/http/rtl.css")] if get_language_bidi() else []
        return {**context, "scripts": scripts, "styles": [*mirrored, *context.get("styles", [])]}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The view; a form that was saved has nothing unsaved any more."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = guarded(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
                unsaved_pages.forget(request)
            return response

        return seen

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The admin site's own form is never shown: it knows no second factor and counts no failures."""
        from desk.people import sign_in

        if request.user.is_authenticated:
            return sign_in.no_role(request)
        query = request.GET.urlencode()
        return HttpResponseRedirect(settings.LOGIN_URL + (f"?{query}" if query else ""))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """On the page of one's own account."""
        return HttpResponseRedirect(reverse("account_change_password"))
