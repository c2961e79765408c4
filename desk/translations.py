"""The pages on which a translation of a published claim is begun, and on which one is said to be up to date."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from articles import rules, text
from articles.choices import Stage, Surface
from articles.models import Claim
from articles.selectors import admin_lists
from articles.selectors import translations as chosen
from articles.services import audit, translations
from desk.http import badges, versions
from desk.http.refusals import error_text
from lib.refusals import NotAllowedError, RefusedError, StaleError


class TranslationForm(forms.Form):
    """The words that only a translator can give; everything else comes from the original."""

    language = forms.ChoiceField(widget=UnfoldAdminSelectWidget())
    text = forms.CharField(
        label="Statement", max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "dir": "auto"})
    )
    summary = forms.CharField(
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "dir": "auto"}),
        help_text="The finding in one sentence. Notes and explanation are translated on the next page.",
    )

    def __init__(self, *args: Any, original: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {original.language, *chosen.of(original).values_list("language", flat=True)}
        open_to = [code for code, _name in settings.LANGUAGES if code not in taken]
        self.fields["language"].choices = [(code, text.language_name(code)) for code in open_to]  # type: ignore[attr-defined]
        self.fields["text"].help_text = original.text


class CatchUpForm(forms.Form):
    """Nothing is asked but whether."""


def addresses(model_admin: Any) -> list[URLPattern]:
    """Of the pages here."""
    view = model_admin.admin_site.admin_view
    return [
        path("<uuid:object_id>/translate/", view(partial(translate, model_admin)), name="articles_claim_translate"),
        path("<uuid:object_id>/catch-up/", view(partial(catch_up, model_admin)), name="articles_claim_catch_up"),
    ]


def translate(model_admin: Any, request: HttpRequest, object_id: UUID) -> HttpResponse:
    """Ask for language, statement and summary, and begin the translation."""
    original = _known(object_id)
    form = TranslationForm(request.POST or None, original=original)
    lead = _(
        "A translation is a claim of its own: a second person approves it, and it is published with its own record. "
        "It carries the original’s verdict, evidence, passages and replies."
    )

    def act() -> Claim:
        done = translations.begin(original=original, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("The translation is begun. Notes and explanation wait to be translated."))
        return done

    return _page(model_admin, request, original, form, title=_("Translate this claim"), lead=lead, act=act)


def catch_up(model_admin: Any, request: HttpRequest, object_id: UUID) -> HttpResponse:
    """Ask whether the translation says all that the original's newest revision says."""
    claim = _known(object_id)
    form = CatchUpForm(request.POST if request.method == "POST" else None)
    lead = _("You have compared it with the original: statement, summary, explanation, evidence and replies agree.")

    def act() -> Claim:
        version = versions.read(request.POST.get(versions.FIELD), claim)
        if version is None:
            raise StaleError(current=claim.version)
        done = translations.catch_up(claim=claim, by=request.user, at=timezone.now(), version=version)  # type: ignore[arg-type]
        messages.success(request, _("It is a translation of the newest revision now."))
        return done

    return _page(model_admin, request, claim, form, title=_("It is up to date"), lead=lead, act=act)


def notes(claim: Claim) -> dict[str, Any]:
    """What the panel of a claim's page says about translations."""
    original = claim.translation_of
    face = admin_lists.current_publication(original.pk) if original else None
    stands = face is not None and not face.is_retracted
    is_behind = original is not None and (face is None or not stands or face.revision != claim.translated_revision)
    may_begin = original is None and claim.stage == Stage.PUBLISHED
    return {
        "translation_of": original,
        "original_face": face,
        "is_behind": is_behind,
        "catch_up_address": reverse("admin:articles_claim_catch_up", args=[claim.pk])
        if is_behind and stands and rules.is_editable(claim)
        else "",
        "translations": [
            (row, text.language_name(row.language), badges.stage(row.stage), _address(row)) for row in chosen.of(claim)
        ],
        "translate_address": reverse("admin:articles_claim_translate", args=[claim.pk]) if may_begin else "",
    }


def _page(
    model_admin: Any, request: HttpRequest, claim: Claim, form: forms.Form, *, title: str, lead: str, act: Any
) -> HttpResponse:
    if not model_admin.has_change_permission(request, claim):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            with audit.surface(Surface.ADMIN):
                return HttpResponseRedirect(_address(act()))
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        except StaleError as error:
            messages.warning(request, str(error))
        except ValidationError as error:
            _put(form, error)
        except RefusedError as error:
            form.add_error(None, error_text(error))
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
        "opts": model_admin.opts,
        "desk_version": versions.sign(claim),
    }
    return TemplateResponse(request, "desk/translations/translate.html", context)


def _put(form: forms.Form, error: ValidationError) -> None:
    """Each message beside its field; what belongs to no field of this form, above."""
    for name, texts in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        for message in texts:
            form.add_error(name if name in form.fields else None, message)


def _known(pk: UUID) -> Claim:
    claim = Claim.objects.select_related("translation_of").filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim


def _address(claim: Claim) -> str:
    return reverse("admin:articles_claim_change", args=[claim.pk])
