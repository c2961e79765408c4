"""The pages on which a translation of a published claim is begun, and on which one is said to be up to date."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from articles import rules, text
from articles.models import Claim
from articles.selectors import translations as chosen
from articles.selectors.log import record_content
from articles.services import translations
from desk.http import versions
from desk.http.views import ActionPage, address_of
from lib.refusals import NotAllowedError, StaleError

#: Variants that are written so differently that a translation says which one it is in.
_WRITTEN_APART = ("pt-BR", "sr-Latn", "zh-Hans", "zh-Hant")


class TranslationForm(forms.Form):
    """The words that only a translator can give; everything else comes from the original."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=UnfoldAdminSelectWidget())
    text = forms.CharField(
        label=gettext_lazy("Statement"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "dir": "auto"}),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("The verdict in one sentence. Notes and explanation are translated on the next page."),
    )

    def __init__(self, *args: Any, original: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = chosen.of(original).values_list("language", flat=True)
        taken = {tag.lower() for tag in (original.language, *others)}
        self.fields["language"].choices = _choices(taken)  # type: ignore[attr-defined]
        self.fields["text"].help_text = original.text
        verdict = record_content.current_verdict(original)
        if verdict and verdict.summary:
            self.fields["summary"].help_text = verdict.summary


def _choices(taken: set[str]) -> list[tuple[Any, Any]]:
    """The languages that are left: first those of the site, then all others that Django knows by name."""
    own = [code for code, _name in settings.LANGUAGES]
    named = [*(code for code in LANG_INFO if code.isalpha()), *_WRITTEN_APART]
    others = sorted((code for code in named if code not in own), key=text.language_name)
    groups = ((_("Languages of the site"), own), (_("Other languages"), others))
    return [
        (name, [(code, text.language_name(code)) for code in codes if code.lower() not in taken])
        for name, codes in groups
    ]


class TranslationPage(ActionPage):
    """A question about a claim and its translation."""

    model = Claim
    template_name = "desk/translations/translate.html"
    back = gettext_lazy("Back to the claim")

    def check_permission(self) -> None:
        """Refuse people who may not edit claims."""
        if not rules.may_edit_claims(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError(_("You may look at claims, but not change them."))

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return get_object_or_404(Claim.objects.select_related("translation_of"), pk=object_id)

    def leave(self, said: str, to: Claim) -> HttpResponse:
        """Say what was done, and go to a claim."""
        messages.success(self.request, said)
        return HttpResponseRedirect(address_of(to))

    def refusal_text(self, error: Exception) -> str:
        """What is said when nothing was done."""
        if isinstance(error, StaleError):
            return _("Nothing was done: the claim changed after this page was opened.")
        return super().refusal_text(error)


class TranslatePage(TranslationPage):
    """Ask for language, statement and summary, and begin the translation."""

    title = gettext_lazy("Translate this claim")
    lead = gettext_lazy(
        "A translation is a claim of its own: a second person approves it, and it is published with its own record. "
        "It carries the original’s verdict, evidence, passages and replies."
    )

    def make_form(self, data: Any = None) -> TranslationForm:
        """For the languages that are left."""
        return TranslationForm(data, original=self.row)

    def act(self, form: TranslationForm) -> HttpResponse:
        """Begin it."""
        given = {"by": self.request.user, "at": timezone.now(), **form.cleaned_data}
        done = translations.begin(original=self.row, **given)
        return self.leave(
            _("The translation is begun. Headline, key points, notes and explanation wait to be translated."), done
        )


class CatchUpPage(TranslationPage):
    """Ask whether the translation says all that the original's newest revision says."""

    title = gettext_lazy("It is up to date")
    lead = gettext_lazy(
        "You have compared it with the original: statement, summary, explanation, evidence and replies agree."
    )

    def act(self, form: Any) -> HttpResponse:
        """Say so."""
        version = versions.of_form(self.request, self.row)
        given: dict[str, Any] = {"by": self.request.user, "at": timezone.now(), "version": version}
        done = translations.catch_up(claim=self.row, **given)
        return self.leave(_("It is a translation of the newest revision now."), done)
