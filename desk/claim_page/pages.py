"""The page of a claim, and of a new one: its stage, its form with all related rows, who works on it.

The templates of ``desk/claims`` draw the form in its places on the screen; nothing of Django's own change form runs.
A post is looked at once: what is refused is put into the forms that were posted.
"""

import copy
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules, workflow
from articles.models import Article, Claim, UnsavedForm
from articles.selectors.collaboration import activity
from articles.selectors.collaboration.unsaved import of_person
from articles.services.past_dates import CONFIRM
from desk.claim_page import claim_templates, saving, screen, unsaved
from desk.claim_page.claim_loading import load_claim
from desk.claim_page.fieldsets import CONTENT, WORK, ClaimLook
from desk.claim_page.forms import VERDICT_FIELDS, ClaimForm
from desk.claim_page.row_sets import RowSet
from desk.claim_page.rows import PANELS, AppearancePanel, EvidencePanel, RowPanel
from desk.claims.evidence_forms import LinkForm
from desk.claims.next_step import page_of_step
from desk.claims.stage_panel import done_text, panel, step_address
from desk.collaboration.section import section
from desk.http import conflicts, dates, unsaved_pages, versions
from desk.http.form_fields import FieldMaker
from desk.http.refusals import FieldProblem, RefusedFormError, add_problems
from desk.http.views import Page, address_of
from desk.pictures import panel as pictures
from lib.refusals import NotAllowedError, StaleError

_STALE = gettext_lazy(
    "Somebody else saved a change first, so nothing of yours was saved yet. Compare below: what you typed is "
    "still in the form. Saving again puts yours in place of theirs."
)
_NO_VERSION = gettext_lazy(
    "This form does not say which version it was made from. Nothing was saved; check it and save again."
)
#: Posted to draw the form of a new claim with what an earlier page kept.
_RESTORE = "_restore"
#: The formsets on a new claim's page; the others are added when they are needed.
_OF_A_NEW_CLAIM = (AppearancePanel, EvidencePanel)


class ClaimPage(Page):
    """A claim with everything at hand: where it was said, what speaks for it, what was found, what comes next."""

    model = Claim
    template_name = "desk/claims/claim.html"
    #: The version the form was drawn from, where somebody else saved first.
    stale: int | None = None
    #: The fields and the kinds of rows that the form has; ``None`` for every field.
    only: tuple[str, ...] | None = None
    kinds: tuple[type[RowPanel], ...] = PANELS
    #: What was typed before and has no field any more; ``None`` unless unsaved changes were put into the form.
    left: list[tuple[str, str]] | None = None

    # --- Who, and which claim ---------------------------------------------------------------------------
    def check_permission(self) -> None:
        """Refuse people who may not do with claims what is asked. Raises ``NotAllowedError``."""
        has = self.request.user.has_perm
        if "object_id" not in self.kwargs:
            if not has("articles.add_claim"):
                raise NotAllowedError.for_(_("You do not have permission to enter claims."))
        elif self.request.method == "POST" and not has("articles.change_claim"):
            raise NotAllowedError.for_(_("You do not have permission to change claims."))
        elif not (has("articles.view_claim") or has("articles.change_claim")):
            raise NotAllowedError.for_(_("You do not have permission to see the desk."))

    def find(self, object_id: str = "", **kwargs: Any) -> Claim | None:
        """The claim with all that hangs on it; ``None`` for a new one, and for an id that none has."""
        try:
            return load_claim(UUID(object_id), viewer=self.request.user) if object_id else None
        except ValueError:
            return None

    @property
    def is_new(self) -> bool:
        """Whether a claim is to be entered."""
        return "object_id" not in self.kwargs

    @cached_property
    def may_save(self) -> bool:
        """Whether this person may post the form."""
        return self.request.user.has_perm("articles.add_claim" if self.is_new else "articles.change_claim")

    @cached_property
    def claim_list(self) -> Any:
        """The list of claims in the admin site, which knows how to go on after a form was saved."""
        return admin.site.get_model_admin(Claim)

    # --- Drawing ----------------------------------------------------------------------------------------
    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        if self.row is None and not self.is_new:
            return self._is_not_there()
        self._bind(None)
        if self.kept is not None and self.may_save and request.GET.get(unsaved.ASKED) == "restore":
            self._restore(self.kept)
        return self._drawn()

    @cached_property
    def kept(self) -> UnsavedForm | None:
        """What this person typed into the form and has not saved."""
        return of_person(self.row, self.request.user) if self.row is not None else None

    def _restore(self, kept: UnsavedForm) -> None:
        """Put what was not saved into the form; what colleagues saved since then is shown beside it."""
        found = unsaved.restored(self.form, self.row_sets, kept.fields)
        self._bind(found.data)
        unsaved.without_errors(self.form, self.row_sets)
        self.left = found.left
        if self.row is not None and kept.version < self.row.version:
            self.stale = kept.version

    def _is_not_there(self) -> HttpResponse:
        answer: HttpResponse = self.claim_list._get_obj_does_not_exist_redirect(
            self.request, Claim._meta, self.kwargs["object_id"]
        )
        return answer

    def _bind(self, data: Any) -> None:
        """Make the forms: empty, from the claim, or as they were posted."""
        # The form gets a copy: what was typed is put on it, while the panels show the stored claim.
        claim = copy.copy(self.row) if self.row is not None else Claim()
        self.look = ClaimLook(claim)
        self.fixed = self.look.fixed_fields(may_save=self.may_save)
        open_columns = [name for name in (*CONTENT, *WORK) if self._is_typed(name)]
        without = dict.fromkeys(name for name in (*VERDICT_FIELDS, CONFIRM) if not self._is_typed(name))
        form_class = forms.modelform_factory(
            Claim,
            form=type("ClaimForm", (ClaimForm,), without),
            fields=open_columns,
            formfield_callback=FieldMaker(self.look, self.request),
        )
        given: dict[str, Any] = {"initial": self._initial()} if self.is_new and data is None else {}
        self.form: Any = form_class(data, instance=claim, **given)
        self.row_sets = self._row_sets(data)

    def _is_typed(self, name: str) -> bool:
        return name not in self.fixed and (self.only is None or name in self.only)

    def _row_sets(self, data: Any) -> dict[str, RowSet]:
        made = {}
        for kind in _OF_A_NEW_CLAIM if self.is_new else self.kinds:
            initial = self._first_passage() if self.is_new and kind is AppearancePanel else ()
            rows = kind.rows(self.request, self.row, may_save=self.may_save, data=data, initial=initial)
            if rows.may.view or rows.may.add or rows.may.delete:
                made[kind.prefix] = rows
        return made

    @cached_property
    def article(self) -> Article | None:
        """The article a new claim is to be entered from, as the address names it."""
        try:
            named = self.request.GET.get("article", "")
            return Article.objects.filter(pk=named).first() if named else None
        except (ValidationError, ValueError):
            return None

    def _initial(self) -> dict[str, Any]:
        """A new claim is on the desk of who enters it, in the language of the article it is from."""
        initial = {**self.request.GET.dict(), "assignee": self.request.user.pk} | claim_templates.initial(self.request)
        return initial | ({"language": self.article.language} if self.article else {})

    def _first_passage(self) -> list[dict[str, Any]]:
        """A new claim shows one empty passage, open; from an article, a passage of that article."""
        if self.article is None:
            return [{}]
        return [{"article": self.article.pk, "exact": self.request.GET.get("quote", "")}]

    def _drawn(self, *, is_restored: bool = False) -> HttpResponse:
        context = self._form_context() | {"is_restored": is_restored}
        if self.row is None:
            check = {"check": reverse("admin:articles_claim_similar")}
            context["new_claim_settings"] = unsaved_pages.person(self.request) | check
            context |= claim_templates.context(self.request)
        else:
            user: Any = self.request.user
            colleagues = list(activity.colleagues())
            self.form.show_people(colleagues)
            context |= panel(self.row, user) | section(self.row, user, colleagues=colleagues)
            if self.stale is not None:
                context["conflict"] = conflicts.rows(self.row, self.stale, self.form)
            context |= self._beside_the_form(self.row, context) | pictures.context(self.row, may_save=self.may_save)
            if self.may_save:
                context |= self._unsaved_context(self.row)
        return self.show(**context)

    def _beside_the_form(self, claim: Claim, shown: dict[str, Any]) -> dict[str, Any]:
        """The form that cites a source, where the preview is, how many comments are open, whether it is late."""
        late = claim.due_on is not None and rules.is_editable(claim) and claim.due_on < timezone.localdate()
        may_cite = "evidence" in self.row_sets and self.row_sets["evidence"].may.add
        return {
            "is_late": late,
            "saved_when": dates.recent_moment(claim.updated_at),
            "open_comments": shown["open_comments"],
            "evidence_form": LinkForm(auto_id="evidence_%s") if may_cite else None,
            "largest_file": settings.ATTACHMENT_MAX_BYTES,
        }

    def _unsaved_context(self, claim: Claim) -> dict[str, Any]:
        forms_drawn = {"form": self.form, "row_sets": self.row_sets}
        shown = unsaved.context(self.request, claim, kept=self.kept, is_restored=self.left is not None, **forms_drawn)
        return shown | {"unsaved_left": self.left}

    def _form_context(self) -> dict[str, Any]:
        preserved = self.claim_list.get_preserved_filters(self.request)
        return {
            **screen.context(
                self.request, self.row, form=self.form, look=self.look, fixed=self.fixed, row_sets=self.row_sets
            ),
            "preserved_filters": preserved,
            "form_url": add_preserved_filters({"preserved_filters": preserved, "opts": Claim._meta}, ""),
            "may_save": self.may_save,
            "is_new": self.is_new,
        }

    # --- Saving -----------------------------------------------------------------------------------------
    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Save all of it or nothing; what is refused is shown in the forms, and what was typed stays."""
        if self.row is None and not self.is_new:
            return self._is_not_there()
        self._bind(request.POST)
        if self.is_new and _RESTORE in request.POST:
            unsaved.without_errors(self.form, self.row_sets)
            return self._drawn(is_restored=True)
        is_valid = all([self.form.is_valid(), *(rows.is_valid() for rows in self.row_sets.values())])
        try:
            with transaction.atomic():
                claim = self._as_it_was_seen()
                if not is_valid:
                    return self._drawn()
                step = request.POST.get("_step", "")
                saved = saving.save(claim, self.form, self.row_sets, step=step, by=request.user, at=timezone.now())
                unsaved.forget(request, saved)
        except StaleError:
            self._refuse([FieldProblem(str(_STALE))])
            return self._drawn()
        except RefusedFormError as refused:
            self._refuse(refused.problems)
            return self._drawn()
        return self._saved(saved, step)

    def _as_it_was_seen(self) -> Claim | None:
        """The claim, locked, on the version the form was drawn from; ``None`` for a new one.

        Raises ``RefusedFormError`` and ``StaleError``.
        """
        if self.row is None:
            return None
        claim = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.row.pk)
        seen = versions.read(self.request.POST.get(versions.FIELD), claim)
        if seen is None:
            raise RefusedFormError([FieldProblem(str(_NO_VERSION))])
        if seen != claim.version:
            self.stale = seen
            raise StaleError(current=claim.version)
        return claim

    def _refuse(self, problems: list[FieldProblem]) -> None:
        add_problems(self.form, problems)
        for rows in self.row_sets.values():
            for form in rows.forms:
                if form.is_bound:
                    add_problems(form, problems)

    def _saved(self, claim: Claim, step: str) -> HttpResponse:
        """Say what was done: the step, where one was taken; and go where the work goes on."""
        if self.is_new:
            return self._answer(self.claim_list.response_add(self.request, claim))
        if IS_POPUP_VAR in self.request.POST:
            return self._answer(self.claim_list.response_change(self.request, claim))
        if step not in workflow.BY_KEY:
            return HttpResponseRedirect(page_of_step(claim, self.request.POST.get("_open", "")) or address_of(claim))
        transition = workflow.get(step)
        if claim.stage != transition.target and saving.needs_confirmation(step):
            return HttpResponseRedirect(step_address(claim, step))
        messages.success(self.request, done_text(transition, claim))
        return HttpResponseRedirect(address_of(claim))

    @staticmethod
    def _answer(response: Any) -> HttpResponse:
        found: HttpResponse = response
        return found
