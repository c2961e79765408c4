"""What is there already: rows with this address, name or reference, or with these words."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from articles import folding
from articles.models import Claimant
from lib import webaddress

Row = TypeVar("Row", bound=Model)
#: More words than this are not looked for.
MAX_WORDS = 8
#: The columns in which words are looked for.
WORDS_IN = {
    "article": ("title", "publisher", "url"),
    "source": ("title", "publisher", "url"),
    "claim": ("text",),
    "claimant": ("name", "role"),
}


def narrow(rows: QuerySet[Row], *, url: str = "", name: str = "", q: str = "", reference: str = "") -> QuerySet[Row]:
    """The rows that fit everything that is given; an empty value is not looked at."""
    if reference:
        rows = rows.filter(reference=reference)
    if url:
        rows = rows.filter(pk__in=_at(rows, url))
    if name:
        rows = rows.filter(pk__in=claimants_named(name))
    columns = WORDS_IN[str(rows.model._meta.model_name)]
    if q and rows.model is Claimant:
        return rows.filter(pk__in=_claimants_with(q))
    for word in q.split()[:MAX_WORDS]:
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    return rows


def claimants_named(name: str) -> list[Any]:
    """The ids of claimants of this name; capitals, accents and blanks do not count. Oldest first."""
    wanted = _folded(name)
    names = Claimant.objects.order_by("created_at", "pk").values_list("pk", "name")
    return [pk for pk, known in names if _folded(known) == wanted]


def _at(rows: QuerySet[Any], url: str) -> list[Any]:
    """The ids of rows at an address, also under a spelling that leads to the same page."""
    wanted, host = webaddress.normalized(url), webaddress.site_of(url)
    likely = rows.filter(url__icontains=host) if host else rows.filter(url=url)
    return [pk for pk, known in likely.values_list("pk", "url") if webaddress.normalized(known) == wanted]


def _claimants_with(typed: str) -> list[Any]:
    words = [folding.fold(word) for word in typed.split()[:MAX_WORDS]]
    rows = Claimant.objects.values_list("pk", "name", "role")
    return [pk for pk, *texts in rows if all(word in folding.fold(" ".join(texts)) for word in words)]


def _folded(name: str) -> str:
    return " ".join(folding.fold(name).split())
