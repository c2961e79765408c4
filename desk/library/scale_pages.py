"""The page of ratings: the scale in order, and one rating beside it, which can have its next edition there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.choices import Tone
from articles.models import Rating
from articles.selectors.library import ratings as chosen
from articles.selectors.library.ratings import Scale
from articles.services.library import ratings
from desk.http import badges, refusals
from desk.http.views import Page
from desk.library.scale_forms import NewRatingForm, TranslationsForm, WordingForm
from lib.refusals import NotAllowedError

_KEPT = gettext_lazy("Verdicts already given keep the words they were given under.")


class ScalePage(Page):
    """The scale. Everybody who may see ratings sees it; editors change it."""

    model = Rating
    template_name = "desk/library/ratings.html"

    def check_permission(self) -> None:
        """Who may see ratings. Raises ``NotAllowedError``."""
        super().check_permission()
        if not self.request.user.has_perm("articles.view_rating"):
            raise NotAllowedError.for_(_("You do not have permission to see ratings."))

    @cached_property
    def scale(self) -> list[Scale]:
        """Every rating, those in use first."""
        return chosen.scale()

    def find(self, key: str = "", **kwargs: Any) -> Rating | None:
        """The newest edition of the rating that the address names. Raises ``Http404``."""
        if not key:
            return None
        found = Rating.objects.filter(key=key).order_by("-edition").first()
        if found is None:
            raise Http404
        return found

    def back_address(self) -> str:
        """The rating on its page, else the scale."""
        return panel_address(self.row) if self.row else reverse("admin:articles_rating_changelist")

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The scale, and the rating beside it."""
        return self.draw()

    def draw(self, **context: Any) -> HttpResponse:
        """The page with these forms, or with those of the rating beside the scale."""
        row = self.row
        shown: dict[str, Any] = {
            "title": _("Ratings"),
            "in_use": [_with_badge(one) for one in self.scale if one.rating.retired_on is None],
            "retired": [_with_badge(one) for one in self.scale if one.rating.retired_on is not None],
            "chosen": next((one for one in self.scale if row and one.rating.pk == row.pk), None),
            "may_edit": rules.may_edit_ratings(self.request.user),  # type: ignore[arg-type]
            "kept": _KEPT,
        }
        if row:
            shown |= {"translations": TranslationsForm(row), "next": row.edition + 1}
            shown["form"] = WordingForm.of(row)
        shown |= context
        return super().show(**(shown | (_preview(shown["form"]) if "form" in shown else {})))


class ChangePage(ScalePage):
    """A part of the page that is posted."""

    http_method_names = ["get", "post"]

    def check_permission(self) -> None:
        """Who may change ratings. Raises ``NotAllowedError``."""
        super().check_permission()
        if self.request.method == "POST" and not rules.may_edit_ratings(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to change ratings."))

    def given(self) -> dict[str, Any]:
        """Who, when, and on which state."""
        seen = {"key": self.row.key} if self.row else {}
        return {"by": self.request.user, "at": timezone.now(), **seen}

    def done(self, said: Any, rating: Rating | None = None) -> HttpResponse:
        """Say what was done, and go back to the rating."""
        messages.success(self.request, str(said))
        return HttpResponseRedirect(panel_address(rating) if rating else self.back_address())


class AddPage(ChangePage):
    """A new rating."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """An empty form."""
        return self.ask(NewRatingForm())

    def ask(self, form: NewRatingForm) -> HttpResponse:
        """The form, with what is wrong with it."""
        return self.draw(form=form, adding=True)

    def check_permission(self) -> None:
        """Editors alone, from the beginning. Raises ``NotAllowedError``."""
        super().check_permission()
        if not rules.may_edit_ratings(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to change ratings."))

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Add it, or show the form again."""
        form = NewRatingForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        try:
            with refusals.as_form_errors():
                saved = ratings.add(key=form.cleaned_data["key"], wording=form.wording(), **self.given())
        except refusals.RefusedFormError as refused:
            refusals.add_problems(form, refused.problems)
            return self.ask(form)
        if not saved.is_new:
            return self.done(_("This rating is saved already. There is one of it."), saved.rating)
        return self.done(_("“%(label)s” is in use. New verdicts can have it.") % {"label": saved.rating}, saved.rating)


class RatingPage(ChangePage):
    """One rating beside the scale; a post makes its next edition."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Make the edition, or show the form again with what was typed."""
        form = WordingForm(request.POST)
        if not form.is_valid():
            return self.draw(form=form)
        try:
            with refusals.as_form_errors():
                saved = ratings.new_edition(
                    edition=form.cleaned_data["edition"], wording=form.wording(), **self.given()
                )
        except ratings.EditionDiffersError as error:
            return self._changed_meanwhile(form, error.newest)
        except refusals.RefusedFormError as refused:
            refusals.add_problems(form, refused.problems)
            return self.draw(form=form)
        names = {"edition": saved.rating.edition, "label": saved.rating.label}
        if not saved.is_new:
            said = _("Edition %(edition)s of “%(label)s” is saved already. There is one of it.") % names
        else:
            said = f"{_('Edition %(edition)s of “%(label)s” is in use.') % names} {_KEPT}"
        return self.done(said, saved.rating)

    def _changed_meanwhile(self, form: WordingForm, newest: Rating) -> HttpResponse:
        """What was typed, on the edition that there is now: it can be saved once more by who has seen that one."""
        again = WordingForm({**form.data.dict(), "edition": str(newest.edition)})  # type: ignore[attr-defined]
        again.is_valid()
        first = _("Somebody else saved edition %(edition)s first: “%(label)s”. %(definition)s")
        kept = _("What you typed is still here and not saved. Save again to make it the next edition.")
        names = {"edition": newest.edition, "label": newest.label, "definition": newest.definition}
        again.add_error(None, f"{first % names} {kept}")
        return self.draw(form=again, next=newest.edition + 1)


def panel_address(rating: Rating) -> str:
    """The address of a rating beside the scale."""
    return reverse("admin:articles_rating_panel", args=[rating.key])


def _with_badge(row: Scale) -> tuple[Scale, str]:
    return row, badges.rating_as_written(row.rating.label, row.rating.tone)


def _preview(form: WordingForm) -> dict[str, Any]:
    """What shows a rating as readers see it: a verdict by the readers' own template, and the sign of each tone."""
    label, tone = str(form["label"].value() or _("Your label")), str(form["tone"].value())
    tone = tone if tone in Tone.values else Tone.OPEN.value
    signs = {one: _readers_part("sign", tone=one) for one in Tone.values}
    return {
        "label": label,
        "definition": str(form["definition"].value() or ""),
        "number": form["value"].value() or "",
        "tone": tone,
        "sign": signs[tone],
        "tones": [(value, name, signs[value], value == tone) for value, name in Tone.choices],
        "verdict": _readers_part("verdict", label=label, tone=tone, size="large", gloss=""),
    }


def _readers_part(name: str, **context: str) -> SafeString:
    """A part of the readers' pages; its template escapes what is put into it."""
    return mark_safe(render_to_string(f"readers/parts/{name}.html", context))  # noqa: S308
