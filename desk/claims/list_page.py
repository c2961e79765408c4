"""The list of claims: a dense table with filters, search, saved views and chosen columns."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles import rules
from articles.models import Claim, SavedView
from articles.selectors.claims import claim_list
from articles.selectors.claims.claim_filters import BY_KEY
from articles.selectors.claims.claim_list import Asked
from desk.claims import list_cells, list_words
from desk.http.views import Page

#: The views that everybody has: a name for addresses, a name for people, and what they ask for.
STANDARD_VIEWS: Final = (
    ("open", pgettext_lazy("claims", "Open"), {"stage": "open"}),
    ("mine", gettext_lazy("Mine"), {"assignee": "me", "stage": "open"}),
    ("review", gettext_lazy("To review"), {"stage": "review"}),
    ("due", gettext_lazy("Due this week"), {"overdue": "week"}),
    ("all", gettext_lazy("Everything"), {"stage": "all"}),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One view in the row of views. ``key`` is what its count is asked by."""

    key: str
    name: Any
    address: str
    is_current: bool
    view: SavedView | None = None
    shared_by: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, and the address without it."""

    label: Any
    value: Any
    without: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name, the address that sorts by it, and how the list is sorted by it now."""

    key: str
    label: Any
    address: str
    sorted: str
    is_roomy: bool


class ListPage(Page):
    """GET: the list that the address asks for. What of it means nothing any more is said above the table."""

    model = Claim
    template_name = "desk/claims/list.html"

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        page = claim_list.page(self.asked)
        columns = claim_list.columns_of(request.user)
        words = page.found.words if page.found else []
        rows = [
            list_cells.Row(claim, page.articles.get(claim.pk), words, page.reasons.get(claim.pk)) for claim in page.rows
        ]
        return self.show(
            title=_("Claims"),
            tabs=self._tabs(),
            chips=self._chips(),
            heads=[self._head(name) for name in columns],
            rows=[(row.claim, list_cells.cells(row, columns)) for row in rows],
            asked=self.asked,
            hidden=[(name, value) for name, value in self.asked.query().items() if name != "q"],
            notes=self._notes(page),
            count=_count(page.count),
            span=self._span(len(rows)),
            older=self._address(page=self.asked.page + 1) if page.has_next else "",
            newer=self._address(page=self.asked.page - 1) if self.asked.page > 1 else "",
            export=reverse("admin:articles_claim_export") + "?" + urlencode(self.asked.query()),
            everything="?stage=all",
            wider=self._wider(),
            columns=[(name, list_cells.LABELS[name], name in columns) for name in claim_list.COLUMNS],
            own_view=self._own_view,
            settings=list_words.settings(request.user, self.asked),
            may_edit=rules.may_edit_claims(request.user),
            may_add=request.user.has_perm("articles.add_claim"),
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """An act of the admin site's own list."""
        answer: HttpResponse = admin.site._registry[Claim].changelist_view(request)
        return answer

    @cached_property
    def asked(self) -> Asked:
        """What the address asks for."""
        return claim_list.read(self.request.GET.dict(), self.request.user)  # type: ignore[arg-type]

    def _wider(self) -> str:
        """The same words among all claims; empty where nothing is searched, or all claims are."""
        is_narrow = any(item != ("stage", "all") for item in self.asked.values.items())
        return "?" + urlencode({"stage": "all", "q": self.asked.q}) if self.asked.q and is_narrow else ""

    def _address(self, **changes: Any) -> str:
        """The address of this list with some parameters changed; those without a value are left out."""
        query: dict[str, Any] = self.asked.query() | changes
        if self._own_view or self.request.GET.get("view"):
            query["view"] = self.request.GET.get("view", "")
        query = {name: value for name, value in query.items() if value}
        if not query.keys() - {"sort", "view", "page"}:
            query["stage"] = "all"
        return "?" + urlencode(query)

    # --- What stands above the table ----------------------------------------------------------------
    @cached_property
    def _views(self) -> list[SavedView]:
        user: Any = self.request.user
        return list(SavedView.objects.of(user.pk).select_related("owner"))

    @cached_property
    def _own_view(self) -> SavedView | None:
        """The view of one's own that was opened."""
        opened = self.request.GET.get("view", "")
        own = (view for view in self._views if view.owner_id == self.request.user.pk)
        return next((view for view in own if str(view.pk) == opened), None)

    def _tabs(self) -> list[Tab]:
        opened, query = self.request.GET.get("view", ""), self.asked.query()
        standard = [
            Tab(key, name, "?" + urlencode(asked), not opened and query == asked) for key, name, asked in STANDARD_VIEWS
        ]
        saved = [
            Tab(
                str(view.pk),
                view.name,
                "?" + urlencode({**view.query, "view": view.pk}),
                opened == str(view.pk),
                view,
                view.owner.display_name() if view.is_shared else "",
            )
            for view in self._views
        ]
        return [*standard[:-1], *saved, standard[-1]]

    def _chips(self) -> list[Chip]:
        applied = self.asked.applied.items()
        chips = [Chip(BY_KEY[key].label, one.label, self._address(**{key: ""})) for key, one in applied]
        if self.asked.q:
            chips.append(Chip(_("Search"), f"“{self.asked.q}”", self._address(q="")))
        return [chip for chip in chips if self.asked.values != {"stage": "all"} or chip.label != BY_KEY["stage"].label]

    def _head(self, name: str) -> Head:
        now = self.asked.sort or ("" if self.asked.q else claim_list.NEWEST)
        is_up, is_down = now == name, now == f"-{name}"
        how = "ascending" if is_up else "descending" if is_down else ""
        address = self._address(sort=f"-{name}" if is_up else name)
        label = list_cells.SHORT_LABELS.get(name, list_cells.LABELS[name])
        return Head(name, label, address, how, name in list_cells.ROOMY)

    def _notes(self, page: claim_list.Page) -> list[str]:
        notes = [_("Ignored: %(what)s") % {"what": what} for what in self.asked.ignored]
        found = page.found
        if found is None:
            return notes
        if found.unread:
            notes.append(_("Words that were not looked for: %(words)s.") % {"words": " ".join(found.unread[:20])[:200]})
        if found.is_partial:
            notes.append(_("These words are in very many claims, and not all are shown. Add a rarer word or a filter."))
        elif found.is_cut:
            notes.append(_("More claims match than are shown. Add a word."))
        return notes

    def _span(self, count: int) -> str:
        start = (self.asked.page - 1) * claim_list.PAGE_SIZE
        return f"{start + 1}–{start + count}" if count else ""


def _count(number: int) -> str:
    if number > claim_list.MOST_COUNTED:
        return _("more than %(n)s claims") % {"n": f"{claim_list.MOST_COUNTED:,}"}
    return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}
