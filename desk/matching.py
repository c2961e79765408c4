"""Claims like the one on the page: beside the statement, as precedents beside the verdict, as JSON while typing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rating_words, text
from articles.choices import OPEN_STAGES, STAGE_TONES, Stage
from articles.models import Claim
from articles.selectors.matching import candidates, matches
from articles.selectors.matching.candidates import Candidate
from desk.http import dates
from desk.http.badges import RATING_SIGNS
from desk.http.views import Endpoint

SHOWN = 5
#: The groups of claims like a text, each with its heading.
GROUPS = {"same": gettext_lazy("Probably the same claim"), "related": gettext_lazy("About the same subject")}
#: From which stages a claim can be made a repeat of another.
_MAY_REPEAT = (Stage.DRAFT, Stage.CHECKING)


class SimilarEndpoint(Endpoint):
    """GET: claims like ``text`` in ``language``, without the claim ``exclude``."""

    http_method_names = ["get"]

    def get(self, request: Any) -> HttpResponse:
        """What was found."""
        claim = _claim(request.GET.get("exclude", ""))
        asked, language = request.GET.get("text", ""), request.GET.get("language", "en")
        if len(asked) > matches.MAX_TEXT:
            raise ValidationError(_("The text can have %(limit)s characters at most.") % {"limit": matches.MAX_TEXT})
        found = candidates.similar_claims(
            text=asked,
            language=language,
            limit=SHOWN,
            claimant=request.GET.get("claimant", ""),
            context=request.GET.get("context", ""),
            siblings_of=claim.pk if claim else None,
        )
        return JsonResponse({"results": [_row(candidate, claim) for candidate in found]})


@dataclass(frozen=True, slots=True)
class Beside:
    """Claims like the one on a page, as HTML: beside its statement, and as precedents beside its verdict."""

    statement: str
    verdict: str


def beside(claim: Claim) -> Beside:
    """Both lists at the time of the request; the desk's script keeps the first one up to date."""
    similar, precedents = _found(claim)
    is_new = claim._state.adding
    context = {
        "groups": _groups([_row(candidate, None if is_new else claim) for candidate in similar]),
        "labels": GROUPS,
        "address": reverse("admin:articles_claim_similar"),
        "exclude": "" if is_new else claim.pk,
        "has_text": bool(claim.text),
    }
    return Beside(
        render_to_string("desk/matching/similar.html", context),
        render_to_string("desk/matching/precedents.html", {"rows": [_row(one, None) for one in precedents]}),
    )


def _groups(rows: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows under the heading of their group; groups without rows are left out."""
    found = [(heading, [row for row in rows if row["group"] == key]) for key, heading in GROUPS.items()]
    return [(heading, members) for heading, members in found if members]


def _found(claim: Claim) -> tuple[list[Candidate], list[Candidate]]:
    if not claim.text:
        return [], []
    try:
        if claim._state.adding:
            return candidates.similar_claims(text=claim.text, language=claim.language, limit=SHOWN), []
        return candidates.beside(claim, limit=SHOWN)
    except ValidationError:
        return [], []  # the form says what is wrong with the statement or its language


def _row(candidate: Candidate, claim: Claim | None) -> dict[str, Any]:
    may_repeat = claim is not None and claim.stage in _MAY_REPEAT
    return {
        "id": str(candidate.claim_id),
        "version": candidate.version,
        "is_open": candidate.stage in OPEN_STAGES,
        "text": candidate.text,
        "language": candidate.language,
        "direction": text.direction(candidate.language),
        "stage": candidate.stage,
        "stage_label": candidate.stage_label,
        "stage_tone": STAGE_TONES[candidate.stage],
        "rating_label": candidate.rating_label,
        "rating_tone": candidate.rating_tone,
        "rating_sign": RATING_SIGNS.get(candidate.rating_tone, ""),
        "is_public": candidate.is_public,
        "is_retracted": candidate.is_retracted,
        "checked_on": dates.day(candidate.checked_on) or None,
        "claimant": candidate.claimant,
        "url": reverse("admin:articles_claim_change", args=[candidate.claim_id]),
        "public_url": f"/claims/{candidate.slug}/" if candidate.is_public else None,
        "repeat_url": reverse("admin:articles_claim_repeat", args=[claim.pk, candidate.claim_id])
        if claim and may_repeat
        else None,
        "passage_url": reverse("admin:articles_claim_passage", args=[candidate.claim_id]),
        "common": candidate.common,
        "why": _why(candidate),
        "group": "same" if candidate.is_same else "related",
        "confidence": round(candidate.confidence, 2),
        "verdict": _verdict(candidate),
    }


def _why(candidate: Candidate) -> str:
    """Why the claim is shown, in words."""
    why = _("In common: %(words)s") % {"words": ", ".join(candidate.common)}
    return _("%(why)s · same claimant") % {"why": why} if candidate.is_same_claimant else why


def _verdict(candidate: Candidate) -> str:
    """What was found, in words."""
    if candidate.is_retracted:
        return _("Retracted")
    if not candidate.rating_label:
        return _("No verdict yet")
    label = rating_words.at_desk(candidate.rating_label)
    return label if candidate.is_public else _("%(rating)s (proposed)") % {"rating": label}


def _claim(value: str) -> Claim | None:
    """The claim on the page. Raises ``ValidationError`` for what is no id."""
    if not value:
        return None
    try:
        return Claim.objects.filter(pk=UUID(value)).first()
    except ValueError as error:
        raise ValidationError(_("“exclude” is the id of a claim, or nothing.")) from error
