"""The article desk: the text on one side, its claims on the other; the page, and its way without scripts."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import rules, text
from articles.choices import Surface
from articles.models import Article, ArticleVersion
from articles.selectors.passages import article_desk
from articles.services import audit
from articles.services.claims import claim_entry
from desk.evidence.forms import LinkForm
from desk.http import badges
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from desk.passages import duplicate_endpoints, endpoints, responses
from desk.passages.forms import MarkingReplyForm, PassageForm
from desk.passages.paragraphs import paragraphs
from lib.refusals import NotAllowedError


def urls(model_admin: Any) -> list[Any]:
    """The addresses of the article desk, below an article's."""

    def bound(view: Any) -> Any:
        def called(request: Any, **kwargs: Any) -> HttpResponse:
            answer: HttpResponse = view(model_admin, request, **kwargs)
            return answer

        return model_admin.admin_site.admin_view(called)

    desk, claim = "<uuid:article_id>/desk/", "<uuid:article_id>/desk/claims/<uuid:claim_id>/"
    repeat = f"{desk}repeats/"
    return [
        path(desk, bound(page), name="articles_article_desk"),
        path(f"{desk}state/", bound(endpoints.state), name="articles_article_desk_state"),
        path(f"{desk}speaker/", bound(endpoints.speaker), name="articles_article_desk_speaker"),
        path(f"{desk}claimants/", bound(endpoints.claimants), name="articles_article_desk_claimants"),
        path(claim, bound(endpoints.claim), name="articles_article_desk_claim"),
        path(repeat, bound(duplicate_endpoints.mark), name="articles_article_desk_repeats"),
        path(
            f"{desk}repeats/<int:passage_id>/undo/",
            bound(duplicate_endpoints.undo),
            name="articles_article_desk_undo_repeat",
        ),
        path(f"{claim}step/<slug:key>/", bound(endpoints.step), name="articles_article_desk_step"),
        path(f"{claim}take-back/", bound(endpoints.take_back), name="articles_article_desk_take_back"),
        path(f"{claim}replies/", bound(endpoints.replies), name="articles_article_desk_replies"),
        path(f"{claim}replies/<int:reply_id>/", bound(endpoints.replies), name="articles_article_desk_reply"),
    ]


def page(model_admin: Any, request: Any, article_id: uuid.UUID) -> HttpResponse:
    """The desk of an article. ``?text=`` names an older text; a post marks a passage, as a browser without scripts."""
    if not rules.may_see_the_desk(request.user) or not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=article_id)
    version = endpoints.text_of(article, request.GET.get("text", ""))
    form = PassageForm(request.POST or None, initial=_start(article, request))
    if request.method == "POST":
        answer = _enter(request, article, version, form)
        if answer is not None:
            return answer
    get_token(request)
    context = {
        **model_admin.admin_site.each_context(request),
        **_shown(article, version),
        "title": article.title,
        "opts": model_admin.opts,
        "original": article,
        "form": form,
        "reply_form": MarkingReplyForm(auto_id="reply_%s"),
        "evidence_form": LinkForm(auto_id="evidence_%s"),
        "largest_file": settings.ATTACHMENT_MAX_BYTES,
        "may_edit": rules.may_edit_claims(request.user),
        "settings": _settings(article, version, request),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "desk/passages/article_desk.html", context)


def _start(article: Article, request: Any) -> dict[str, Any]:
    return {"claimed_on": article.published_on, "mine": True, "exact": request.GET.get("quote", "").replace("\x00", "")}


def _enter(request: Any, article: Article, version: ArticleVersion, form: PassageForm) -> HttpResponse | None:
    """Mark what was posted; ``None`` when the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        with audit.surface(Surface.ADMIN), as_form_errors(fields={"assignee": "mine"}, passing=(NotAllowedError,)):
            entered = claim_entry.enter(
                pk=uuid.uuid4(),
                article_version=version,
                exact=form.cleaned_data["exact"],
                start=form.cleaned_data["start"],
                speaker=form.speaker(),
                by=request.user,
                at=timezone.now(),
                seen=[mark.claim_id for mark in version.appearances.all()],
                **form.values_for(request.user),
            )
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except RefusedFormError as error:
        add_problems(form, error.problems)
        return None
    messages.success(request, _("Claim saved: “%(claim)s”.") % {"claim": entered.claim})
    return HttpResponseRedirect(
        f"{request.get_full_path().split('?')[0]}?text={version.number}#claim-{entered.claim.pk}"
    )


def _shown(article: Article, version: ArticleVersion) -> dict[str, Any]:
    claims = article_desk.claims_with_passages(article)
    marks = []
    for number, claim in enumerate(claims, 1):
        claim.number = number
        claim.badges = (badges.stage(claim.stage), badges.rating(claim.rating_label, claim.rating_tone))
        claim.here = [mark for mark in claim.marks if mark.article_version_id == version.pk]
        for mark in claim.here:
            mark.claim = claim
            marks.append(mark)
    newest = article.current_version()
    return {
        "article": article,
        "version": version,
        "newest": newest if newest.number != version.number else None,
        "captured": f"{localtime(version.captured_at):%-d %B %Y, %H:%M}",
        "paragraphs": paragraphs(version.body, sorted(marks, key=lambda mark: (mark.start, mark.end))),
        "direction": text.direction(article.language),
        "claims": claims,
        "state": responses.state(article, version, article_desk.state_tag(article)),
    }


def _settings(article: Article, version: ArticleVersion, request: Any) -> dict[str, Any]:
    """What the desk's scripts are told once."""
    return {
        "article": str(article.pk),
        "user": request.user.pk,
        "text": version.number,
        "language": article.language,
        "published_on": article.published_on.isoformat() if article.published_on else "",
        "base": reverse("admin:articles_article_desk", args=[article.pk]),
        "suggestions": reverse("admin:articles_article_suggestions", args=[article.pk]),
        "similar": reverse("admin:articles_claim_similar"),
        "may_edit": rules.may_edit_claims(request.user),
        "length": len(version.body),
    }
