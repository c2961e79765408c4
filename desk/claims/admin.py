"""The claim page and the list of claims."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles import rules, workflow
from articles.models import Article, Claim, Verdict
from articles.selectors import admin_lists
from articles.selectors.claims import timeline
from articles.selectors.log import record_content
from articles.services.claims import claims
from articles.services.verification import transitions, verdicts
from desk import matching, translations
from desk.claims import duplicate_pages
from desk.claims.actions import ClaimActions
from desk.claims.filters import CLAIM_FILTERS
from desk.claims.forms import VERDICT_FIELDS, ClaimForm
from desk.claims.inlines import AppearanceInline, EvidenceInline, RelationInline, ReplyInline
from desk.collaboration import pages as collaboration_pages
from desk.evidence import pages
from desk.http import badges
from desk.http.base import DeskAdmin
from desk.http.refusals import as_form_errors
from desk.http.widgets import KnownAutocomplete
from desk.verification import transition_pages

_CONTENT = (
    "text",
    "language",
    "claimant",
    "is_unattributed",
    "claimed_on",
    "topics",
    "origin",
    "single_source_reason",
)
_LIKE = ("similar", "precedents")
_WORK = ("why_chosen", "assignee", "due_on", "recheck_on")


@admin.register(Claim)
class ClaimAdmin(ClaimActions, DeskAdmin):
    """A claim with everything at hand: where it was said, what speaks for it, what was found, what comes next."""

    form = ClaimForm
    inlines = (AppearanceInline, EvidenceInline, ReplyInline, RelationInline)
    autocomplete_fields = ("claimant",)
    change_form_template = "desk/claims/claim.html"
    list_display = ("text", "stage_badge", "rating_badge", "said_by", "assigned", "due", "recheck", "changed")
    list_filter = CLAIM_FILTERS
    allowed_lookups = tuple(filter.parameter_name for filter in CLAIM_FILTERS)
    list_filter_sheet = False
    search_fields = ("text", "claimant__name", "appearances__exact")
    search_help_text = "Search in statements, claimants and quoted passages"
    actions = ("take_selected", "assign_selected", "approve_selected")
    locks_first = True

    class Media:
        js = ("desk/matching/similar.js",)

    fieldsets = (
        ("Claim", {"fields": ("text", "similar", "language", "claimant", "is_unattributed", "claimed_on", "topics")}),
        ("Verdict", {"fields": ("precedents", *VERDICT_FIELDS)}),
        ("Background", {"fields": ("origin", "single_source_reason", "why_chosen")}),
        ("Work", {"fields": ("assignee", "due_on", "recheck_on")}),
    )

    # --- The list ---------------------------------------------------------------------------------
    def get_queryset(self, request: Any) -> QuerySet[Claim]:
        """Claims with their current rating."""
        return admin_lists.claims().order_by("-updated_at")

    @admin.display(description="stage", ordering="stage")
    def stage_badge(self, claim: Claim) -> str:
        """Where it stands."""
        return badges.stage(claim.stage)

    @admin.display(description="rating", ordering="rating_label")
    def rating_badge(self, claim: Any) -> str:
        """What was found."""
        return badges.rating(claim.rating_label, claim.rating_tone)

    @admin.display(description="claimant", ordering="claimant__name")
    def said_by(self, claim: Claim) -> str:
        """By name alone; the claim's page has the role."""
        if claim.claimant:
            return claim.claimant.name
        return "Unattributed" if claim.is_unattributed else "–"

    @admin.display(description="assignee", ordering="assignee__first_name")
    def assigned(self, claim: Claim) -> str:
        """On whose desk."""
        return claim.assignee.display_name() if claim.assignee else "–"

    @admin.display(description="due", ordering="due_on")
    def due(self, claim: Claim) -> str:
        """By when, and whether that is past."""
        if claim.due_on is None:
            return "–"
        late = rules.is_editable(claim) and claim.due_on < timezone.localdate()
        return format_html('<span class="{}">{}</span>', "desk-late" if late else "", _short(claim.due_on))

    @admin.display(description="check again", ordering="recheck_on")
    def recheck(self, claim: Claim) -> str:
        """When the facts may have moved."""
        return _short(claim.recheck_on) if claim.recheck_on else "–"

    @admin.display(description="changed", ordering="updated_at")
    def changed(self, claim: Claim) -> str:
        """When somebody last worked on it."""
        at = timezone.localtime(claim.updated_at)
        return f"today, {at:%H:%M}" if at.date() == timezone.localdate() else _short(at.date())

    # --- The page -----------------------------------------------------------------------------------
    def get_urls(self) -> list[Any]:
        """With the confirmation page of each step."""
        view = self.admin_site.admin_view
        return [
            path("similar/", view(matching.similar_json), name="articles_claim_similar"),
            path("<uuid:object_id>/step/<slug:key>/", view(self.step_view), name="articles_claim_step"),
            *duplicate_pages.addresses(self),
            *translations.addresses(self),
            *pages.addresses(self),
            *collaboration_pages.addresses(self),
            *super().get_urls(),
        ]

    def step_view(self, request: Any, object_id: Any, key: str) -> HttpResponse:
        """The page on which a step that needs words is confirmed."""
        return transition_pages.confirm(self, request, str(object_id), key)

    def get_readonly_fields(self, request: Any, obj: Claim | None = None) -> tuple[str, ...]:
        """The content, where the stage does not let it change."""
        closed = obj is not None and not obj._state.adding and not rules.is_editable(obj)
        return (*_LIKE, *_CONTENT, *VERDICT_FIELDS) if closed else _LIKE

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        """A new claim is on the desk of who enters it, in the language of the article it is from."""
        initial: dict[str, Any] = {**super().get_changeform_initial_data(request), "assignee": request.user.pk}
        article = _article(request)
        return initial | {"language": article.language} if article else initial

    def get_formset_kwargs(self, request: Any, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """A new claim from an article starts with a passage of that article."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        article = _article(request) if obj._state.adding and isinstance(inline, AppearanceInline) else None
        if article:
            kwargs["initial"] = [{"article": article.pk, "exact": request.GET.get("quote", "")}]
        return kwargs

    def get_inline_instances(self, request: Any, obj: Any = None) -> list[Any]:
        """A new claim shows one empty passage, open; the rest comes when it is wanted."""
        instances: list[Any] = super().get_inline_instances(request, obj)
        if obj is None:
            instances = [inline for inline in instances if not isinstance(inline, ReplyInline | RelationInline)]
            for inline in instances:
                inline.extra = 1 if isinstance(inline, AppearanceInline) else 0
        return instances

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Claimants by autocomplete; assignees by name, in their order."""
        if db_field.name == "claimant":
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "assignee" and field is not None:
            field.queryset = field.queryset.filter(is_active=True, is_staff=True).order_by("first_name", "username")
            field.label_from_instance = lambda user: user.display_name()
        return field

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add where the claim stands, what can be done with it, and what readers see."""
        claim = kwargs.get("obj")
        if claim is not None:
            context |= transition_pages.panel(Claim.objects.get(pk=claim.pk), request.user)
            context |= collaboration_pages.context(
                Claim.objects.select_related("assignee").get(pk=claim.pk), request.user
            )
            context["may_save"] = self.has_change_permission(request, claim)
        return super().render_change_form(request, context, *args, **kwargs)

    def entries(self, obj: Claim) -> list[timeline.Entry]:
        """The history of the claim and of all that hangs on it."""
        return timeline.of_claim(obj)

    # --- Saving --------------------------------------------------------------------------------------
    def save_model(self, request: Any, obj: Claim, form: Any, change: bool) -> None:
        """Enter the claim, or change what differs; the rows and the verdict follow in ``save_related``."""
        by, at, values = request.user, timezone.now(), self.changed_values(form)
        with as_form_errors():
            if not change:
                every = {name: form.cleaned_data[name] for name in (*_CONTENT, *_WORK) if name in form.cleaned_data}
                claim = claims.create(by=by, at=at, **every)
            else:
                claim = Claim.objects.get(pk=obj.pk)
                if values:
                    claim = claims.edit(claim=claim, by=by, at=at, version=claim.version, **values)
        obj.pk, obj.version, obj.stage = claim.pk, claim.version, claim.stage
        obj._state.adding = False
        request.desk_claim = claim

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The rows below the claim, its verdict, and then the step whose button was pressed."""
        by, at, claim = request.user, timezone.now(), request.desk_claim
        for inline, formset in zip(self._inlines_of(request, formsets), formsets, strict=True):
            claim = inline.save_rows(formset, claim, by=by, at=at)
        if "rating" in form.fields and form.cleaned_data.get("rating") and form.changed_verdict():
            with as_form_errors():
                claim = verdicts.propose_verdict(
                    claim=claim,
                    rating=form.cleaned_data["rating"],
                    summary=form.cleaned_data["summary"],
                    explanation_html=form.cleaned_data["explanation_html"],
                    by=by,
                    at=at,
                    version=claim.version,
                ).claim
        key = request.POST.get("_step", "")
        if key in workflow.BY_KEY and not transition_pages.needs_confirmation_page(claim, workflow.get(key)):
            with as_form_errors(fields={"comment": ""}):
                claim = transitions.apply_transition(claim=claim, transition=key, by=by, at=at, version=claim.version)
        request.desk_claim = claim

    def _inlines_of(self, request: Any, formsets: Any) -> list[Any]:
        by_model = {inline.model: inline for inline in self.get_inline_instances(request)}
        by_model |= {inline.model: inline for inline in super().get_inline_instances(request)}
        return [by_model[formset.model] for formset in formsets]

    def response_change(self, request: Any, obj: Claim) -> HttpResponse:
        """Say what was done: the step, where one was taken."""
        followed = transition_pages.after_saving(request, obj)
        return followed or super().response_change(request, obj)

    # --- Claims like it -------------------------------------------------------------------------------
    def similar(self, claim: Claim) -> str:
        """Whether it was checked before."""
        return matching.beside_statement(claim)

    def precedents(self, claim: Claim) -> str:
        """How like claims were rated."""
        return matching.beside_verdict(claim)

    similar.short_description = precedents.short_description = ""  # type: ignore[attr-defined]

    # --- What a closed claim shows in place of the verdict's fields -------------------------------------
    def rating(self, claim: Claim) -> str:
        """The rating of the newest verdict."""
        verdict = _verdict(claim)
        return badges.rating(verdict.rating.label, verdict.rating.tone) if verdict else "–"

    def summary(self, claim: Claim) -> str:
        """The finding in one sentence."""
        verdict = _verdict(claim)
        return verdict.summary if verdict else "–"

    @admin.display(description="Explanation")
    def explanation_html(self, claim: Claim) -> str:
        """How it is known, as readers see it: it was sanitised when it was saved."""
        verdict = _verdict(claim)
        html = mark_safe(verdict.explanation_html if verdict else "")  # noqa: S308
        return format_html('<div class="desk-prose">{}</div>', html)


def _verdict(claim: Claim) -> Verdict | None:
    return record_content.current_verdict(claim) if not claim._state.adding else None


def _article(request: Any) -> Article | None:
    """The article a new claim is to be entered from, as the address names it."""
    try:
        return Article.objects.filter(pk=request.GET.get("article", "")).first() if request.GET.get("article") else None
    except (ValidationError, ValueError):
        return None


def _short(day: date) -> str:
    """A day in a list: with its year where that is another one than today's."""
    return f"{day:%-d %b}" if day.year == timezone.localdate().year else f"{day:%-d %b %Y}"
