"""The context of the claim's page: its parts in their places, and what is loaded only when it is used."""

from typing import Any

from django.conf import settings
from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django_prose_editor.widgets import importmap
from js_asset import Media  # type: ignore[attr-defined]

from articles.models import Claim
from desk.claim_page import drawing
from desk.claim_page.fieldsets import ClaimLook
from desk.claim_page.row_sets import RowSet
from desk.claims import explanation_words
from desk.claims.editor_words import editor_words
from desk.claims.panel_words import panel_words
from desk.http.views import address_of

_JS, _CSS = "admin/js", "admin/css"
#: What the fields with a search need: loaded when the first of them is used.
_SEARCH_SCRIPTS = (
    f"{_JS}/vendor/jquery/jquery.min.js",
    f"{_JS}/vendor/select2/select2.full.min.js",
    f"{_JS}/jquery.init.js",
    f"{_JS}/autocomplete.js",
    f"{_JS}/admin/RelatedObjectLookups.js",
)
_SEARCH_STYLES = (f"{_CSS}/vendor/select2/select2.min.css", f"{_CSS}/autocomplete.css")
#: What the editor of explanations needs: loaded when somebody writes one.
_EDITOR_STYLES = ("django_prose_editor/editor.css", "desk/explanation/editor.css")
#: Select2's own words; it brings English.
_SELECT2_LANGUAGES = ("az", "hy", "ru", "tr", "ar", "es")


def context(
    request: Any,
    claim: Claim | None,
    *,
    form: Any,
    look: ClaimLook,
    fixed: tuple[str, ...],
    row_sets: dict[str, RowSet],
) -> dict[str, Any]:
    """What the templates draw of the form."""
    drawing.name_standings(row_sets.get("appearances"))
    return {
        "title": drawing.title(claim),
        "subtitle": None,
        "form": form,
        "parts": drawing.parts(form, look, fixed),
        "ratings": drawing.ratings(form),
        "explanation": drawing.explanation(form, look),
        "stages": drawing.stages(claim),
        "row_sets": row_sets,
        "similar": look.similar(look.claim),
        "precedents": look.precedents(look.claim) if claim is not None else "",
        "errors": AdminErrorList(form, row_sets.values()),
        "media": Media(importmap=importmap, nonce=str(request.csp_nonce)),  # type: ignore[no-untyped-call]
        "lazy": lazy(),
        "addresses": addresses(request.user, claim),
        "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
        "is_popup_var": IS_POPUP_VAR,
        "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
        "to_field_var": TO_FIELD_VAR,
        "words": panel_words(),
        "explanation_words": editor_words(),
    }


def lazy() -> dict[str, list[str]]:
    """The addresses of what is loaded when it is used."""
    language = str(get_language() or "")[:2]
    scripts = list(_SEARCH_SCRIPTS)
    if language in _SELECT2_LANGUAGES:
        scripts.insert(2, f"{_JS}/vendor/select2/i18n/{language}.js")
    return {
        "search_scripts": [static(path) for path in scripts],
        "search_styles": [static(path) for path in _SEARCH_STYLES],
        "editor_styles": [static(path) for path in _EDITOR_STYLES],
    }


def addresses(user: Any, claim: Claim | None) -> dict[str, str]:
    """Where the page's scripts ask, and who is signed in."""
    me = {"me": str(user.pk)}
    if claim is None:
        return me
    named = {name: f"admin:articles_claim_{name}" for name in ("conditions", "neighbours", "evidence", "picture_text")}
    found = {name: reverse(address, args=[claim.pk]) for name, address in named.items()}
    pictures = {
        "picture_files": explanation_words.picture_base(),
        "picture_bytes": str(settings.PICTURE_MAX_BYTES),
    }
    return {**me, **found, **pictures, "page": address_of(claim)}
