"""Small words for the OpenAPI description of views."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from api.http import query
from articles.choices import Stage
from articles.selectors.readers.claim_filters import FILTERS
from articles.selectors.readers.published import MAX_PAGE_SIZE, PAGE_SIZE

_WHAT: dict[str, tuple[Any, str]] = {
    "cursor": (OpenApiTypes.STR, "Where to go on: from `next` or `previous`. It holds for the same filters only."),
    "page_size": (
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
        "How many items a page holds.",
    ),
    "wait": (
        {"type": "integer", "minimum": 0, "maximum": query.MAX_WAIT, "default": 0},
        "How many seconds the answer may be held back when there is nothing new yet.",
    ),
    **{
        one.parameter: (OpenApiTypes.DATE if one.kind == "day" else OpenApiTypes.STR, one.description)
        for one in FILTERS
    },
    "fields": (
        OpenApiTypes.STR,
        "Only these fields of each item: `claim(id,text,url),verdict/rating/key`. A slash goes one level down, "
        "brackets hold several names, `*` is every name of a level. The answer is then no record to the byte.",
    ),
    "ids": (
        OpenApiTypes.STR,
        f"At most {MAX_PAGE_SIZE} ids, separated by commas. Those that are not public are left out.",
    ),
    "slug": (OpenApiTypes.STR, "The last part of the address of the readers' page: one item, or none."),
    "updated_since": (
        OpenApiTypes.STR,
        "Those with a record from this moment on: `2026-03-02T09:30:00Z`, or a day. To miss nothing, follow the change "
        "feed instead.",
    ),
    "order": (
        {"type": "string", "enum": list(query.ORDERS), "default": query.ORDERS[0]},
        "`best` with `q`: those first that fit the words best, among the newest 2,000 that have them all; pages then "
        "have no `previous`.",
    ),
    "stage": ({"type": "string", "enum": list(Stage.values)}, "Where the claim stands."),
    "assignee": (OpenApiTypes.STR, "Sign-in name of the person it is assigned to."),
}


#: What the desk's lists look rows up by. ``q`` means something else there than in the readers' search.
_LOOKUPS: dict[str, str] = {
    "url": "Rows at this address. Scheme, `www.`, tracking parameters and a last slash do not count.",
    "name": "Rows of exactly this name. Capitals, accents and repeated spaces do not count.",
    "q": "Rows that hold each of these words: in title, publisher and address; in name and role; in the statement.",
    "reference": "The row with this reference of your own: one, or none.",
}


def many(names: Mapping[str, query.Parser]) -> list[OpenApiParameter]:
    """The query parameters of a view. Others are refused, and so are repeated ones."""
    return [OpenApiParameter(name, type=_WHAT[name][0], description=_WHAT[name][1]) for name in names]


def narrowed(names: Mapping[str, query.Parser], *, kinds: list[str] | None = None) -> list[OpenApiParameter]:
    """The query parameters of a list of articles, sources or claimants, of which the latter two have ``kinds``."""
    own: dict[str, tuple[Any, str]] = {
        "q": (OpenApiTypes.STR, "Those that hold each of these words: in title, publisher, name, role or address."),
        "kind": ({"type": "string", "enum": kinds}, "Only of this kind."),
        "language": (OpenApiTypes.STR, "A language tag; capitals and the region do not count."),
    }
    return [OpenApiParameter(name, own[name][0], description=own[name][1]) for name in names if name in own] + many(
        {name: parser for name, parser in names.items() if name not in own}
    )


def looked_up(names: Mapping[str, query.Parser]) -> list[OpenApiParameter]:
    """The query parameters of a list of the desk."""
    found = [OpenApiParameter(name, str, description=_LOOKUPS[name]) for name in names if name in _LOOKUPS]
    return found + many({name: parser for name, parser in names.items() if name not in _LOOKUPS})


def ref(component: str, *, status: int = 200, text: str = "") -> dict[int, OpenApiResponse]:
    """An answer that is a component of ``api.openapi.components``."""
    return {status: OpenApiResponse({"$ref": f"#/components/schemas/{component}"}, text)}


def list_of(component: str) -> dict[int, OpenApiResponse]:
    """A page of a list of components."""
    return {200: OpenApiResponse(page_schema({"$ref": f"#/components/schemas/{component}"}))}


def page_schema(items: dict[str, Any]) -> dict[str, Any]:
    """What every list looks like."""
    neighbour = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["results", "next", "previous"],
        "properties": {"results": {"type": "array", "items": items}, "next": neighbour, "previous": neighbour},
    }


def page_of(shape: type[serializers.BaseSerializer[Any]]) -> Any:
    """A page of a list that a serializer describes."""
    neighbour = serializers.URLField(allow_null=True)
    fields = {"results": shape(many=True), "next": neighbour, "previous": serializers.URLField(allow_null=True)}
    return inline_serializer(f"{shape.__name__.removesuffix('Answer')}Page", fields=fields)
