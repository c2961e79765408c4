"""The command palette's address: what a few typed words lead to, as small JSON."""

from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.choices import Stage
from articles.selectors import palette
from articles.selectors.palette import Hit
from desk.http.views import Endpoint
from desk.palette import commands

#: So many commands are shown below what was found; all of them before anything is typed.
_COMMANDS: Final = 6
_ADDRESSES: Final = {
    "claim": "admin:articles_claim_change",
    "article": "admin:articles_article_desk",
    "claimant": "admin:articles_claimant_change",
    "source": "admin:articles_source_change",
    "topic": "admin:articles_topic_change",
    "person": "admin:accounts_user_change",
}


class PaletteEndpoint(Endpoint):
    """GET: groups of entries for ``q``; ``>`` before it asks for commands alone, ``@`` for people."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The entries."""
        typed = request.GET.get("q", "")[: palette.MAX_TYPED].strip()
        only = typed[:1] if typed[:1] in (">", "@") else ""
        typed = typed.removeprefix(only).strip()
        found = palette.find(typed, request.user) if only != ">" else []
        labels = {
            "claim": _("Claims"),
            "article": _("Articles"),
            "claimant": _("Claimants"),
            "source": _("Sources"),
            "topic": _("Topics"),
            "person": _("People"),
        }
        kinds = ("person",) if only == "@" else tuple(labels)
        groups = [
            {"label": labels[kind], "entries": [_entry(hit) for hit in found if hit.kind == kind]} for kind in kinds
        ]
        if only != "@":
            offered = commands.offered(typed, request.user)
            shown = offered[:_COMMANDS] if found else offered
            entries = [{"title": str(one.title), "detail": "", "address": one.address()} for one in shown]
            groups.append({"label": _("Actions"), "entries": entries})
        return JsonResponse({"groups": [group for group in groups if group["entries"]]})


def _group(label: str, hits: list[Hit]) -> dict[str, Any]:
    return {"label": label, "entries": [_entry(hit) for hit in hits]}


def _entry(hit: Hit) -> dict[str, str]:
    detail = str(Stage(hit.detail).label) if hit.kind == "claim" else hit.detail
    return {"title": hit.title, "detail": detail, "address": reverse(_ADDRESSES[hit.kind], args=[hit.pk])}
