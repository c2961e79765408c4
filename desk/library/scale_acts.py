"""What the page of ratings does besides editions: order, retirement, translations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.services.library import rating_translations, ratings
from desk.http import refusals
from desk.http.requests import number_in
from desk.http.views import ActionPage
from desk.library.scale_forms import TranslationsForm
from desk.library.scale_pages import ChangePage
from lib.refusals import StaleError


class MoveButton(ChangePage):
    """Moves a rating up or down."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Move it, and stay where the button is."""
        step = -1 if request.POST.get("to") == "up" else 1
        try:
            ratings.move(place=_seen(request, "place"), step=step, **self.given())
        except ratings.ScaleError as error:
            messages.warning(request, str(error))
        is_open = request.POST.get("open") == self.row.key
        here = self.back_address() if is_open else reverse("admin:articles_rating_changelist")
        return HttpResponseRedirect(f"{here}#move-{self.row.key}")


class RetirePage(ChangePage, ActionPage):
    """Asks before a rating is taken out of use, with the number of open claims that have it."""

    template_name = "desk/http/confirm.html"
    button = gettext_lazy("Retire")
    back = gettext_lazy("Back to the rating")
    tone = "danger"

    get = ActionPage.get
    post = ActionPage.post

    def context(self) -> dict[str, Any]:
        """What will happen."""
        count = next(one.open_claims for one in self.scale if one.rating.pk == self.row.pk)
        use = ngettext("%(count)s open claim has it and keeps it.", "%(count)s open claims have it and keep it.", count)
        lead = _("New verdicts cannot have this rating any more. Published verdicts keep it.")
        title = _("Retire “%(label)s”") % {"label": self.row}
        return {"title": title, "lead": f"{lead} {use % {'count': count}}"}

    def act(self, form: Any) -> HttpResponse:
        """Retire it."""
        try:
            retired = ratings.retire(edition=self.row.edition, **self.given())
        except ratings.ScaleError as error:
            messages.warning(self.request, str(error))
            return HttpResponseRedirect(self.back_address())
        return self.done(_("“%(label)s” is retired.") % {"label": retired})


class BringBackButton(ChangePage):
    """Uses a retired rating again."""

    http_method_names = ["post"]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Bring it back as a new edition."""
        saved = ratings.bring_back(edition=_seen(request, "edition"), **self.given())
        names = {"label": saved.rating.label, "edition": saved.rating.edition}
        return self.done(_("“%(label)s” is in use again, as edition %(edition)s.") % names, saved.rating)


class TranslationsPage(ChangePage):
    """Stores the texts of a rating in the languages of the site."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Store them, or show the form again with what was typed."""
        form = TranslationsForm(self.row, request.POST)
        if not form.is_valid():
            return self.draw(translations=form)
        try:
            with refusals.as_form_errors():
                given = self.given()
                changed = rating_translations.translate(form.translated(), by=given["by"], at=given["at"])
        except StaleError:
            return self._changed_meanwhile(form)
        except refusals.RefusedFormError as refused:
            refusals.add_problems(form, refused.problems)
            return self.draw(translations=form)
        if not changed:
            return self.done(_("Nothing differs from what is stored."))
        said = ngettext("%(count)s text is stored.", "%(count)s texts are stored.", changed) % {"count": changed}
        return self.done(f"{said} {_('Readers see it on their next page.')}")

    def _changed_meanwhile(self, form: TranslationsForm) -> HttpResponse:
        """What was typed, on the versions that are stored now, and at each field what somebody else stored."""
        stored = TranslationsForm(self.row).translations
        data = form.data.dict()  # type: ignore[attr-defined]
        data |= {f"{code}_{kind}_version": str(one.version) for (code, kind), one in stored.items()}
        again = TranslationsForm(self.row, data)
        again.is_valid()
        for (code, kind), one in stored.items():
            name = f"{code}_{kind}"
            if form.cleaned_data[f"{name}_version"] != one.version and form.cleaned_data[name] != one.said:
                said = _("Somebody else stored “%(said)s”. Save again to replace it.")
                again.add_error(name, said % {"said": one.said or one.usual})
        again.add_error(None, _("Somebody else was first. What you typed is still here and not saved."))
        return self.draw(translations=again)


def _seen(request: Any, name: str) -> int:
    """A number that the page had in a hidden field; -1 for none, which is no state."""
    value = number_in(request.POST.get(name, ""))
    return -1 if value is None else value
