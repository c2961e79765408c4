"""What partners send and get back: submissions and the report of an import."""

from typing import Any, Final

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from api.http.fields import Choice, Flag, InexactDay, Words
from api.http.request_serializers import StrictSerializer
from articles.choices import ClaimantKind, PublicState
from articles.models import PublishedClaim
from articles.models.inexact_date import PATTERN
from articles.models.submission import MAX_TEXT, visible
from articles.selectors.submissions import PartnerView
from articles.services.submissions import Outcome

#: So many reviews go into one request.
MAX_ROWS: Final = 500
#: The columns of a submission by the names of the fields they are sent in.
FIELDS: Final = {
    "text": "claim",
    "claimant_name": "claimant.name",
    "claimant_kind": "claimant.kind",
    "claimant_url": "claimant.url",
    "appearance_url": "appearance.url",
    "appearance_title": "appearance.title",
    "appearance_publisher": "appearance.publisher",
    "appearance_published_on": "appearance.published_on",
    "quote": "appearance.quote",
}


def _words(limit: int, **options: Any) -> Words:
    return Words(max_length=limit, required=False, allow_blank=True, validators=[visible], **options)


class ClaimantSent(StrictSerializer):
    """Who said it."""

    name = Words(max_length=200, validators=[visible])
    kind = Choice(ClaimantKind.choices, required=False)
    url = _words(2000, help_text="Their own page, or one about them.")


class AppearanceSent(StrictSerializer):
    """Where it was said."""

    url = Words(max_length=2000, help_text="http:// or https://, without a sign-in name.")
    title = _words(300)
    publisher = _words(200)
    published_on = InexactDay(required=False, allow_null=True)
    quote = _words(MAX_TEXT, help_text="The passage, word for word.")


class SubmissionSent(StrictSerializer):
    """A claim to be checked: `claim`, `language` and `appearance`, or a ClaimReview document as `claim_review`."""

    claim = Words(max_length=MAX_TEXT, required=False, help_text="In the words it was made in.")
    language = Words(max_length=16, required=False, help_text="A language tag such as en or pt-BR.")
    claimant = ClaimantSent(required=False, allow_null=True)
    claimed_on = InexactDay(required=False, allow_null=True)
    confirm_old_date = Flag(required=False, help_text="A date before 1800 is right: without this it is refused.")
    appearance = AppearanceSent(required=False)
    reason = _words(MAX_TEXT, help_text="Why it should be checked.")
    reference = _words(200, help_text="Your own id for it: lists can be narrowed by it.")
    claim_review = serializers.DictField(required=False, help_text="A schema.org ClaimReview.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two forms, whole."""
        if "claim_review" in attrs:
            extra = [name for name in attrs if name not in ("claim_review", "reason", "reference")]
            if extra:
                text = ErrorDetail("Does not go with claim_review, which says this itself.", "not_applicable")
                raise ValidationError({name: [text] for name in extra})
            return attrs
        missing = [name for name in ("claim", "language", "appearance") if name not in attrs]
        if missing:
            text = ErrorDetail("This field is required, unless claim_review is sent.", "required")
            raise ValidationError({name: [text] for name in missing})
        return attrs


def columns(given: dict[str, Any]) -> dict[str, Any]:
    """A submission's columns from a body of the first form."""
    claimant, appearance = given.get("claimant") or {}, given["appearance"]
    named = {
        "text": given["claim"],
        "language": given["language"],
        "claimed_on": given.get("claimed_on"),
        "confirm_old_date": given.get("confirm_old_date", False),
        "reason": given.get("reason", ""),
        "reference": given.get("reference", ""),
        "quote": appearance.get("quote", ""),
        "appearance_published_on": appearance.get("published_on"),
    }
    named |= {f"claimant_{name}": claimant.get(name, "") for name in ("name", "kind", "url")}
    return named | {f"appearance_{name}": appearance.get(name, "") for name in ("url", "title", "publisher")}


def shown(seen: PartnerView) -> dict[str, Any]:
    """A submission as its sender sees it."""
    row = seen.submission
    return {
        "id": str(row.pk),
        "state": seen.public_state.value,
        "reference": row.reference,
        "received_at": _moment(row.received_at),
        "decided_at": _moment(row.decided_at),
        "decision_note": row.decision_note,
        "claim": _public(seen.face),
        "sent": _sent(row),
    }


def _public(face: PublishedClaim | None) -> dict[str, Any] | None:
    if face is None:
        return None
    return {
        "id": str(face.claim_id),
        "slug": face.slug,
        "url": f"{settings.SITE_URL}/claims/{face.slug}/",
        "text": face.text,
        "revision": face.revision,
        "retracted": face.is_retracted,
    }


def _sent(row: Any) -> dict[str, Any]:
    who = {"name": row.claimant_name, "kind": row.claimant_kind, "url": row.claimant_url}
    where = {name: getattr(row, f"appearance_{name}") for name in ("url", "title", "publisher")}
    review = {name: getattr(row, f"review_{name}") for name in ("url", "publisher", "rating", "scale")}
    return {
        "claim": row.text,
        "language": row.language,
        "claimant": who if row.claimant_name else None,
        "claimed_on": _day(row.claimed_on),
        "appearance": {**where, "published_on": _day(row.appearance_published_on), "quote": row.quote},
        "reason": row.reason,
        "review": {**review, "reviewed_on": _day(row.reviewed_on)} if row.review_url else None,
        "notes": row.notes,
    }


def _moment(value: Any) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def report(outcomes: list[Outcome]) -> dict[str, Any]:
    """The result of each row of an import."""
    counts = {name: sum(1 for one in outcomes if one.outcome == name) for name in ("taken", "already_there", "refused")}
    rows = [
        {
            "index": one.index,
            "outcome": one.outcome,
            "id": str(one.id) if one.id else None,
            "code": one.code,
            "detail": one.detail,
            "notes": one.notes,
        }
        for one in outcomes
    ]
    return {**counts, "rows": rows}


_TEXT: dict[str, Any] = {"type": "string"}
_DATE: dict[str, Any] = {"type": ["string", "null"], "pattern": PATTERN}
_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}


def _object(**named: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(named), "properties": named}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


#: A list is read to its end: what is no ClaimReview in it is refused by itself, and the others are taken.
CLAIM_REVIEWS: Final[dict[str, Any]] = {
    "oneOf": [
        {"type": "object"},
        {"type": "array", "items": {"description": "A ClaimReview; anything else is refused in its line."}},
    ]
}
_ID = {"type": "string", "format": "uuid"}
_SENT = _object(
    claim=_TEXT,
    language=_TEXT,
    claimant=_or_null(_object(name=_TEXT, kind=_TEXT, url=_TEXT)),
    claimed_on=_DATE,
    appearance=_object(url=_TEXT, title=_TEXT, publisher=_TEXT, published_on=_DATE, quote=_TEXT),
    reason=_TEXT,
    review=_or_null(_object(url=_TEXT, publisher=_TEXT, rating=_TEXT, scale=_TEXT, reviewed_on=_DAY)),
    notes=_TEXTS | {"description": "What was odd about a ClaimReview."},
)
COMPONENTS: Final[dict[str, dict[str, Any]]] = {
    "Submission": _object(
        id=_ID,
        state={
            "type": "string",
            "enum": list(PublicState.values),
            "description": "\n".join(f"- `{state.value}`: {state.label}" for state in PublicState),
        },
        reference=_TEXT,
        received_at=_MOMENT,
        decided_at={"type": ["string", "null"], "format": "date-time"},
        decision_note=_TEXT,
        claim=_or_null(
            _object(
                id=_ID,
                slug=_TEXT,
                url=_TEXT | {"format": "uri"},
                text=_TEXT,
                revision={"type": "integer", "minimum": 1},
                retracted={"type": "boolean"},
            )
        )
        | {"description": "Null until readers can see it."},
        sent=_SENT,
    ),
    "ImportReport": _object(
        taken=_COUNT,
        already_there=_COUNT,
        refused=_COUNT,
        rows={
            "type": "array",
            "items": _object(
                index=_COUNT,
                outcome={"type": "string", "enum": ["taken", "already_there", "refused"]},
                id={"type": ["string", "null"], "format": "uuid", "description": "The submission."},
                code=_TEXT | {"description": "Why it was refused; stable."},
                detail=_TEXT,
                notes=_TEXTS,
            ),
        },
    ),
}
