"""The Google-shaped search in the OpenAPI document: its answer, its errors and what it takes."""

from collections.abc import Callable
from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from articles.selectors.readers.best_matches import MAX_QUERY
from articles.selectors.readers.published import MAX_PAGE_SIZE

PREFIX: Final = "/v1alpha1/"

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_MOMENT: Final[dict[str, Any]] = {"type": "string", "format": "date-time"}


def _object(required: tuple[str, ...] = (), **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


_REVIEW: Final = _object(
    publisher=_object(
        name=_TEXT | {"description": "This newsroom."}, site=_TEXT | {"description": "Its host, without `www.`."}
    ),
    url=_TEXT | {"format": "uri", "description": "The claim's page."},
    title=_TEXT,
    reviewDate=_MOMENT | {"description": "When the newest record of the claim was published."},
    textualRating=_TEXT,
    languageCode=_TEXT,
)
_CLAIM: Final = _object(
    text=_TEXT,
    claimant=_TEXT | {"description": "Left out when nobody in particular is named."},
    claimDate=_MOMENT | {"description": "The day it was made, at midnight UTC. Left out when it is not known."},
    claimReview={"type": "array", "items": _REVIEW},
)
_SEARCH: Final = _object(
    claims={"type": "array", "items": _CLAIM, "description": "Left out when nothing was found."},
    nextPageToken=_TEXT | {"description": "Left out on the last page."},
)
_ERROR: Final = _object(
    ("error",),
    error=_object(
        ("code", "message", "status"),
        code={"type": "integer"},
        message=_TEXT,
        status=_TEXT | {"description": "The name of a google.rpc.Code."},
        details={
            "type": "array",
            "items": {"type": "object", "properties": {"@type": _TEXT}, "additionalProperties": True},
            "description": "An ErrorInfo with a stable `reason`, and a BadRequest that names each parameter at fault.",
        },
    ),
)
COMPONENTS: Final = {"FactCheckedClaims": _SEARCH, "GoogleError": _ERROR}


def _names(schema: dict[str, Any]) -> dict[str, Any]:
    schema = schema.get("items", schema)
    return {name: _names(below) for name, below in schema.get("properties", {}).items()}


#: The names in an answer, for field masks.
ANSWER: Final[dict[str, Any]] = _names(_SEARCH)


def _number(maximum: int = 2**31 - 1, default: int = 0) -> dict[str, Any]:
    return {"type": "integer", "format": "int32", "minimum": 0, "maximum": maximum, "default": default}


PARAMETERS: Final = [
    OpenApiParameter(name, type=schema, description=text)
    for name, schema, text in (
        (
            "query",
            {"type": "string", "maxLength": MAX_QUERY},
            "Words, all of which have to be there; quotes, OR and - work. Or `reviewPublisherSiteFilter` is needed.",
        ),
        ("languageCode", OpenApiTypes.STR, "BCP-47 tag of the claims' language; the region is ignored."),
        ("reviewPublisherSiteFilter", OpenApiTypes.STR, "A host. Ours, or one that ours is below, leaves every claim."),
        ("maxAgeDays", _number(), "Made, or published last, at most so many days ago. 0: of any age."),
        ("pageSize", _number(default=10), f"How many claims a page holds; at most {MAX_PAGE_SIZE} are given."),
        ("pageToken", OpenApiTypes.STR, "`nextPageToken` of the page before; the search has to be the same."),
        ("offset", _number(10_000), "So many results are left out. Not looked at beside `pageToken`."),
        ("fields", OpenApiTypes.STR, "A partial answer, as in `claims(text,claimReview/url),nextPageToken`."),
        ("prettyPrint", {"type": "boolean", "default": True}, "Whether the answer is indented."),
        ("alt", {"type": "string", "enum": ["json"]}, "The form of the answer."),
        (
            "key",
            OpenApiTypes.STR,
            "Ignored: no key is needed. One of **our** keys is refused here, as in every address; send it as "
            "`Authorization: Bearer fcp_…`.",
        ),
        ("quotaUser", OpenApiTypes.STR, "Ignored."),
        ("uploadType", OpenApiTypes.STR, "Ignored."),
        ("upload_protocol", OpenApiTypes.STR, "Ignored."),
        ("$.xgafv", OpenApiTypes.STR, "Ignored."),
    )
]


def complete(operation: dict[str, Any], problem: Callable[[str], dict[str, Any]]) -> None:
    """Add to ``operation`` its errors, in Google's shape."""
    for status in ("400", "401", "403", "406", "429"):
        answer = problem(status)
        answer["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/GoogleError"}}}
        operation["responses"][status] = answer
