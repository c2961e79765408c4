"""What programs narrow the lists of the read API by, in addition to the filters that readers have."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import PublishedClaim, PublishedEntity, Record

Entity = TypeVar("Entity", bound=PublishedEntity)
#: The names in an entity's document in which words are looked for.
_WORDS_IN = ("title", "publisher", "name", "role", "url")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is looked up; what is empty narrows nothing. ``kind``, ``language`` and ``q`` are of entities alone."""

    ids: tuple[UUID, ...] = ()
    slug: str = ""
    updated_since: datetime | None = None
    q: str = ""
    kind: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return self != Narrowing()

    @property
    def scope(self) -> list[Any]:
        """What a cursor of a list that is narrowed so is bound to."""
        return [[one.name, str(getattr(self, one.name))] for one in fields(self)] if self else []

    def of_claims(self, rows: QuerySet[PublishedClaim]) -> QuerySet[PublishedClaim]:
        """The claims that are looked up."""
        if self.ids:
            rows = rows.filter(claim_id__in=self.ids)
        if self.slug:
            rows = rows.filter(slug=self.slug)
        if self.updated_since:
            rows = rows.filter(published_at__gte=self.updated_since)
        return rows

    def of_entities(self, rows: QuerySet[Entity]) -> QuerySet[Entity]:
        """The articles, sources or claimants that are looked up."""
        if self.ids:
            rows = rows.filter(pk__in=self.ids)
        if self.slug:
            rows = rows.filter(slug=self.slug)
        if self.updated_since:
            newer = Record.objects.filter(seq=OuterRef("seq"), at__gte=self.updated_since)
            rows = rows.filter(Exists(newer))
        if self.kind:
            rows = rows.filter(document__kind=self.kind)
        if self.language:
            main = self.language.partition("-")[0]
            rows = rows.filter(Q(document__language__iexact=main) | Q(document__language__istartswith=f"{main}-"))
        for word in self.q.split():
            found = Q()
            for name in _WORDS_IN:
                found |= Q(**{f"document__{name}__icontains": word})
            rows = rows.filter(found)
        return rows


def from_parameters(given: dict[str, Any]) -> Narrowing:
    """What is looked up, from parameters that were parsed already. Other names are left out."""
    return Narrowing(**{one.name: given[one.name] for one in fields(Narrowing) if one.name in given})
