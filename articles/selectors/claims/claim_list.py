"""The list of claims: what an address asks for, one page of it, its columns, and counts of other views."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import gettext as _

from accounts.models import User
from articles.choices import Stage
from articles.models import Appearance, Article, Claim, ListColumns, Verdict
from articles.selectors import admin_lists
from articles.selectors.claims import desk_search
from articles.selectors.claims.claim_filters import BY_KEY
from articles.selectors.claims.filter_conditions import OPEN, Applied

PAGE_SIZE: Final = 50
#: Nobody turns more pages than this; filters and search lead further.
MOST_PAGES: Final = 200
#: Counting stops here: a number that nobody reads would cost more the more claims there are.
MOST_COUNTED: Final = 1_000
COLUMNS: Final = (
    *("statement", "claimant", "article", "publisher", "rating", "stage", "topic"),
    *("assignee", "due", "age", "updated"),
)
STANDARD_COLUMNS: Final = ("statement", "claimant", "article", "rating", "stage", "assignee", "due", "age")
NEWEST: Final = "-updated"
#: The parameters of an address that are no filters.
OTHER_PARAMETERS: Final = frozenset({"q", "sort", "page", "view"})
_MOST_TYPED: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the list asks for. ``ignored`` says in words what of it means nothing (any more)."""

    values: dict[str, str] = field(default_factory=dict)
    applied: dict[str, Applied] = field(default_factory=dict)
    q: str = ""
    sort: str = ""
    page: int = 1
    ignored: list[str] = field(default_factory=list)

    def query(self) -> dict[str, str]:
        """The parameters of an address that asks for the same, from its first page on."""
        rest = {"q": self.q, "sort": self.sort}
        return {**self.values, **{name: value for name, value in rest.items() if value}}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list. ``count`` stops at ``MOST_COUNTED``; ``reasons`` is where a search found each claim."""

    rows: list[Any]
    count: int
    has_next: bool
    articles: dict[UUID, Article]
    found: desk_search.Found | None = None
    reasons: dict[UUID, desk_search.Reason] = field(default_factory=dict)


def read(parameters: Mapping[str, str], user: User) -> Asked:
    """What the parameters of an address ask for; with no filter and no search, the open claims."""
    values: dict[str, str] = {}
    applied: dict[str, Applied] = {}
    ignored = []
    for key in parameters:
        value = parameters[key].replace("\x00", "").strip()
        if key in OTHER_PARAMETERS or not value:
            continue
        known = BY_KEY[key].read(value, user) if key in BY_KEY and len(value) <= _MOST_TYPED else None
        if known is None:
            ignored.append(_not_there(key, value))
        else:
            values[key], applied[key] = value, known
    q = " ".join(parameters.get("q", "").replace("\x00", " ").split())
    if len(q) > desk_search.MAX_QUERY:
        ignored.append(_("The search is longer than %(n)s characters: the rest of it.") % {"n": desk_search.MAX_QUERY})
        q = q[: desk_search.MAX_QUERY]
    if not values and not q and not ignored:
        values["stage"], applied["stage"] = "open", OPEN
    sort = parameters.get("sort", "")
    if sort.removeprefix("-") not in COLUMNS:
        sort = ""
    return Asked(values, applied, q, sort, _page_number(parameters.get("page", "")), ignored)


def _not_there(key: str, value: str) -> str:
    label = BY_KEY[key].label if key in BY_KEY else key[:40]
    shown = value if len(value) <= 60 else value[:59] + "…"
    return _("%(filter)s “%(value)s” is not there (any more).") % {"filter": label, "value": shown}


def _page_number(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 5
    return min(max(int(value), 1), MOST_PAGES) if is_number else 1


def matching(asked: Asked) -> QuerySet[Claim]:
    """The claims that pass the filters, in no order. The search is not asked."""
    rows: QuerySet[Claim] = Claim.objects.order_by()
    for one in asked.applied.values():
        rows = one.narrow(rows)
    return rows.order_by()


def page(asked: Asked) -> Page:
    """One page: its claims with rating, claimant, assignee, the first article of each, and what a search found."""
    rows = matching(asked)
    found = desk_search.search(asked.q, among=rows) if asked.q else None
    if found is not None:
        rows = rows.filter(pk__in=found.ids)
    start = (asked.page - 1) * PAGE_SIZE
    if found is not None and not asked.sort:
        passing = set(rows.values_list("pk", flat=True))
        ids = [pk for pk in found.ids if pk in passing]
        count, ids = len(ids), ids[start : start + PAGE_SIZE + 1]
    else:
        count = _counts([rows])[0]
        ids = list(sorted_by(rows, asked.sort or NEWEST).values_list("pk", flat=True)[start : start + PAGE_SIZE + 1])
    has_next, ids = len(ids) > PAGE_SIZE and asked.page < MOST_PAGES, ids[:PAGE_SIZE]
    shown = {claim.pk: claim for claim in admin_lists.claims().filter(pk__in=ids)}
    why = desk_search.reasons(found.words, ids) if found is not None else {}
    return Page([shown[pk] for pk in ids if pk in shown], count, has_next, articles_of(ids), found, why)


def every_id(asked: Asked) -> list[UUID]:
    """The ids of all claims that the address asks for, in its order."""
    rows = matching(asked)
    if not asked.q:
        return list(sorted_by(rows, asked.sort or NEWEST).values_list("pk", flat=True))
    found = desk_search.search(asked.q, among=rows).ids
    rows = rows.filter(pk__in=found)
    if asked.sort:
        return list(sorted_by(rows, asked.sort).values_list("pk", flat=True))
    passing = set(rows.values_list("pk", flat=True))
    return [pk for pk in found if pk in passing]


def articles_of(claims: Sequence[UUID]) -> dict[UUID, Article]:
    """The article of each claim, by its first passage."""
    first = Appearance.objects.filter(claim__in=claims).order_by("claim_id", "pk").distinct("claim_id")
    rows = first.select_related("article_version__article").defer("article_version__body")
    return {row.claim_id: row.article_version.article for row in rows}


def sorted_by(rows: QuerySet[Claim], sort: str) -> QuerySet[Claim]:
    """The claims in the order of a column, downwards with a minus before it; empty cells come last."""
    key = _ORDER[sort.removeprefix("-")]()
    is_down = sort.startswith("-")
    if sort.removeprefix("-") == "age":  # the oldest was entered first
        is_down = not is_down
    if sort.removeprefix("-") in _NEVER_EMPTY:
        return rows.order_by(key.desc() if is_down else key.asc(), "pk")
    return rows.order_by(key.desc(nulls_last=True) if is_down else key.asc(nulls_last=True), "pk")


def _stage() -> Case:
    return Case(*(When(stage=value, then=Value(number)) for number, value in enumerate(Stage.values)))


def _rating() -> Subquery:
    newest = Verdict.objects.filter(claim=OuterRef("pk")).order_by("-id")
    return Subquery(newest.values("rating__position")[:1])


def _article(column: str) -> Any:
    def key() -> Subquery:
        first = Appearance.objects.filter(claim=OuterRef("pk")).order_by("pk").annotate(name=_article_name(column))
        return Subquery(first.values("name")[:1])

    return key


def _article_name(column: str) -> Any:
    return NullIf(Lower(f"article_version__article__{column}"), Value(""))


_NEVER_EMPTY: Final = ("age", "updated")
_ORDER: Final[dict[str, Any]] = {
    "statement": lambda: Lower("text"),
    "claimant": lambda: Lower("claimant__name"),
    "article": _article("title"),
    "publisher": _article("publisher"),
    "rating": _rating,
    "stage": _stage,
    "topic": lambda: Lower("topics__0"),
    "assignee": lambda: Lower(Coalesce(NullIf("assignee__first_name", Value("")), "assignee__username")),
    "due": lambda: F("due_on"),
    "age": lambda: F("created_at"),
    "updated": lambda: F("updated_at"),
}


# --- Counts -------------------------------------------------------------------------------------------
def counts(views: Iterable[Asked]) -> list[int | None]:
    """How many claims each of these has, at most ``MOST_COUNTED``, in one statement; ``None`` for one that searches."""
    asked = list(views)
    numbers = iter(_counts([matching(one) for one in asked if not one.q]))
    return [None if one.q else next(numbers) for one in asked]


def _counts(querysets: Sequence[QuerySet[Claim]]) -> list[int]:
    if not querysets:
        return []
    parts, params = [], list[Any]()
    for number, rows in enumerate(querysets):
        sql, given = rows.values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS v{number})")  # noqa: S608
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone() or ())


# --- Columns ------------------------------------------------------------------------------------------
def columns_of(user: User) -> list[str]:
    """The columns that this person chose, in the order of the list; the standard ones before a choice."""
    chosen = ListColumns.objects.filter(user=user).values_list("columns", flat=True).first()
    return [name for name in COLUMNS if name in (chosen or STANDARD_COLUMNS) or name == "statement"]
