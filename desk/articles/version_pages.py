"""The texts of an article: what differs between two, and the report on the passages, one decision each."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import rules, text
from articles.choices import AnchorDecision, AnchorState, Stage
from articles.models import AnchorCheck, Article, ArticleVersion
from articles.selectors.passages import passage_review
from articles.services import passages
from articles.services.articles import separation
from desk.http.refusals import error_text
from desk.http.views import ActionPage, Page, address_of
from lib.anchoring import text_diff
from lib.refusals import NotAllowedError, RefusedError

#: Text shown before and after a passage, in code points.
_AROUND = 160


class TextPage(Page):
    """A page about one text of an article; ``row`` is the text."""

    model = Article

    def check_permission(self) -> None:
        """Refuse people who may not see articles. Raises ``NotAllowedError``."""
        if not self.request.user.has_perm("articles.view_article"):
            raise NotAllowedError(gettext("You may not look at articles."))

    def find(self, pk: uuid.UUID, number: int, **kwargs: Any) -> ArticleVersion:
        """The text. Raises ``Http404``."""
        texts = ArticleVersion.objects.select_related("article", "captured_by")
        return get_object_or_404(texts, article_id=pk, number=min(number, 2**31 - 1))

    def back_address(self) -> str:
        """The article's page."""
        return address_of(self.row.article)

    def show_text(self, title: str, **context: Any) -> HttpResponse:
        """The page, with the article in its direction."""
        article = self.row.article
        direction = text.direction(article.language)
        shown = {"version": self.row, "original": None, "article": article, "direction": direction}
        return self.show(title=title, **shown, **context)


class ReportPage(TextPage):
    """The report on a text; a post is one decision, and leads to the next passage that waits."""

    template_name = "desk/articles/passage_report.html"

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Every passage, and what may be decided."""
        version = self.row
        found = passage_review.report(version)
        may = rules.may_edit_claims(request.user)
        exact = [c for c in found.checks if _waits(c) and c.found == AnchorState.EXACT and _in_bulk(c)]
        return self.show_text(
            gettext("Passages in text %(number)s") % {"number": version.number},
            rows=[_row(check, version, may) for check in found.checks],
            report=found,
            exact=exact if may else [],
            is_newest=version == version.article.current_version(),
            undecided=sum(1 for c in found.checks if _waits(c)),
        )

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Decide, and go on."""
        if not rules.may_edit_claims(request.user):
            raise NotAllowedError.for_(gettext("You do not have permission to change claims."))
        done = self._decide()
        waiting = [c for c in passage_review.report(self.row).checks if _waits(c) and rules.is_editable(c.claim)]
        following = next(
            (c for c in waiting if c.start >= (done.start if done else 0)), waiting[0] if waiting else None
        )
        stay = done if request.POST.get("act") == "undo" else following
        return HttpResponseRedirect(f"{request.path}#passage-{stay.pk}" if stay else request.path)

    def _decide(self) -> AnchorCheck | None:
        request: Any = self.request
        try:
            if request.POST.get("act") == "exact":
                _confirm_exact(request, self.row)
                return None
            check = _check(request, self.row)
            _decide_on(check, request.POST, {"by": request.user, "at": timezone.now()})
            return check
        except (RefusedError, ValidationError) as error:
            messages.warning(
                request, gettext("Nothing was decided. %(error_text)s") % {"error_text": error_text(error)}
            )
        except (ValueError, OverflowError):
            messages.warning(
                request, gettext("Nothing was decided: the form was not whole. Look at the passage again.")
            )
        return None


class ComparisonPage(TextPage):
    """A text beside the one before it."""

    template_name = "desk/articles/comparison.html"

    def get(self, request: Any, number: int, **kwargs: Any) -> HttpResponse:
        """Both, in paragraphs."""
        former = self.row.article.versions.filter(number=number - 1).first()
        rows = text_diff.paragraphs(former.body, self.row.body) if former else []
        changed = sum(1 for row in rows if row.kind != "same")
        return self.show_text(
            gettext("Text %(number)s") % {"number": number}, rows=rows, former=former, changed=changed
        )


def _decide_on(check: AnchorCheck, sent: Any, acting: dict[str, Any]) -> None:
    """Raises ``ValueError`` for a form that is not whole, and what services raise."""
    acting["version"] = int(sent.get("version", ""))
    match sent.get("act"):
        case "quote" if sent.get("quote", "").strip():
            passages.confirm(check=check, quote=sent["quote"], **acting)
        case "confirm":
            passages.confirm(check=check, candidate=int(sent.get("candidate", "")), **acting)
        case "lost":
            passages.give_up(check=check, **acting)
        case "undo":
            passages.undo(check=check, **acting)
        case other:
            raise ValueError(other)


def _confirm_exact(request: Any, version: ArticleVersion) -> None:
    seen = dict(pair.split(":", 1) for pair in request.POST.getlist("exact") if ":" in pair)
    checks = version.anchor_checks.filter(pk__in=[int(pk) for pk in seen]).select_related("claim", "article_version")
    given = [(check, int(seen[str(check.pk)])) for check in checks]
    done, left = passages.confirm_exact(checks=given, by=request.user, at=timezone.now())
    messages.success(request, gettext("%(done)s confirmed.") % {"done": done})
    if left:
        messages.warning(
            request, gettext("%(left)s left as they are: their claims changed meanwhile.") % {"left": left}
        )


def _check(request: Any, version: ArticleVersion) -> AnchorCheck:
    found = version.anchor_checks.filter(pk=int(request.POST.get("check", ""))).select_related("claim").first()
    if found is None:
        raise ValueError(gettext("no such passage in this text"))
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
        "claim_page": address_of(check.claim),
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


class SeparateForm(forms.Form):
    """What is known of the article that the text is of."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"})
    )
    url = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"}),
    )


class SeparatePage(TextPage, ActionPage):
    """A text that was added to the wrong article becomes an article of its own."""

    template_name = "desk/http/confirm.html"
    form_class = SeparateForm
    title = _("Make it another article")
    lead = _(
        "This text becomes an article of its own. Passages that were marked in it stay with it; passages that were "
        "moved to it go back to the text before."
    )
    back = _("The article")

    def check_permission(self) -> None:
        """Refuse people who may not import articles. Raises ``NotAllowedError``."""
        super().check_permission()
        if not rules.may_import_articles(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(gettext("You do not have permission to import articles."))

    def make_form(self, data: Any = None) -> Any:
        """The form, with the text's first line as the title."""
        first = next((line.strip() for line in self.row.body.splitlines() if line.strip()), "")
        return self.form_class(data, initial={"title": first[:300]})

    def context(self) -> dict[str, Any]:
        """A text has no page of its own in the menu."""
        return {"original": None}

    def act(self, form: Any) -> HttpResponse:
        """Separate it, and go to the new article."""
        by: Any = self.request.user
        article = separation.separate(version=self.row, by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(self.request, _("The text is an article of its own now."))
        return HttpResponseRedirect(address_of(article))
