"""The forms of the claim page: the claim with its verdict, and the rows that hang on it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from unfold.widgets import (
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.models import User
from articles import evidence_fields
from articles.models import Appearance, Article, ArticleVersion, Claim, Evidence, Rating, Relation
from articles.selectors import admin_lists
from articles.selectors.log import record_content
from articles.services.evidence import evidence
from articles.services.verification import verdicts
from desk.claims.reply_form import ReplyForm
from desk.http.forms import ConfirmedDateField, DeskForm, RatingField, RowForm
from desk.http.widgets import EXPLANATION, KnownAutocomplete, day

#: The fields of the claim page that make up its verdict.
VERDICT_FIELDS = ("rating", "summary", "explanation_html")


class ClaimForm(DeskForm):
    """A claim's own words and its verdict."""

    rating = RatingField(
        Rating.objects.none(),
        label=_("Rating"),
        required=False,
        widget=forms.RadioSelect(),
        empty_label=None,
        help_text=_("What was found."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "claim-input"}),
        help_text=_("What was found, in one sentence. It is what most readers will read."),
    )
    explanation_html = forms.CharField(
        label=_("Explanation"),
        required=False,
        widget=AdminProseEditorWidget(  # type: ignore[no-untyped-call]
            config={"extensions": EXPLANATION}, preset="configurable", attrs={"rows": 8}
        ),
        help_text=_("How you know, for readers who want to follow. Cite what is listed as evidence below."),
    )

    confirm_old_date = ConfirmedDateField()

    class Meta:
        model = Claim
        fields = "__all__"
        widgets = {
            "text": forms.Textarea(
                attrs={"rows": 1, "class": "claim-statement", "placeholder": _("The claim in one sentence")}
            ),
            "assignee": forms.Select(),
            "due_on": day(),
            "recheck_on": day(),
            "why_chosen": UnfoldAdminTextareaWidget(attrs={"rows": 2, "class": "desk-wide"}),
            "headline": forms.Textarea(attrs={"rows": 1, "class": "claim-input", "dir": "auto"}),
            "origin": UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"}),
            "origin_url": UnfoldAdminTextInputWidget(attrs={"class": "desk-wide", "inputmode": "url"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_what_is_chosen()
        self._offer_assignees()
        exists = not self.instance._state.adding
        verdict = record_content.current_verdict(self.instance) if exists else None
        self.verdict = verdict
        if "rating" not in self.fields:
            return
        rating = self.fields["rating"]
        assert isinstance(rating, forms.ModelChoiceField)  # noqa: S101
        rating.queryset = admin_lists.ratings_for(self.instance if exists else None)
        if verdict:
            self.initial["rating"] = verdict.rating_id
            self.initial["summary"] = verdict.summary
            self.initial["explanation_html"] = verdict.explanation_html

    def _offer_assignees(self) -> None:
        """By name, in their order."""
        field: Any = self.fields.get("assignee")
        if field is not None:
            people = field.queryset.filter(is_active=True, is_staff=True)
            field.queryset = people.order_by("first_name", "username")
            field.label_from_instance = lambda user: user.display_name()
            field.empty_label = _("Nobody")

    def show_people(self, colleagues: list[User]) -> None:
        """Show these, which were read once for all forms of a page, and who it is assigned to now."""
        authors: Any = self.fields.get("chosen_authors")
        if authors is not None:
            authors.show(colleagues, self["chosen_authors"].value() or ())
        field: Any = self.fields.get("assignee")
        if field is not None:
            now = self.instance.assignee
            people = [*colleagues, *([now] if now and now not in colleagues else [])]
            named = [(user.pk, field.label_from_instance(user)) for user in people]
            field.widget.choices = [("", field.empty_label), *named]

    def same_text(self, name: str) -> bool:
        """An explanation that its editor only wrote differently is the same: who saved it did not propose it."""
        if name != "explanation_html" or super().same_text(name):
            return super().same_text(name)
        before = str(self.get_initial_for_field(self.fields[name], name) or "")
        return verdicts.sanitize(before) == verdicts.sanitize(_worded(str(self[name].data or "")))

    def clean_summary(self) -> str:
        """One line, however it was typed or pasted."""
        return " ".join(str(self.cleaned_data["summary"]).split())

    def clean_explanation_html(self) -> str:
        """Without the empty paragraph that the editor leaves of nothing."""
        return _worded(self.cleaned_data["explanation_html"])

    def clean(self) -> dict[str, Any]:
        """A summary or an explanation belongs to a rating."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "rating" in self.fields and not self.has_error("rating") and not cleaned.get("rating"):
            if self.verdict is not None:
                self.add_error("rating", gettext("A verdict can be changed but not taken back: choose a rating."))
            elif cleaned.get("summary") or cleaned.get("explanation_html"):
                self.add_error("rating", gettext("Choose a rating: a summary or explanation alone is no verdict."))
        return cleaned

    def changed_verdict(self) -> bool:
        """Whether anything of the verdict differs from what is stored."""
        return any(name in self.changed_data for name in VERDICT_FIELDS)


def _worded(html: str) -> str:
    return html.replace("\r\n", "\n") if strip_tags(html).strip() else ""


class AppearanceForm(RowForm):
    """A passage of an article, found by its quote."""

    article = forms.ModelChoiceField(
        Article.objects.all(),
        label=_("Article"),
        widget=KnownAutocomplete(ArticleVersion._meta.get_field("article"), admin.site),
        help_text=_("The article in which the claim was made."),
    )

    class Meta:
        model = Appearance
        fields = ("exact",)
        widgets = {"exact": UnfoldAdminTextareaWidget(attrs={"rows": 2})}


class EvidenceForm(RowForm):
    """What a source says about the claim."""

    class Meta:
        model = Evidence
        fields = ("source", *evidence_fields.NAMES, "capture", "position")
        labels = {field.name: field.label for field in evidence_fields.FIELDS}
        widgets = {
            field.name: UnfoldAdminTextareaWidget(attrs={"rows": 2})
            for field in evidence_fields.FIELDS
            if field.kind == evidence_fields.Kind.TEXT
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = gettext("Left empty, it comes last.")
            if self.instance._state.adding:
                self.initial["position"] = self.fields["position"].initial = None

    def clean(self) -> dict[str, Any]:
        """A capture shows its own source."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("source"):
            evidence.check_capture(capture=cleaned.get("capture"), source=cleaned["source"])
        return cleaned

    def clean_position(self) -> int | None:
        """Where it stands; an emptied order of an existing row stays as it was."""
        position: int | None = self.cleaned_data.get("position")
        return self.instance.position if position is None and not self.instance._state.adding else position

    def _post_clean(self) -> None:
        """Django's own check of the row needs a number where the service will choose one."""
        position = self.cleaned_data.get("position")
        if position is None:
            self.cleaned_data["position"] = 0
        super()._post_clean()  # type: ignore[misc]
        self.cleaned_data["position"] = position


class ReplyRowForm(ReplyForm):
    """A reply as a row of the claim's page."""

    class Meta(ReplyForm.Meta):
        widgets = {"answer": UnfoldAdminTextareaWidget(attrs={"rows": 2}), "asked_on": day(), "answered_on": day()}


class RelationForm(RowForm):
    """The relation of the claim to another one."""

    class Meta:
        model = Relation
        fields = ("kind", "other")
