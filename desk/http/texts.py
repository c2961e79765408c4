"""The texts of the desk's scripts in one language, as a script that pages load before the others."""

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.i18n import JavaScriptCatalog

_A_YEAR = 365 * 24 * 3600


def address() -> str:
    """Where the texts of the language in force are; empty for English, in which they are written."""
    language = get_language() or "en"
    return "" if language == "en" else reverse("admin:texts", args=[language, _stamp(language)])


def script(request: HttpRequest, language: str, stamp: str) -> HttpResponse:
    """The texts of a language. The address changes with them, so browsers keep the answer. Raises ``Http404``."""
    if language not in settings.DESK_LANGUAGES:
        raise Http404
    is_current = stamp == _stamp(language)
    answer = HttpResponse(_script(language), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = f"private, max-age={_A_YEAR}, immutable" if is_current else "no-store"
    return answer


@cache
def _stamp(language: str) -> str:
    return hashlib.sha256(_script(language).encode()).hexdigest()[:12]


@cache
def _script(language: str) -> str:
    with override(language):
        catalogue = _Catalogue(packages=["desk"])
        catalogue.get(HttpRequest())
        plural = catalogue.found["plural"] or "n == 1 ? 0 : 1"
        texts = json.dumps(catalogue.found["catalog"], ensure_ascii=False, sort_keys=True)
    return f"globalThis.deskTexts = {{ catalog: {texts}, plural: (n) => Number({plural}) }};\n"


class _Catalogue(JavaScriptCatalog):
    """What Django reads of a catalogue of scripts, without Django's own script around it."""

    found: dict[str, Any]

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Kept here for the caller."""
        self.found = context
        return HttpResponse()
