"""What hangs on a claim: each row is added, changed and removed through its service."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import StackedInline, TabularInline

from accounts.models import User
from articles import rules
from articles.choices import AnchorState
from articles.models import Appearance, Article, Claim, Evidence, Relation, RightOfReply
from articles.services.claims import claims
from articles.services.evidence import evidence
from desk.claims.forms import AppearanceForm, DeskFormSet, EvidenceForm, RelationForm, ReplyForm
from desk.http.refusals import Problem, RefusedFormError, as_form_errors
from desk.http.widgets import KnownAutocomplete

Change = Callable[..., Any]
#: Rows of one kind that a claim's page takes at once. What says it has more would keep the process busy for a minute.
MOST_ROWS = 400


class ClaimRows:
    """What every inline of the claim page shares. ``create``, ``change`` and ``remove`` call the services."""

    formset = DeskFormSet
    extra = 0
    template_name = ""
    changeable = True

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The formset, knowing what was refused a moment ago."""
        kwargs |= {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS}
        made = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        return type(made.__name__, (made,), {"problems": getattr(request, "desk_problems", [])})

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: Any, **kwargs: Any) -> Any:
        """Autocompletes that cost no query for what is already chosen."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = KnownAutocomplete(db_field, admin.site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def has_add_permission(self, request: Any, obj: Claim | None = None) -> bool:
        """While the claim is editable, by whoever may edit it."""
        return _is_open(obj) and bool(super().has_add_permission(request, obj))  # type: ignore[misc]

    def has_change_permission(self, request: Any, obj: Claim | None = None) -> bool:
        """While the claim is editable, where rows can be changed at all."""
        return self.changeable and _is_open(obj) and bool(super().has_change_permission(request, obj))  # type: ignore[misc]

    def has_delete_permission(self, request: Any, obj: Claim | None = None) -> bool:
        """While the claim is editable, by whoever may remove it."""
        return _is_open(obj) and bool(super().has_delete_permission(request, obj))  # type: ignore[misc]

    def save_rows(self, formset: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Do what was posted, row by row, each on the version the one before left."""
        for form in formset.forms:
            with as_form_errors(form.prefix):
                act = self._act(formset, form)
                if act:
                    claim = act(form, claim, by=by, at=at)
        return claim

    def _act(self, formset: Any, form: Any) -> Change | None:
        is_new = form.instance._state.adding
        if formset.can_delete and formset._should_delete_form(form):
            return None if is_new else self.remove
        if not form.has_changed():
            return None
        return self.create if is_new else self.change

    def create(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Add the row; returns the claim as it is then."""
        raise NotImplementedError

    def change(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Change the row; returns the claim as it is then."""
        raise RefusedFormError([Problem("This row can only be removed and added anew.", prefix=form.prefix)])

    def remove(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take the row off; returns the claim as it is then."""
        raise NotImplementedError


class AppearanceInline(ClaimRows, TabularInline):  # type: ignore[misc]
    """Where the claim was made."""

    model = Appearance
    form = AppearanceForm
    fields = ("article", "exact", "standing")
    readonly_fields = ("standing",)
    verbose_name_plural = "appearances: where it was said"
    changeable = False
    hide_title = True

    def get_queryset(self, request: Any) -> QuerySet[Appearance]:
        """With their articles, but without the articles' whole texts."""
        rows: QuerySet[Appearance] = super().get_queryset(request).select_related("article_version__article")
        return rows.defer("article_version__body")

    @admin.display(description="article")
    def article(self, appearance: Appearance) -> str:
        """The article, with a link to the passage on its desk."""
        version = appearance.article_version
        found: Article = version.article
        address = reverse("admin:articles_article_desk", args=[found.pk])
        link = '<a class="desk-link" href="{}?text={}#passage-{}">{}</a>'
        return format_html(link, address, version.number, appearance.pk, found)

    @admin.display(description="in the newest text")
    def standing(self, appearance: Appearance) -> str:
        """Whether it is found there, with a link to the report where a person has to say."""
        if appearance.pk is None or appearance.state == AnchorState.EXACT:
            return "-" if appearance.pk is None else "Found"
        check = appearance.checks.select_related("article_version").order_by("-id").first()
        label = appearance.get_state_display()
        if check is None:
            return label
        version = check.article_version
        address = reverse("admin:articles_article_report", args=[version.article_id, version.number])
        return format_html('<a class="desk-link" href="{}#passage-{}">{}: see the report</a>', address, check.pk, label)

    def create(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Mark the passage."""
        version = form.cleaned_data["article"].current_version()
        return claims.mark(
            claim=claim,
            article_version=version,
            exact=form.cleaned_data["exact"],
            by=by,
            at=at,
            version=claim.version,
        ).claim

    def remove(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take the mark off."""
        return claims.unmark(appearance=form.instance, by=by, at=at, version=claim.version)


class EvidenceInline(ClaimRows, StackedInline):  # type: ignore[misc]
    """What speaks for and against it."""

    model = Evidence
    template_before = "desk/http/row_errors.html"
    form = EvidenceForm
    fields = ("source", ("stance", "position"), "quote", "locator", "note", "capture")
    autocomplete_fields = ("source", "capture")
    verbose_name = "piece of evidence"
    verbose_name_plural = "evidence"

    def get_queryset(self, request: Any) -> QuerySet[Evidence]:
        """With their sources and copies."""
        rows: QuerySet[Evidence] = super().get_queryset(request).select_related("source", "capture__source")
        return rows

    def create(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Link the source."""
        values = {name: form.cleaned_data[name] for name in form.fields if name in EvidenceForm.Meta.fields}
        return evidence.add(claim=claim, by=by, at=at, version=claim.version, **values).claim

    def change(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Change what differs."""
        stored = Evidence.objects.select_related("claim").get(pk=form.instance.pk)
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in EvidenceForm.Meta.fields}
        return evidence.edit(evidence=stored, by=by, at=at, version=claim.version, **values).claim

    def remove(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take the evidence off."""
        return evidence.remove(evidence=form.instance, by=by, at=at, version=claim.version)


class ReplyInline(ClaimRows, StackedInline):  # type: ignore[misc]
    """Who was asked to answer."""

    model = RightOfReply
    template_before = "desk/http/row_errors.html"
    form = ReplyForm
    fields = (("asked", "means"), ("asked_on", "answered_on"), "answer")
    verbose_name_plural = "replies: who was asked, what they answered"

    def create(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Note it."""
        values = {name: form.cleaned_data[name] for name in ReplyForm.Meta.fields}
        return claims.record_reply(claim=claim, by=by, at=at, version=claim.version, **values).claim

    def change(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Change what differs."""
        stored = RightOfReply.objects.select_related("claim").get(pk=form.instance.pk)
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in ReplyForm.Meta.fields}
        return claims.edit_reply(reply=stored, by=by, at=at, version=claim.version, **values).claim

    def remove(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take it off."""
        return claims.remove_reply(reply=form.instance, by=by, at=at, version=claim.version)


class RelationInline(ClaimRows, TabularInline):  # type: ignore[misc]
    """How it stands to other claims."""

    model = Relation
    form = RelationForm
    fk_name = "claim"
    fields = ("kind", "other")
    autocomplete_fields = ("other",)
    verbose_name_plural = "relations to other claims"
    changeable = False
    hide_title = True

    def get_queryset(self, request: Any) -> QuerySet[Relation]:
        """With the other claims."""
        rows: QuerySet[Relation] = super().get_queryset(request).select_related("other")
        return rows

    def create(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """State it."""
        return claims.relate(
            claim=claim,
            kind=form.cleaned_data["kind"],
            other=form.cleaned_data["other"],
            by=by,
            at=at,
            version=claim.version,
        ).claim

    def remove(self, form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take it back."""
        return claims.unrelate(relation=form.instance, by=by, at=at, version=claim.version)


def _is_open(claim: Claim | None) -> bool:
    return claim is None or claim._state.adding or rules.is_editable(claim)
