"""The pages that ask before a claim becomes a repeat of another, before that is undone, and before passages move."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldBooleanWidget

from articles import rules, workflow
from articles.choices import Surface
from articles.models import Article, Claim
from articles.selectors.claims import duplicates as chosen
from articles.services import audit
from articles.services.claims import duplicates
from desk.http import versions
from desk.http.refusals import error_text
from lib.refusals import NotAllowedError, RefusedError, StaleError


class RepeatForm(forms.Form):
    """Whether what is public is checked again at once."""

    recheck = forms.BooleanField(
        label="Start a re-check of it now",
        required=False,
        widget=UnfoldBooleanWidget(),
        help_text="The passages move at once, and readers see them with the next update. Without it they wait.",
    )

    def __init__(self, *args: Any, of: Claim | None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = of is not None and rules.may_take_step(user, workflow.get("recheck"))
        if of is None or rules.is_editable(of) or not may:
            del self.fields["recheck"]


def addresses(model_admin: Any) -> list[URLPattern]:
    """Of the pages here, each ``admin:articles_claim_…``."""
    pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
        "repeat": ("repeat/<uuid:of_id>/", repeat),
        "passage": ("passage/", passage),
        "undo_repeat": ("undo-repeat/", undo),
        "take_over": ("take-over/", take_over),
    }
    return [
        path(
            f"<uuid:object_id>/{tail}",
            model_admin.admin_site.admin_view(partial(page, model_admin)),
            name=f"articles_claim_{name}",
        )
        for name, (tail, page) in pages.items()
    ]


def repeat(model_admin: Any, request: HttpRequest, object_id: UUID, of_id: UUID) -> HttpResponse:
    """One click makes the claim a repeat: ask, then drop it and give its passages to the other."""
    claim, of = _known(object_id), _known(of_id)

    def act(form: Any, at: Any) -> Claim:
        recheck = bool(form.cleaned_data.get("recheck"))
        versions_sent = {"version": _sent(request, "_version", claim), "of_version": _sent(request, "_of_version", of)}
        duplicates.mark_duplicate(claim=claim, of=of, by=request.user, at=at, recheck=recheck, **versions_sent)  # type: ignore[arg-type]
        messages.success(request, _("It is a repeat now, and dropped. You can undo this on its page."))
        return of

    lead = _("This claim is dropped with a reason that names the other, and its passages become passages of that one.")
    return _page(model_admin, request, claim, of=of, title=_("Make it a repeat"), lead=lead, act=act)


def passage(model_admin: Any, request: HttpRequest, object_id: UUID) -> HttpResponse:
    """A claim that is not entered yet: mark its passage on the claim that is there already."""
    of = _known(object_id)
    article = _article(request.GET.get("article", ""))
    quote = request.GET.get("quote", "").strip()
    if article is None or not quote:
        messages.warning(request, _("Choose the article and copy the passage first."))
        return HttpResponseRedirect(_address(of))

    def act(form: Any, at: Any) -> Claim:
        duplicates.mark_passage_of(
            of=of,
            article_version=article.current_version(),
            exact=quote,
            by=request.user,  # type: ignore[arg-type]
            at=at,
            of_version=_sent(request, "_of_version", of),
            recheck=bool(form.cleaned_data.get("recheck")),
        )
        messages.success(request, _("The passage is marked."))
        return of

    lead = _("No new claim is entered: this passage of “%(article)s” is marked for the claim that is there already.")
    extra = {"quote": quote}
    return _page(
        model_admin,
        request,
        of,
        of=of,
        title=_("Mark it there"),
        lead=lead % {"article": article},
        act=act,
        extra=extra,
    )


def undo(model_admin: Any, request: HttpRequest, object_id: UUID) -> HttpResponse:
    """It was no repeat after all."""
    claim = _known(object_id)
    relation = chosen.of(claim)

    def act(form: Any, at: Any) -> Claim:
        done = duplicates.undo(claim=claim, by=request.user, at=at, version=_sent(request, "_version", claim))  # type: ignore[arg-type]
        messages.success(request, _("It is a draft again, with its passages."))
        return done

    lead = _("The claim becomes a draft again and gets its passages back. A re-check that was started stays as it is.")
    of = relation.other if relation else None
    return _page(model_admin, request, claim, of=of, title=_("It is no repeat after all"), lead=lead, act=act)


def take_over(model_admin: Any, request: HttpRequest, object_id: UUID) -> HttpResponse:
    """The passages that wait on the claim's repeats become its own."""
    claim = _known(object_id)

    def act(form: Any, at: Any) -> Claim:
        done = duplicates.move_pending_passages(
            claim=claim,
            by=request.user,  # type: ignore[arg-type]
            at=at,
            version=_sent(request, "_version", claim),
        )
        messages.success(request, _("The passages are marked for this claim now."))
        return done

    lead = _("The passages of its repeats become passages of this claim. An approval has to be given anew.")
    extra = {"passages": chosen.waiting(claim)}
    return _page(model_admin, request, claim, of=None, title=_("Take over passages"), lead=lead, act=act, extra=extra)


def notes(claim: Claim) -> dict[str, Any]:
    """What the panel of a claim's page says about repeats."""
    relation = chosen.of(claim)
    waits = list(chosen.waiting(claim))
    return {
        "repeats": relation.other if relation else None,
        "undo_address": reverse("admin:articles_claim_undo_repeat", args=[claim.pk]),
        "waiting_passages": waits,
        "take_over_address": reverse("admin:articles_claim_take_over", args=[claim.pk])
        if waits and rules.is_editable(claim)
        else "",
    }


def _page(
    model_admin: Any,
    request: HttpRequest,
    claim: Claim,
    *,
    of: Claim | None,
    title: str,
    lead: str,
    act: Callable[[Any, Any], Claim],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    if not model_admin.has_change_permission(request, claim):
        raise PermissionDenied
    form = RepeatForm(request.POST if request.method == "POST" else None, of=of, user=request.user)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(_address(_done(request, claim, form, act)))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "button": title,
        "lead": lead,
        "tone": "primary",
        "back": _("Back to the claim"),
        "page": _address(claim),
        "form": form,
        "original": claim,
        "of": of if of != claim else None,
        "of_closed": of is not None and not rules.is_editable(of),
        "opts": model_admin.opts,
        "desk_version": versions.sign(claim),
        "of_version": versions.sign(of) if of else "",
        **(extra or {}),
    }
    return TemplateResponse(request, "desk/claims/duplicate.html", context)


def _done(request: HttpRequest, claim: Claim, form: forms.Form, act: Callable[[Any, Any], Claim]) -> Claim:
    """Do it; returns the claim to go to, which is where one came from when nothing was done."""
    try:
        with audit.surface(Surface.ADMIN):
            return act(form, timezone.now())
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except StaleError as error:
        messages.warning(request, str(error))
    except (RefusedError, ValidationError) as error:
        messages.error(request, _("Nothing was done. %(why)s") % {"why": error_text(error)})
    return claim


def _known(pk: UUID) -> Claim:
    claim = Claim.objects.select_related("claimant").filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim


def _article(value: str) -> Article | None:
    try:
        return Article.objects.filter(pk=UUID(value)).first()
    except ValueError:
        return None


def _sent(request: HttpRequest, field: str, claim: Claim) -> int:
    version = versions.read(request.POST.get(field), claim)
    if version is None:
        raise StaleError(current=claim.version)
    return version


def _address(claim: Claim) -> str:
    return reverse("admin:articles_claim_change", args=[claim.pk])
