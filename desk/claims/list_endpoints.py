"""Addresses for the script of the list: filters, what bulk changes offer, counts of views, quick look; and columns."""

from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from articles import rules
from articles.models import Claim, SavedView, Topic
from articles.selectors.claims import claim_list
from articles.selectors.claims.claim_filters import FILTERS, MOST_OPTIONS
from articles.selectors.collaboration import activity
from articles.selectors.log import record_content
from articles.services.claims import list_settings
from desk.claims import claim_json, list_cells
from desk.claims.list_page import STANDARD_VIEWS
from desk.claims.view_pages import back_to_list
from desk.http.dates import short_date
from desk.http.views import Endpoint, Page

#: So many saved views are counted; a newsroom that shares more finds them without a number.
_MOST_COUNTED: Final = 40


class FiltersEndpoint(Endpoint):
    """GET: every filter with the values it offers, and the value that the address gives it."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The filters."""
        filters = [
            {
                "key": one.key,
                "label": str(one.label),
                "is_typed": one.is_typed,
                "value": request.GET.get(one.key, ""),
                "options": [[value, str(name)] for value, name in one.options(request.user)],
            }
            for one in FILTERS
        ]
        return JsonResponse({"filters": filters})


class OptionsEndpoint(Endpoint):
    """GET: whom claims can be assigned to, and which topics there are."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The options. Who may not assign to others is offered no others."""
        user = request.user
        others = list(activity.colleagues()) if rules.may_assign(user, assignee=None) else []
        may = [one for one in others if rules.may_assign(user, assignee=one)]
        topics = Topic.objects.filter(merged_into=None).order_by("name").values_list("name", flat=True)
        return JsonResponse(
            {
                "people": [[str(one.pk), one.display_name()] for one in may],
                "topics": list(topics[:MOST_OPTIONS]),
            }
        )


class CountsEndpoint(Endpoint):
    """GET: how many claims each view has, by its key."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The counts; a number that is cut ends with a plus."""
        saved = list(SavedView.objects.of(request.user.pk)[:_MOST_COUNTED])
        views = [(key, asked) for key, _name, asked in STANDARD_VIEWS] + [(str(one.pk), one.query) for one in saved]
        read = [claim_list.read(asked, request.user) for _key, asked in views]
        numbers = zip(views, claim_list.counts(read), read, strict=True)
        counts = {key: number if number is not None else _searched(asked) for (key, _q), number, asked in numbers}
        most = claim_list.MOST_COUNTED
        return JsonResponse({"counts": {key: f"{n:,}" if n <= most else f"{most:,}+" for key, n in counts.items()}})


def _searched(asked: claim_list.Asked) -> int:
    return claim_list.page(asked).count


class QuickLook(Endpoint):
    """GET: one claim to read beside the list: statement, verdict, summary, evidence, what is missing, the next step."""

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=kwargs["object_id"])

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The claim."""
        claim: Claim = self.row
        verdict = record_content.current_verdict(claim)
        full = claim_json.full(claim, request.user)
        steps = [step for step in full["steps"] if step["is_ready"]]
        evidence = [
            {"title": one["source"]["title"], "stance": one["stance"], "label": one["stance_label"]}
            for one in full["evidence"]
        ]
        return JsonResponse(
            {
                "id": full["id"],
                "page": full["page"],
                "statement": claim.text,
                "language": claim.language,
                "stage": full["stage"],
                "rating": full["rating"],
                "summary": verdict.summary if verdict else "",
                "facts": _facts(claim),
                "evidence": evidence,
                "missing": [item["text"] for item in full["missing"]],
                "steps": [{"label": step["label"], "page": step["page"]} for step in steps],
            }
        )


def _facts(claim: Claim) -> list[list[str]]:
    """What is known of it, as pairs of a name and a value."""
    row = list_cells.Row(claim, None, [], None)
    pairs = [(name, list_cells.text(row, name)) for name in ("claimant", "topic", "assignee")]
    pairs.append(("due", short_date(claim.due_on)))
    return [[str(list_cells.LABELS[name]), value] for name, value in pairs if value]


class ColumnsPage(Page):
    """POST: the columns that this person chose; then back to the list."""

    model = Claim

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Keep them."""
        chosen = request.POST.getlist("column")
        list_settings.choose_columns(columns=["statement", *chosen], known=claim_list.COLUMNS, by=request.user)
        return back_to_list(request)
