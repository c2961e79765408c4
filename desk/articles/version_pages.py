"""The texts of an article: what differs between two, and the report on the passages, one decision each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import rules, text
from articles.choices import AnchorDecision, AnchorState, Stage, Surface
from articles.models import AnchorCheck, ArticleVersion
from articles.selectors.passages import passage_review
from articles.services import audit
from articles.services import passages as services_passages
from desk.http.refusals import error_text
from lib.anchoring import text_diff
from lib.refusals import RefusedError

#: Text shown before and after a passage, in code points.
_AROUND = 160


def report(admin: Any, request: Any, pk: Any, number: int) -> HttpResponse:
    """The report on a text; a post is one decision, and leads to the next passage that waits."""
    version = _version(admin, request, pk, number)
    address = reverse("admin:articles_article_report", args=[pk, number])
    if request.method == "POST":
        done = _decide(request, version)
        waiting = [c for c in passage_review.report(version).checks if _waits(c) and rules.is_editable(c.claim)]
        following = next(
            (c for c in waiting if c.start >= (done.start if done else 0)), waiting[0] if waiting else None
        )
        stay = done if request.POST.get("act") == "undo" else following
        return HttpResponseRedirect(f"{address}#passage-{stay.pk}" if stay else address)
    found = passage_review.report(version)
    may = rules.may_edit_claims(request.user)
    rows = [_row(check, version, may) for check in found.checks]
    exact = [c for c in found.checks if _waits(c) and c.found == AnchorState.EXACT and _in_bulk(c)]
    context = {
        "rows": rows,
        "report": found,
        "exact": exact if may else [],
        "is_newest": version == version.article.current_version(),
        "undecided": sum(1 for c in found.checks if _waits(c)),
    }
    return _page(admin, request, version, "passage_report.html", f"Passages in text {number}", context)


def comparison(admin: Any, request: Any, pk: Any, number: int) -> HttpResponse:
    """A text beside the one before it."""
    version = _version(admin, request, pk, number)
    former = version.article.versions.filter(number=number - 1).first()
    rows = text_diff.paragraphs(former.body, version.body) if former else []
    context = {"rows": rows, "former": former, "changed": sum(1 for row in rows if row.kind != "same")}
    return _page(admin, request, version, "comparison.html", f"Text {number}", context)


def _decide(request: Any, version: ArticleVersion) -> AnchorCheck | None:
    if not rules.may_edit_claims(request.user):
        raise PermissionDenied("You may look at claims, but not change them.")
    act, by, at = request.POST.get("act", ""), request.user, timezone.now()
    try:
        with audit.surface(Surface.ADMIN):
            if act == "exact":
                _confirm_exact(request, version)
                return None
            check = _check(request, version)
            seen = int(request.POST.get("version", ""))
            if act == "quote" and request.POST.get("quote", "").strip():
                services_passages.confirm(check=check, by=by, at=at, version=seen, quote=request.POST["quote"])
            elif act == "confirm":
                candidate = int(request.POST.get("candidate", ""))
                services_passages.confirm(check=check, by=by, at=at, version=seen, candidate=candidate)
            elif act == "lost":
                services_passages.give_up(check=check, by=by, at=at, version=seen)
            elif act == "undo":
                services_passages.undo(check=check, by=by, at=at, version=seen)
            else:
                raise ValueError(act)
            return check
    except (RefusedError, ValidationError) as error:
        messages.warning(request, f"Nothing was decided. {error_text(error)}")
    except (ValueError, OverflowError):
        messages.warning(request, "Nothing was decided: the form was not whole. Look at the passage again.")
    return None


def _confirm_exact(request: Any, version: ArticleVersion) -> None:
    seen = dict(pair.split(":", 1) for pair in request.POST.getlist("exact") if ":" in pair)
    checks = version.anchor_checks.filter(pk__in=[int(pk) for pk in seen]).select_related("claim", "article_version")
    given = [(check, int(seen[str(check.pk)])) for check in checks]
    done, left = services_passages.confirm_exact(checks=given, by=request.user, at=timezone.now())
    messages.success(request, f"{done} confirmed.")
    if left:
        messages.warning(request, f"{left} left as they are: their claims changed meanwhile.")


def _check(request: Any, version: ArticleVersion) -> AnchorCheck:
    found = version.anchor_checks.filter(pk=int(request.POST.get("check", ""))).select_related("claim").first()
    if found is None:
        raise ValueError("no such passage in this text")
    return found


def _row(check: AnchorCheck, version: ArticleVersion, may: bool) -> dict[str, Any]:
    old = check.former.body
    candidates = [
        {
            "number": number,
            "key": number + 1,
            "place": candidate,
            "percent": round(100 * candidate["similarity"]),
            "pieces": text_diff.words(check.exact, version.body[candidate["start"] : candidate["end"]]),
            **_around(version.body, candidate["start"], candidate["end"]),
        }
        for number, candidate in enumerate(check.candidates)
    ]
    is_open = rules.is_editable(check.claim) and check.appearance_id is not None
    decided = check.decision in (AnchorDecision.CONFIRMED, AnchorDecision.LOST)
    return {
        "check": check,
        "quote": check.exact,
        **{f"old_{name}": value for name, value in _around(old, check.start, check.end).items()},
        "candidates": candidates,
        "is_lost": check.found == AnchorState.LOST,
        "may_decide": may and is_open and _waits(check),
        "may_undo": may and is_open and decided,
        "waits_for_recheck": _waits(check) and check.appearance_id is not None and not is_open,
        "is_approved": check.claim.stage == Stage.APPROVED,
        "claim_page": reverse("admin:articles_claim_change", args=[check.claim_id]),
        "tone": {"exact": "success", "moved": "info", "ambiguous": "warning", "lost": "danger"}[check.found],
    }


def _around(body: str, start: int, end: int) -> dict[str, str]:
    before, after = body[max(0, start - _AROUND) : start], body[end : end + _AROUND]
    return {
        "before": ("…" if start > _AROUND else "") + before,
        "passage": body[start:end],
        "after": after + ("…" if end + _AROUND < len(body) else ""),
    }


def _waits(check: AnchorCheck) -> bool:
    return check.decision == AnchorDecision.PENDING and check.appearance_id is not None


def _in_bulk(check: AnchorCheck) -> bool:
    return rules.is_editable(check.claim) and check.claim.stage != Stage.APPROVED


def _version(admin: Any, request: Any, pk: Any, number: int) -> ArticleVersion:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    texts = ArticleVersion.objects.select_related("article", "captured_by")
    found = texts.filter(article_id=pk, number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404
    return found


def _page(
    admin: Any, request: Any, version: ArticleVersion, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    request.current_app = admin.admin_site.name
    shared = {
        **admin.admin_site.each_context(request),
        "title": title,
        "version": version,
        "article": version.article,
        "direction": text.direction(version.article.language),
        "page": admin.page_of(version.article),
        "opts": admin.opts,
    }
    return TemplateResponse(request, f"desk/articles/{template}", shared | context)
