"""The cells of the list of claims: what each column shows, on one line and in little HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.choices import Stage
from articles.models import Article, Claim
from articles.selectors.claims import desk_search, excerpts
from articles.selectors.claims.excerpts import Piece
from desk.http import badges
from desk.http.dates import short_date
from desk.http.views import address_of

LABELS: Final[dict[str, Any]] = {
    "statement": gettext_lazy("Claim"),
    "claimant": gettext_lazy("Claimant"),
    "article": gettext_lazy("Article"),
    "publisher": gettext_lazy("Publisher"),
    "rating": gettext_lazy("Rating"),
    "stage": gettext_lazy("Stage"),
    "topic": gettext_lazy("Topics"),
    "assignee": gettext_lazy("Assigned to"),
    "due": gettext_lazy("Due"),
    "age": gettext_lazy("Age"),
    "updated": gettext_lazy("Updated"),
}
#: A row is one line: more characters than this are never in view, and would make the page heavy.
_LONGEST: Final = 160
_LONGEST_NAME: Final = 40
#: Heads of narrow columns.
SHORT_LABELS: Final[dict[str, Any]] = {"assignee": gettext_lazy("Who")}
#: Columns that give way on a narrow screen.
ROOMY: Final = frozenset({"claimant", "article", "publisher", "topic", "age", "updated"})


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with what its cells need besides."""

    claim: Any
    article: Article | None
    words: list[str]
    reason: desk_search.Reason | None


def cells(row: Row, columns: list[str]) -> SafeString:
    """The cells of these columns, one after the other."""
    return mark_safe("".join(_CELLS[name](row) for name in columns))  # noqa: S308 - each cell is made by format_html


def text(row: Row, column: str) -> str:
    """The cell as a text, for a table outside of the browser."""
    return _TEXTS[column](row)


# --- Cells --------------------------------------------------------------------------------------------
def _statement(row: Row) -> SafeString:
    text = Truncator(row.claim.text).chars(_LONGEST)
    shown = _marked(excerpts.pieces(text, row.words)) if row.words else conditional_escape(text)
    link = format_html('<a href="{}">{}</a>', address_of(row.claim), shown)
    if row.reason is None or row.reason.key == "statement":
        return format_html('<td dir="auto">{}</td>', link)
    found = _marked(excerpts.excerpt(row.reason.text, row.words))
    return format_html(
        '<td class="f"><div>{}<small><b>{}:</b> <bdi>{}</bdi></small></div></td>', link, row.reason.label, found
    )


def _marked(found: list[Piece]) -> SafeString:
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", w) if is_hit else w,) for w, is_hit in found))


def _name(value: str, *, roomy: str = "r") -> SafeString:
    if not value:
        return format_html('<td class="q {}">–</td>', roomy)
    shown = Truncator(value).chars(_LONGEST_NAME)
    return format_html('<td class="{}" title="{}" dir="auto">{}</td>', roomy, value, shown)


def _rating(row: Row) -> SafeString:
    return format_html("<td>{}</td>", badges.rating(row.claim.rating_label, row.claim.rating_tone))


def _stage(row: Row) -> SafeString:
    return format_html("<td>{}</td>", badges.stage(row.claim.stage))


def _assignee(row: Row) -> SafeString:
    if row.claim.assignee is None:
        return mark_safe('<td class="q">–</td>')
    name = row.claim.assignee.display_name()
    return format_html(
        '<td title="{}"><span class="desk-initials" aria-hidden="true">{}</span>'
        '<span class="desk-hidden">{}</span></td>',
        name,
        initials(name),
        name,
    )


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts[:1])).upper()


def _due(row: Row) -> SafeString:
    day = row.claim.due_on
    if day is None:
        return mark_safe('<td class="q">–</td>')
    late = rules.is_editable(row.claim) and day < timezone.localdate()
    if not late:
        return format_html("<td><bdi>{}</bdi></td>", short_date(day))
    return format_html(
        '<td class="desk-late"><bdi>{}</bdi><span class="desk-hidden"> {}</span></td>', short_date(day), _("overdue")
    )


def _age(row: Row) -> SafeString:
    return format_html('<td class="q r">{}</td>', age(row.claim.created_at))


def age(since: datetime) -> str:
    """How long ago that was, in one unit: hours in the first two days, then days, years from two years on."""
    hours = int((timezone.now() - since).total_seconds() // 3600)
    if hours < 48:
        return _("%(n)s h") % {"n": max(hours, 0)}
    days = hours // 24
    return _("%(n)s d") % {"n": days} if days < 2 * 365 else _("%(n)s y") % {"n": days // 365}


def _updated(row: Row) -> SafeString:
    return format_html('<td class="q r"><bdi>{}</bdi></td>', short_date(row.claim.updated_at))


_CELLS: Final[dict[str, Callable[[Row], SafeString]]] = {
    "statement": _statement,
    "claimant": lambda row: _name(_claimant(row.claim)),
    "article": lambda row: _name(row.article.title if row.article else ""),
    "publisher": lambda row: _name(row.article.publisher if row.article else ""),
    "rating": _rating,
    "stage": _stage,
    "topic": lambda row: _name(", ".join(row.claim.topics)),
    "assignee": _assignee,
    "due": _due,
    "age": _age,
    "updated": _updated,
}


# --- Texts --------------------------------------------------------------------------------------------
def _claimant(claim: Claim) -> str:
    if claim.claimant:
        return claim.claimant.name
    return _("Unattributed") if claim.is_unattributed else ""


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if value else ""


_TEXTS: Final[dict[str, Callable[[Row], str]]] = {
    "statement": lambda row: row.claim.text,
    "claimant": lambda row: _claimant(row.claim),
    "article": lambda row: row.article.title if row.article else "",
    "publisher": lambda row: row.article.publisher if row.article else "",
    "rating": lambda row: row.claim.rating_label or "",
    "stage": lambda row: str(Stage(row.claim.stage).label),
    "topic": lambda row: ", ".join(row.claim.topics),
    "assignee": lambda row: row.claim.assignee.display_name() if row.claim.assignee else "",
    "due": lambda row: _day(row.claim.due_on),
    "age": lambda row: _day(row.claim.created_at),
    "updated": lambda row: _day(row.claim.updated_at),
}
