"""The answer to "have you checked this?" in the OpenAPI document."""

from typing import Any, Final

from articles.models.inexact_date import PATTERN

Schema = dict[str, Any]
TEXT: Final[Schema] = {"type": "string"}


def _object(description: str = "", /, **properties: Schema) -> Schema:
    schema: Schema = {"type": "object", "required": list(properties), "properties": properties}
    return schema | ({"description": description} if description else {})


def _list(items: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"description": description} if description else {})


_MATCH: Final = _object(
    "A claim that was checked, and why it was found.",
    claim=_object(
        id=TEXT | {"format": "uuid"},
        slug=TEXT,
        url=TEXT | {"format": "uri", "description": "The claim's page, for readers."},
        text=TEXT,
        language=TEXT,
        claimant={"type": ["string", "null"], "description": "Null when nobody in particular is named."},
        claimed_on={"type": ["string", "null"], "pattern": PATTERN},
    ),
    verdict=_object(
        rating={"$ref": "#/components/schemas/VerdictRating"},
        summary=TEXT,
        checked_on={"type": ["string", "null"], "format": "date"},
    ),
    revision={"type": "integer", "minimum": 1},
    published_at=TEXT | {"format": "date-time"},
    strength={"type": "string", "enum": ["same", "related"], "description": "The group that this match is in."},
    score={"type": "number", "description": "The order of one answer. Scores of two answers cannot be compared."},
    confidence={
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "description": "How sure it is that the claim says the same. It can be compared between answers.",
    },
    why=_object(
        words=_list(TEXT, "Words that the claim and the text have in common, in the order of the claim."),
        figures=_list(TEXT, "Those of them that are figures."),
        is_same_claimant={"type": "boolean"},
    ),
)
_MATCHES: Final = {"$ref": "#/components/schemas/Match"}
_ANSWER: Final = _object(
    same=_list(_MATCHES, "Probably the same claim, best first. Read it before you pass the verdict on."),
    related=_list(_MATCHES, "About the same subject, best first. These do not answer the question."),
    address_of={
        "type": ["string", "null"],
        "enum": ["page", "article", "source", None],
        "description": "With `url`: whether it is one of our pages, an article or a post in which the claims were "
        "made, or a source of the checks. Null when it is not known here, and with `text`.",
    },
)
COMPONENTS: Final = {
    "Match": _MATCH,
    "MatchAnswer": _ANSWER,
    "MatchAnswers": _object(
        answers=_list({"$ref": "#/components/schemas/MatchAnswer"}, "In the order of the questions.")
    ),
}
