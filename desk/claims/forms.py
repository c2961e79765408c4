"""The forms of the claim page: the claim with its verdict, and the rows that hang on it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import strip_tags
from django_prose_editor.widgets import AdminProseEditorWidget
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.models import Appearance, Article, ArticleVersion, Claim, Evidence, Rating, Relation, RightOfReply
from articles.selectors import admin_lists
from articles.selectors.log import record_content
from articles.services.verification import verdicts
from desk.http.refusals import DeskForm, Problem
from desk.http.widgets import KnownAutocomplete

#: The fields of the claim page that make up its verdict.
VERDICT_FIELDS = ("rating", "summary", "explanation_html")
#: What the editor of an explanation offers: no more than ``verification.sanitize`` lets through.
PROSE: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https"]},
    "History": True,
}


class ClaimForm(DeskForm):
    """A claim's own words and its verdict."""

    rating = forms.ModelChoiceField(
        Rating.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget(),
        empty_label="No verdict yet",
        help_text="What was found. Each rating's definition is on the page of ratings.",
    )
    summary = forms.CharField(
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text="What was found, in one sentence. It is what most readers will read.",
    )
    explanation_html = forms.CharField(
        label="Explanation",
        required=False,
        widget=AdminProseEditorWidget(  # type: ignore[no-untyped-call]
            config={"extensions": PROSE}, preset="configurable", attrs={"rows": 8}
        ),
        help_text="How you know, for readers who want to follow. Cite what is listed as evidence below.",
    )

    class Meta:
        model = Claim
        fields = "__all__"
        widgets = {
            "text": UnfoldAdminTextareaWidget(attrs={"rows": 2, "class": "desk-wide"}),
            "why_chosen": UnfoldAdminTextareaWidget(attrs={"rows": 2, "class": "desk-wide"}),
            "origin": UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def same_text(self, name: str) -> bool:
        """An explanation that its editor only wrote differently is the same: who saved it did not propose it."""
        if name != "explanation_html" or super().same_text(name):
            return super().same_text(name)
        before = str(self.get_initial_for_field(self.fields[name], name) or "")
        return verdicts.sanitize(before) == verdicts.sanitize(_worded(str(self[name].data or "")))

    def clean_explanation_html(self) -> str:
        """Without the empty paragraph that the editor leaves of nothing."""
        return _worded(self.cleaned_data["explanation_html"])

    def clean(self) -> dict[str, Any]:
        """A summary or an explanation belongs to a rating."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "rating" in self.fields and not self.has_error("rating") and not cleaned.get("rating"):
            if self.verdict is not None:
                self.add_error("rating", "A verdict can be changed but not taken back: choose a rating.")
            elif cleaned.get("summary") or cleaned.get("explanation_html"):
                self.add_error("rating", "Choose a rating: a summary or explanation alone is no verdict.")
        return cleaned

    def changed_verdict(self) -> bool:
        """Whether anything of the verdict differs from what is stored."""
        return any(name in self.changed_data for name in VERDICT_FIELDS)


def _worded(html: str) -> str:
    return html.replace("\r\n", "\n") if strip_tags(html).strip() else ""


class DeskFormSet(PaginationInlineFormSet):  # type: ignore[misc]
    """Rows below a claim. A row that somebody else removed meanwhile stays in the form, as a new one."""

    problems: list[Problem] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, data=data, **kwargs)
        if self.is_bound:
            self.data = self._without_vanished(data)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.problems = self.problems
        return form

    def _without_vanished(self, data: Any) -> Any:
        """The posted rows in an order that Django can match: the ones that exist first, the vanished as new ones."""
        if not self.management_form.is_valid():
            return data
        total = min(self.management_form.cleaned_data["TOTAL_FORMS"], self.absolute_max)
        initial = min(self.management_form.cleaned_data["INITIAL_FORMS"], total)
        known = {str(row.pk) for row in self.get_queryset()}
        rows = [{k: data.getlist(k) for k in data if k.startswith(f"{self.prefix}-{i}-")} for i in range(total)]
        standing: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for i, row in enumerate(rows):
            fields = {key.removeprefix(f"{self.prefix}-{i}-"): values for key, values in row.items()}
            there = i < initial and fields.get("id", [""])[-1] in known
            if i < initial and not there:
                fields.pop("id", None)
            (standing if there else others).append(fields)
        if len(standing) == initial:
            return data
        kept = data.copy()
        for key in [key for key in kept if key.startswith(f"{self.prefix}-") and key.split("-")[-2].isdigit()]:
            del kept[key]
        for i, fields in enumerate(standing + others):
            for name, values in fields.items():
                kept.setlist(f"{self.prefix}-{i}-{name}", values)
        kept[f"{self.prefix}-INITIAL_FORMS"] = str(len(standing))
        self.__dict__.pop("management_form", None)
        return kept


class RowForm(DeskForm):
    """A row below a claim. Its autocompletes are told what is chosen, so that a row costs no query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownAutocomplete) and self.instance.pk and name in self.instance._state.fields_cache:
                widget.known = self.instance._state.fields_cache[name]


class AppearanceForm(RowForm):
    """A passage of an article, found by its quote."""

    article = forms.ModelChoiceField(
        Article.objects.all(),
        widget=KnownAutocomplete(ArticleVersion._meta.get_field("article"), admin.site),
        help_text="The article in which the claim was made.",
    )

    class Meta:
        model = Appearance
        fields = ("exact",)
        widgets = {"exact": UnfoldAdminTextareaWidget(attrs={"rows": 2})}


class EvidenceForm(RowForm):
    """What a source says about the claim."""

    class Meta:
        model = Evidence
        fields = ("source", "stance", "quote", "locator", "note", "capture", "position")
        widgets = {
            "quote": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "note": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = "Left empty, it comes last."
            if self.instance._state.adding:
                self.initial["position"] = self.fields["position"].initial = None

    def clean(self) -> dict[str, Any]:
        """A capture shows its own source."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        capture, source = cleaned.get("capture"), cleaned.get("source")
        if capture and source and capture.source_id != source.pk:
            self.add_error("capture", "This copy was made of another source.")
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


class ReplyForm(RowForm):
    """Who was asked, and what they said."""

    class Meta:
        model = RightOfReply
        fields = ("asked", "asked_on", "means", "answer", "answered_on")
        widgets = {"answer": UnfoldAdminTextareaWidget(attrs={"rows": 2})}


class RelationForm(RowForm):
    """How the claim stands to another."""

    class Meta:
        model = Relation
        fields = ("kind", "other")
