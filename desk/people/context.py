"""What the pages for signing in are given, so that they look like the desk."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

_PAGES = ("/admin/account/", "/admin/login/")


def sign_in_page(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the admin site's own context on allauth's pages, nothing elsewhere."""
    if not request.path_info.startswith(_PAGES) or not hasattr(request, "user"):
        return {}
    request.current_app = admin.site.name
    shared = admin.site.each_context(request)
    return {**shared, "password_sign_in": settings.PASSWORD_SIGN_IN, "site_name": settings.SITE_NAME}
