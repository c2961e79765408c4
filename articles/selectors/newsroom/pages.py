"""Pages about the newsroom, for the desk: what is written, what readers see of it, and what is missing."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from articles.choices import PageKey
from articles.models import Page, PageRevision


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that readers do not have, and how far it has come."""

    key: PageKey
    draft: Page | None


def for_the_desk() -> QuerySet[Page]:
    """Every page with what readers see: ``public_title``, ``public_body`` and ``public_at``, None for never."""
    newest = PageRevision.objects.filter(key=OuterRef("key"), language=OuterRef("language")).order_by("-number")
    return Page.objects.select_related("published_by").annotate(
        public_title=Subquery(newest.values("title")[:1]),
        public_body=Subquery(newest.values("body_html")[:1]),
        public_at=Subquery(newest.values("published_at")[:1]),
    )


def missing() -> list[Missing]:
    """The pages that readers have in no language."""
    rows = list(for_the_desk().defer("body_html"))
    there = {row.key for row in rows if row.public_body}  # type: ignore[attr-defined]
    drafts = {row.key: row for row in reversed(rows)}
    return [Missing(PageKey(key), drafts.get(key)) for key in PageKey.values if key not in there]
