"""Unsaved changes of every form of the admin site: kept while somebody types, offered when the form is opened again.

The claim's page has rules of its own (``desk.claim_page.unsaved``): it also keeps rows.
"""

import re
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.selectors.collaboration import unsaved as selected
from articles.services.collaboration import unsaved as services
from desk.http.refusals import UnreadableRequestError
from desk.http.requests import id_in
from desk.http.views import Endpoint
from lib.refusals import NotAllowedError

#: The hidden fields of a form that name the opened page, and the page whose unsaved changes it shows.
WRITER, REPLACES = "_page_writer", "_page_replaces"
_PAGE, _VERSION, _USER = "_page", "_version", "_user"
_OURS = (_PAGE, _VERSION, _USER, WRITER, REPLACES)
_ADDRESS = re.compile(r"[\w/-]{1,290}", re.ASCII)


class UnsavedPageEndpoint(Endpoint):
    """What one person has not saved of one form. It is written and read by the form's page alone."""

    http_method_names = ["get", "put", "delete"]

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Who is signed in, and what they kept of the form at ``?page=``."""
        kept = selected.of_page(_address(request.GET.get("page", "")), request.user)
        shown = kept and {
            "writer": str(kept.writer),
            "saved_at": kept.saved_at.isoformat(),
            "version": kept.form_version,
            "fields": kept.fields,
        }
        return JsonResponse({"user": request.user.pk, "username": request.user.get_username(), "kept": shown})

    def put(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Keep the fields that differ from what is saved, by the names that the form posts."""
        self._check_person()
        kept = services.keep_page(
            page=_address(self.sent.get(_PAGE)),
            by=request.user,
            at=timezone.now(),
            form_version=str(self.sent.get(_VERSION) or "").replace("\x00", "")[:200],
            writer=id_in(self.sent, WRITER),
            replaces=id_of(self.sent.get(REPLACES)),
            fields={name: texts(value) for name, value in self.sent.items() if name not in _OURS},
        )
        return JsonResponse({"saved_at": kept.saved_at.isoformat()})

    def delete(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Forget them."""
        self._check_person()
        writers = [one for name in (WRITER, REPLACES) if (one := id_of(self.sent.get(name)))]
        was_there = services.discard_page(page=_address(self.sent.get(_PAGE)), by=request.user, writers=writers)
        return JsonResponse({"discarded": was_there})

    def _check_person(self) -> None:
        check_person(self.request, self.sent.get(_USER))


def check_person(request: Any, sent: Any) -> None:
    """Somebody else may have signed in in another tab. Raises ``NotAllowedError``."""
    if sent != request.user.pk:
        said = _("You are now signed in as %(name)s. Sign in as before to keep what you typed here.")
        raise NotAllowedError(said % {"name": request.user.get_username()})


def texts(value: Any) -> list[str]:
    """A value that a script sent, as a form posts it."""
    many = value if isinstance(value, list) else [value]
    return ["" if one is None else str(one) for one in many]


def id_of(value: Any) -> UUID | None:
    """An id as a form or a script sends it; ``None`` for anything else."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def person(request: Any) -> dict[str, Any]:
    """Who is signed in, and how they sign in again when their session ends."""
    return {
        "user": request.user.pk,
        "username": request.user.get_username(),
        "sign_in": reverse("account_login"),
        "by_password": settings.PASSWORD_SIGN_IN and request.user.has_usable_password(),
    }


def context(request: Any) -> dict[str, Any]:
    """What the script of a form needs. ``is_again``: the form shows what was posted and refused."""
    return {
        "address": reverse("admin:unsaved_page"),
        "page": request.path,
        "writer": str(id_of(request.POST.get(WRITER)) or uuid4()),
        "replaces": str(id_of(request.POST.get(REPLACES)) or ""),
        "is_again": request.method == "POST",
        **person(request),
    }


def forget(request: Any) -> None:
    """What the posted form had kept is saved now."""
    if writers := [one for name in (WRITER, REPLACES) if (one := id_of(request.POST.get(name)))]:
        services.discard_page(page=request.path, by=request.user, writers=writers)


def _address(value: Any) -> str:
    """The address of a form of the desk. Raises ``UnreadableRequestError``."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value) or not value.startswith(reverse("admin:index")):
        raise UnreadableRequestError("“page” is the address of a form of the desk.")
    return value
