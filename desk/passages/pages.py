"""The article desk: the text on one side, its claims on the other; the page, and its way without scripts."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles import rules, text
from articles.models import Article, ArticleVersion
from articles.selectors.passages import article_desk
from articles.services.claims import claim_entry
from desk.claims.evidence_forms import LinkForm
from desk.claims.panel_words import panel_words
from desk.claims.reply_form import ReplyForm
from desk.http import badges, dates
from desk.http.paragraphs import paragraphs
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from desk.http.views import Page
from desk.passages import responses
from desk.passages.endpoints import text_of
from desk.passages.forms import PassageForm
from lib.refusals import NotAllowedError


class ArticleDesk(Page):
    """The desk of an article. ``?text=`` names an older text; a post marks a passage, as a browser without scripts."""

    model = Article
    template_name = "desk/passages/article_desk.html"

    def check_permission(self) -> None:
        """Refuse people who may not see the desk or articles. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_article"):
            raise NotAllowedError(_("You may not look at articles."))

    def find(self, article_id: uuid.UUID, **kwargs: Any) -> Article:
        """The article. Raises ``Http404``."""
        return get_object_or_404(Article, pk=article_id)

    @cached_property
    def version(self) -> ArticleVersion:
        """The text that the address names. Raises ``Http404``."""
        return text_of(self.row, self.request.GET.get("text", ""))

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The desk."""
        return self._with(PassageForm(initial=self._start()))

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Mark what was posted, or show the form again with what is wrong."""
        form = PassageForm(request.POST, initial=self._start())
        if form.is_valid():
            try:
                return self._enter(form)
            except RefusedFormError as error:
                add_problems(form, error.problems)
        return self._with(form)

    def _enter(self, form: PassageForm) -> HttpResponse:
        user: Any = self.request.user
        with as_form_errors(fields={"assignee": "mine"}, passing=(NotAllowedError,)):
            entered = claim_entry.enter(
                pk=uuid.uuid4(),
                article_version=self.version,
                exact=form.cleaned_data["exact"],
                start=form.cleaned_data["start"],
                speaker=form.speaker(),
                by=user,
                at=timezone.now(),
                seen=[mark.claim_id for mark in self.version.appearances.all()],
                **form.values_for(user),
            )
        messages.success(self.request, _("Claim saved: “%(claim)s”.") % {"claim": entered.claim})
        address = self.request.get_full_path().split("?")[0]
        return HttpResponseRedirect(f"{address}?text={self.version.number}#claim-{entered.claim.pk}")

    def _start(self) -> dict[str, Any]:
        quote = self.request.GET.get("quote", "").replace("\x00", "")
        return {"claimed_on": self.row.published_on, "mine": True, "exact": quote}

    def _with(self, form: PassageForm) -> HttpResponse:
        get_token(self.request)
        shown = _shown(self.row, self.version, is_named="text" in self.request.GET)
        return self.show(
            **shown,
            title=self.row.title,
            form=form,
            reply_form=ReplyForm(auto_id="reply_%s"),
            evidence_form=LinkForm(auto_id="evidence_%s"),
            largest_file=settings.ATTACHMENT_MAX_BYTES,
            may_edit=rules.may_edit_claims(self.request.user),  # type: ignore[arg-type]
            settings=_settings(self.row, self.version, self.request),
            words=panel_words(),
        )


def _shown(article: Article, version: ArticleVersion, *, is_named: bool) -> dict[str, Any]:
    """What the page shows; a text that the address names need not be the newest one."""
    claims = article_desk.claims_with_passages(article)
    marks = []
    for number, claim in enumerate(claims, 1):
        claim.number = number
        claim.badges = (badges.stage(claim.stage), badges.rating(claim.rating_label, claim.rating_tone))
        claim.here = [mark for mark in claim.marks if mark.article_version_id == version.pk]
        for mark in claim.here:
            mark.claim = claim
            marks.append(mark)
    newest = article.current_version() if is_named else version
    tag = article_desk.state_tag(article)
    return {
        "article": article,
        "version": version,
        "newest": newest if newest.number != version.number else None,
        "captured": dates.moment(version.captured_at),
        "paragraphs": paragraphs(version.body, sorted(marks, key=lambda mark: (mark.start, mark.end))),
        "direction": text.direction(article.language),
        "claims": claims,
        "state": responses.state(article, version, tag, newest=newest, rows=claims),
    }


def _settings(article: Article, version: ArticleVersion, request: Any) -> dict[str, Any]:
    """The settings for the desk's scripts."""
    return {
        "article": str(article.pk),
        "user": request.user.pk,
        "text": version.number,
        "language": article.language,
        "published_on": article.published_on.isoformat() if article.published_on else "",
        "publisher": article.publisher,
        "base": reverse("admin:articles_article_desk", args=[article.pk]),
        "suggestions": reverse("admin:articles_article_suggestions", args=[article.pk]),
        "similar": reverse("admin:articles_claim_similar"),
        "claims": reverse("admin:articles_claim_changelist"),
        "may_edit": rules.may_edit_claims(request.user),
        "length": len(version.body),
    }
