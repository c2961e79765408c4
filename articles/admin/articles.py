"""Articles: bringing them in, what is known about them, and the claims marked in their text."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from articles import text
from articles.admin import badges, suggestions
from articles.admin.base import DeskAdmin
from articles.admin.passages import paragraphs
from articles.admin.refusals import DeskForm, Problem, RefusedFormError, beside
from articles.choices import CaptureMethod
from articles.models import Article
from articles.selectors import tables
from articles.services import intake
from articles.services.errors import RefusedError

_KNOWN = ("title", "publisher", "url", "authors", "published_on", "language")


class IntakeForm(DeskForm):
    """A text, pasted or as a file, and what is known about it."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".txt,.md,.markdown,.html,.htm"}),
        help_text="A .txt, .md or .html file of up to 5 MB, in UTF-8.",
    )
    body = forms.CharField(
        strip=False,
        label="Text",
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14, "class": "desk-wide"}),
        help_text="Or paste the text here. It is kept as it is and never changed.",
    )

    class Meta:
        model = Article
        fields = _KNOWN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extracted: intake.Extracted | None = None
        self.fields["title"].required = False
        self.fields["title"].help_text = "Left empty, it is taken from the text."
        self.fields["language"].required = False

    def clean(self) -> dict[str, Any]:
        """Read what was given, and fill in what it says about itself where nothing was typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), cleaned.get("body") or ""
        if file and pasted.strip():
            self.add_error("file", "Either choose a file or paste the text, not both.")
        elif file is not None:
            self._extract("file", file.name, _bytes(file))
        elif not self.has_error("body"):
            self._extract("body", "pasted.txt", pasted.encode("utf-8", "surrogatepass"))
        if self.extracted:
            for name in _KNOWN:
                if not cleaned.get(name) and not self.has_error(name):
                    cleaned[name] = getattr(self.extracted, name)
            cleaned["language"] = cleaned["language"] or "en"
        return cleaned

    def _extract(self, field: str, name: str, data: bytes) -> None:
        try:
            self.extracted = intake.read(data, name=name)
        except RefusedError as error:
            empty = field == "body" and not data.strip()
            self.add_error(field, "Paste the article's text, or choose a file that holds it." if empty else str(error))


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """Articles of others, in which claims are made."""

    change_form_template = "admin/articles/article/change_form.html"
    list_display = ("title", "publisher", "language", "published_on", "claims", "created_at")
    search_fields = ("title", "publisher", "url")
    search_help_text = "Search in titles, publishers and addresses"

    def get_queryset(self, request: Any) -> QuerySet[Article]:
        """With the number of claims, for the list."""
        return tables.articles().order_by("-created_at")

    @admin.display(description="claims", ordering="claim_count")
    def claims(self, article: Any) -> int:
        """How many claims are marked in it."""
        return int(article.claim_count)

    def get_urls(self) -> list[Any]:
        """And what the text suggests."""
        return [*suggestions.urls(self), *super().get_urls()]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Intake for a new article; its metadata afterwards."""
        if obj is None:
            kwargs["form"] = IntakeForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        """The text comes first, and only once."""
        if obj is None:
            return (("The text", {"fields": ("file", "body")}), ("What is known about it", {"fields": _KNOWN}))
        return (("About the article", {"fields": _KNOWN}),)

    def save_model(self, request: Any, obj: Article, form: Any, change: bool) -> None:
        """Take the text in, or correct what is known about the article."""
        if change:
            values = self.changed_values(form)
            with beside():
                if values:
                    intake.edit_article(article=obj, by=request.user, version=request.desk_version, **values)
            return
        known = {name: form.cleaned_data[name] for name in _KNOWN}
        from_file = bool(form.cleaned_data.get("file"))
        with beside(fields={"body": "file" if from_file else "body"}):
            request.desk_taken = intake.take_in(
                body=form.extracted.body,
                by=request.user,
                at=timezone.now(),
                how=CaptureMethod.FILE if from_file else CaptureMethod.PASTE,
                **known,
            )
        taken = request.desk_taken.article
        obj.pk, obj.title, obj.version = taken.pk, taken.title, taken.version
        obj._state.adding = False
        if not request.desk_taken.is_new_text:
            address = self.page_of(taken)
            same = format_html('This text is there already: <a href="{}">{}</a>. Nothing was added.', address, taken)
            raise RefusedFormError([Problem(same, "file" if from_file else "body")])

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on an article's form."""

    def response_add(self, request: Any, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        """Say whether it is a new article or a new text of a known one, and go to it."""
        if request.desk_taken.is_new_article:
            messages.success(request, "The article is in. Mark the claims that are made in it.")
        else:
            messages.success(request, "This is a newer text of an article that was known: it was added to it.")
        return self.response_post_save_add(request, obj)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the text with its marked passages, and the claims."""
        article = kwargs.get("obj")
        if article is not None:
            version = article.current_version()
            marks = tables.marked_in(version)
            context |= {
                "article_version": version,
                "captured": f"{localtime(version.captured_at):%-d %B %Y, %H:%M}",
                "article_text": render_to_string(
                    "admin/articles/article/text.html",
                    {
                        "paragraphs": paragraphs(version.body, marks),
                        "language": article.language,
                        "direction": text.direction(article.language),
                    },
                ),
                "article_claims": [
                    (claim, badges.stage(claim.stage), badges.rating(claim.rating_label, claim.rating_tone))
                    for claim in tables.claims_of_article(article)
                ],
                "may_add_claim": request.user.has_perm("articles.add_claim"),
                "suggestions": reverse("admin:articles_article_suggestions_list", args=[article.pk]),
                "new_claim": f"{reverse('admin:articles_claim_add')}?article={article.pk}",
            }
        return super().render_change_form(request, context, *args, **kwargs)


def _bytes(file: Any) -> bytes:
    """The file's bytes, no more than are needed to see that it is too large; it may be read a second time."""
    file.seek(0)
    data: bytes = file.read(text.MAX_ARTICLE_BYTES + 1)
    file.seek(0)
    return data
