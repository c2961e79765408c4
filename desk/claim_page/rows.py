"""What hangs on a claim: each row is added, changed and removed through its service."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from unfold.admin import StackedInline, TabularInline

from accounts.models import User
from articles import rules
from articles.models import Appearance, Claim, Evidence, Relation, RightOfReply
from articles.services.claims import claims
from articles.services.evidence import evidence
from desk.claim_page.forms import AppearanceForm, EvidenceForm, RelationForm, ReplyRowForm
from desk.claim_page.row_sets import May, RowSet
from desk.http.form_fields import FieldMaker
from desk.http.refusals import as_form_errors


class AppearanceLook(TabularInline):  # type: ignore[misc]
    """How the fields of passages are made."""

    model = Appearance


class EvidenceLook(StackedInline):  # type: ignore[misc]
    """How the fields of evidence are made."""

    model = Evidence
    autocomplete_fields = ("source", "capture")


class ReplyLook(StackedInline):  # type: ignore[misc]
    """How the fields of replies are made."""

    model = RightOfReply


class RelationLook(TabularInline):  # type: ignore[misc]
    """How the fields of relations are made."""

    model = Relation
    fk_name = "claim"
    autocomplete_fields = ("other",)


class RowPanel:
    """Rows of one kind on the claim's page. ``create``, ``change`` and ``remove`` call the services."""

    look: Any
    form: "type[forms.ModelForm[Any]]"
    prefix: str
    changeable = True

    @classmethod
    def rows(cls, request: Any, claim: Claim | None, *, may_save: bool, data: Any, initial: Any = ()) -> RowSet:
        """The rows of ``claim``, or of a claim that is not entered yet, with ``data`` as they were posted."""
        look = cls.look(Claim, admin.site)
        form_class = forms.modelform_factory(
            look.model, form=cls.form, fields=cls.form._meta.fields, formfield_callback=FieldMaker(look, request)
        )
        may = cls.may(request.user, claim, may_save=may_save)
        rows = getattr(claim, cls.prefix).all() if claim else ()
        return RowSet(form_class, rows, prefix=cls.prefix, may=may, data=data, initial=initial if may.add else ())

    @classmethod
    def may(cls, user: User, claim: Claim | None, *, may_save: bool) -> May:
        """While the claim is editable, what its permissions for this kind of row allow."""
        name = cls.look.model._meta.model_name
        is_open = may_save and (claim is None or rules.is_editable(claim))
        has = {act: user.has_perm(f"articles.{act}_{name}") for act in ("view", "add", "change", "delete")}
        return May(
            view=has["view"] or has["change"],
            add=is_open and has["add"],
            change=is_open and has["change"] and cls.changeable,
            delete=is_open and has["delete"],
        )

    @classmethod
    def save(cls, rows: RowSet, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Do what was posted, row by row, each on the version the one before left. Raises ``RefusedFormError``."""
        for act, form in rows.changed():
            with as_form_errors(form.prefix):
                claim = getattr(cls, act)(form, claim, by=by, at=at)
        return claim


class AppearancePanel(RowPanel):
    """Where the claim was made."""

    look, form, prefix = AppearanceLook, AppearanceForm, "appearances"
    changeable = False

    @staticmethod
    def create(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
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

    @staticmethod
    def remove(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take the mark off."""
        return claims.unmark(appearance=form.instance, by=by, at=at, version=claim.version)


class EvidencePanel(RowPanel):
    """What speaks for and against it."""

    look, form, prefix = EvidenceLook, EvidenceForm, "evidence"

    @staticmethod
    def create(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Link the source."""
        values = {name: form.cleaned_data[name] for name in form.fields if name in EvidenceForm.Meta.fields}
        return evidence.add(claim=claim, by=by, at=at, version=claim.version, **values).claim

    @staticmethod
    def change(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Change what differs."""
        stored = Evidence.objects.select_related("claim").get(pk=form.instance.pk)
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in EvidenceForm.Meta.fields}
        return evidence.edit(evidence=stored, by=by, at=at, version=claim.version, **values).claim

    @staticmethod
    def remove(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take the evidence off."""
        return evidence.remove(evidence=form.instance, by=by, at=at, version=claim.version)


class ReplyPanel(RowPanel):
    """Who was asked to answer."""

    look, form, prefix = ReplyLook, ReplyRowForm, "replies"

    @staticmethod
    def create(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Note it."""
        values = {name: form.cleaned_data[name] for name in ReplyRowForm.Meta.fields}
        return claims.record_reply(claim=claim, by=by, at=at, version=claim.version, **values).claim

    @staticmethod
    def change(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Change what differs."""
        stored = RightOfReply.objects.select_related("claim").get(pk=form.instance.pk)
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in ReplyRowForm.Meta.fields}
        return claims.edit_reply(reply=stored, by=by, at=at, version=claim.version, **values).claim

    @staticmethod
    def remove(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take it off."""
        return claims.remove_reply(reply=form.instance, by=by, at=at, version=claim.version)


class RelationPanel(RowPanel):
    """The relations to other claims."""

    look, form, prefix = RelationLook, RelationForm, "relations"
    changeable = False

    @staticmethod
    def create(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """State it."""
        return claims.relate(
            claim=claim,
            kind=form.cleaned_data["kind"],
            other=form.cleaned_data["other"],
            by=by,
            at=at,
            version=claim.version,
        ).claim

    @staticmethod
    def remove(form: Any, claim: Claim, *, by: User, at: datetime) -> Claim:
        """Take it back."""
        return claims.unrelate(relation=form.instance, by=by, at=at, version=claim.version)


#: In the order of the page.
PANELS: tuple[type[RowPanel], ...] = (AppearancePanel, EvidencePanel, ReplyPanel, RelationPanel)
