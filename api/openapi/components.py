"""The schemas of what is served as stored bytes, written out: nothing else could describe them."""

from typing import Any

from api.openapi import meanings, pictures, record_words
from articles.attribution import Attribution
from articles.choices import (
    ClaimantKind,
    OriginKind,
    RecordKind,
    RelationKind,
    ReplyMeans,
    Severity,
    SourceKind,
    Tone,
)
from articles.evidence_fields import PUBLIC, EvidenceField, Kind
from articles.models.inexact_date import PATTERN
from lib.transparency import canonical_json

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "format": "uuid"}
URI: Schema = {"type": "string", "description": "An http(s) address; empty when there is none."}
DAY_GIVEN: Schema = {"type": "string", "format": "date"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
DATE: Schema = {
    "type": ["string", "null"],
    "pattern": PATTERN,
    "description": "A day, or a month or a year where no more is known (EDTF level 0).",
}
MOMENT: Schema = {"type": "string", "format": "date-time", "examples": ["2026-03-02T09:30:00Z"]}
NUMBER: Schema = {"type": "integer", "minimum": 1}


def _object(description: str = "", /, **properties: Schema) -> Schema:
    schema: Schema = {"type": "object", "required": list(properties), "properties": properties}
    return schema | ({"description": description} if description else {})


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _maybe(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def _one_of(words: Any) -> Schema:
    return {"type": "string", "enum": list(words.values)}


def _rating() -> dict[str, Schema]:
    return {
        "key": TEXT,
        "label": TEXT,
        "definition": TEXT,
        "value": {"type": ["integer", "null"], "description": "From worst to best; null when it measures nothing."},
        "best": NUMBER,
        "worst": NUMBER,
        "tone": _one_of(Tone),
    }


def _evidence() -> Schema:
    """A piece of evidence: the fields of ``articles.evidence_fields``, its source and its copy."""
    said = {field.name: _described(field) for field in PUBLIC}
    schema = _object(
        **{field.name: said.pop(field.name) for field in PUBLIC if field.in_every_record},
        source={"oneOf": [_ref("Source"), _ref("ConfidentialSource")]},
        archived=_maybe(_object(url=URI, sha256=TEXT, at=MOMENT)),
    )
    schema["properties"] |= said  # older records lack these keys
    return schema


def _described(field: EvidenceField) -> Schema:
    if field.choices:
        return _one_of(field.choices)
    return {Kind.DAY: DAY_GIVEN, Kind.ADDRESS: URI}.get(field.kind, TEXT)


_ARTICLE = {
    "id": ID,
    "slug": TEXT,
    "title": TEXT,
    "publisher": TEXT,
    "url": URI,
    "published_on": DATE,
    "language": TEXT,
    "authors": _list(TEXT),
}
_OTHER_CLAIM = _object(id=ID, slug=TEXT, url=TEXT, text=TEXT)
_CLAIM = _object(
    id=ID,
    slug=TEXT,
    url={"type": "string", "format": "uri"},
    text=TEXT,
    language=TEXT,
    claimed_on=DATE,
    claimant=_maybe(_ref("Claimant")) | {"description": "Null when nobody in particular is named."},
    topics=_list(TEXT),
)
_CLAIM["properties"]["origin"] = TEXT | {
    "description": "Where it was said, when no article is named. Not in retractions."
}
_CLAIM["properties"]["origin_kind"] = _one_of(OriginKind) | {
    "description": "What it was said in, when it was not an article. Left out when it was not given."
}
_CLAIM["properties"]["origin_url"] = TEXT | {
    "format": "uri",
    "description": "Where the origin can be seen. Left out when it was not given.",
}
_APPEARANCE = _object(
    article=_ref("Article"),
    quote=_object("A W3C TextQuoteSelector.", exact=TEXT, prefix=TEXT, suffix=TEXT),
    position=_object(
        "In code points of the article's text, end exclusive.",
        start={"type": "integer", "minimum": 0},
        end=NUMBER,
    ),
)
_APPEARANCE["properties"]["locator"] = TEXT | {
    "description": "The page (`p. 3`) or the time (`00:12:04`) of the passage. Left out for texts without "
    "pages or times.",
}
_RETRACTION = _object(at=MOMENT, note=TEXT)

RECORD = _object(
    "A publication, frozen. The bytes served are the bytes in the log: RFC 8785 canonical JSON. Fields may be added "
    "later; those here stay. A retraction keeps the statement and the note; verdict is null, lists are empty.",
    schema={"type": "string", "const": canonical_json.SCHEMA},
    seq=NUMBER | {"description": "Its number in the log, without gaps."},
    kind=_one_of(RecordKind),
    revision=NUMBER | {"description": "Counts the records of this claim."},
    claim=_CLAIM,
    appearances=_list(_APPEARANCE),
    verdict=_maybe(_object(rating=_object(**_rating()), summary=TEXT, explanation_html=TEXT, checked_on=DAY)),
    evidence=_list(_evidence()),
    single_source_reason=TEXT,
    replies=_list(_object(asked=TEXT, asked_on=DAY, means=_one_of(ReplyMeans), answer=TEXT, answered_on=DAY)),
    relations=_list(_object(kind=_one_of(RelationKind), claim=_OTHER_CLAIM)),
    corrections=_list(_object("Oldest first.", at=MOMENT, severity=_one_of(Severity), note=TEXT)),
    retraction=_maybe(_RETRACTION),
    first_published_at=MOMENT,
    published_at=MOMENT,
    salt=TEXT | {"description": "Random, so that the record's hash cannot be guessed from its text."},
)

_RETRACTION["properties"]["attribution"] = _one_of(Attribution) | {
    "description": "Whether it is still said who made the claim, where and in which words: `withdrawn` or `kept`. "
    "Left out in retractions from before there was this key; read them as `withdrawn`."
}
RECORD["properties"]["translation_of"] = _object(
    "Of a translation alone: the claim it says in another language, and which revision of that.",
    id=ID,
    slug=TEXT,
    url={"type": "string", "format": "uri"},
    text=TEXT,
    language=TEXT,
    revision=NUMBER,
)

RECORD["properties"]["imported"] = _object(
    "Of a claim from an archive alone: the earlier site, the address of the check there, and the day on which it was "
    "published there.",
    **{"from": TEXT, "url": _maybe(URI), "first_published_at": DAY},
)

RECORD["properties"]["recheck_on"] = {
    "type": "string",
    "format": "date",
    "description": "The day, later than the publication, on which the claim is due to be checked again. Left out when "
    "none was named, and in retractions.",
}

RECORD["properties"] |= {"lead_image": pictures.LEAD_IMAGE, **record_words.KEYS}

_PASSAGE = _object(
    exact=TEXT,
    start={"type": "integer", "minimum": 0, "description": "In code points of the article's text."},
    claim=_object(
        id=ID,
        slug=TEXT,
        url={"type": "string", "format": "uri"},
        text=TEXT,
        language=TEXT,
        revision=NUMBER,
        retracted={"type": "boolean"},
        rating=_maybe(_object(key=TEXT, label=TEXT, tone=_one_of(Tone))),
        summary=TEXT,
    ),
)
_FIELD_ERROR = _object(
    attr=TEXT | {"description": "The field or parameter at fault; empty when it is the whole."}, code=TEXT, detail=TEXT
)

_FIELD_ERROR["properties"]["pointer"] = TEXT | {
    "description": "JSON pointer into the body, where an import is refused."
}

PROBLEM = _object(
    "RFC 9457. `code` is stable. With several fields at fault it is `validation_error`, and each error has its own.",
    type={"type": "string", "const": "about:blank"},
    title=TEXT,
    status={"type": "integer"},
    detail=TEXT,
    instance=TEXT,
    code=TEXT,
)
PROBLEM["properties"] |= {
    "errors": _list(_FIELD_ERROR),
    "stage": TEXT | {"description": "With `wrong_stage`: the stage the claim is in."},
    "existing": ID | {"description": "With `reference_taken`: the row that has this reference."},
    "positions": _list({"type": "integer"}) | {"description": "With `quote_ambiguous`: where the quote stands."},
    "epoch": ID | {"description": "With `epoch_ended`: the one in force."},
    "snapshot": TEXT | {"format": "uri", "description": "With `epoch_ended`: where to start again."},
}
PROBLEM["examples"] = [
    {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "You cannot approve this: you wrote the claim. Somebody else has to look at it.",
        "instance": "/api/v1/desk/claims/0193a5e0-0000-7000-8000-0000000000c4/actions/approve/",
        "code": "guards_unmet",
        "errors": [
            {
                "attr": "",
                "code": "second_person",
                "detail": "You cannot approve this: you wrote the claim. Somebody else has to look at it.",
            }
        ],
    }
]

_NEIGHBOUR: Schema = {"type": ["string", "null"], "format": "uri"}

_BY_LANGUAGE: Schema = {
    "type": "object",
    "additionalProperties": TEXT,
    "description": "By language, as far as there is a translation. Records have the words that were given.",
}

_COMPONENTS: dict[str, Schema] = {
    "Record": RECORD,
    "Article": _object(**_ARTICLE),
    "ArticleWithPassages": _object(**_ARTICLE, passages=_list(_PASSAGE)),
    "Claimant": _object(id=ID, slug=TEXT, name=TEXT, kind=_one_of(ClaimantKind), role=TEXT, same_as=_list(TEXT)),
    "Source": _object(
        id=ID,
        slug=TEXT,
        title=TEXT,
        publisher=TEXT,
        url=URI,
        kind=_one_of(SourceKind),
        primary={"type": "boolean"},
        published_on=DATE,
        interest=TEXT,
    ),
    # Not `const: true`: generated clients compare the value with the text "true". The required keys tell the two apart.
    "ConfidentialSource": _object(
        "A source whose name is kept back.",
        confidential={"type": "boolean", "description": "Always true."},
        description=TEXT | {"description": "What readers may know of it."},
    ),
    "LinkedData": {
        "type": "object",
        "required": ["@context", "@type", "url"],
        "properties": {"@context": TEXT, "@type": TEXT, "url": {"type": "string", "format": "uri"}},
        "description": "A ClaimReview of schema.org; of a retracted claim, a CreativeWork whose "
        "`creativeWorkStatus` is `Retracted`.",
    },
    "VerdictRating": _object(**_rating()),
    "RatingEdition": _object(
        **_rating(),
        labels=_BY_LANGUAGE,
        definitions=_BY_LANGUAGE,
        edition=NUMBER,
        introduced_on=DAY,
        retired_on=DAY,
    ),
    "Changes": _object(
        results=_list(_ref("Record")),
        next=_NEIGHBOUR,
        previous=_NEIGHBOUR,
        next_cursor=TEXT | {"description": "Goes on after the last record here, now or later."},
        has_more={"type": "boolean"},
        head_seq={"type": "integer", "minimum": 0, "description": "The number of the newest record."},
        epoch=ID | {"description": "Another one after a restore."},
    ),
    "Problem": PROBLEM,
}

COMPONENTS: dict[str, Schema] = meanings.explained(_COMPONENTS)
