"""Bringing in an article: give it, look at what was found in it, save. Works without scripts, keeps what was typed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles import text
from articles.choices import CaptureMethod, Surface
from articles.models import Article
from articles.services import audit
from articles.services.articles import fetching, identity, intake
from desk.http.refusals import DeskForm, RefusedFormError, add_problems, as_form_errors
from lib.extraction import Extracted
from lib.refusals import RefusedError

KNOWN = ("title", "publisher", "url", "authors", "published_on", "language")
_SALT = "articles.admin.intake"
_CSS = {"class": "desk-wide"}


class IntakeForm(forms.Form):
    """A text, pasted or as a file, or the address it is at."""

    url = forms.CharField(
        label="Address",
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextInputWidget(attrs={**_CSS, "inputmode": "url", "autofocus": True}),
        help_text="The page is fetched from here. With a file or a pasted text, the address is only noted.",
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".txt,.md,.markdown,.html,.htm,.docx"}),
        help_text="A .txt, .md, .html or .docx file of up to 5 MB.",
    )
    body = forms.CharField(
        strip=False,
        label="Text",
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14, **_CSS}),
        help_text="Or paste the text here.",
    )

    found: Extracted | None = None
    how = CaptureMethod.PASTE

    def clean(self) -> dict[str, Any]:
        """Read what was given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, pasted, url = cleaned.get("file"), cleaned.get("body") or "", (cleaned.get("url") or "").strip()
        if file is not None and pasted.strip():
            self.add_error("file", "Either choose a file or paste the text, not both.")
        elif file is not None:
            self._read("file", CaptureMethod.FILE, lambda: intake.read(_bytes(file), name=file.name))
        elif pasted.strip():
            data = pasted.encode("utf-8", "surrogatepass")
            self._read("body", CaptureMethod.PASTE, lambda: intake.read(data, name="pasted.txt"))
        elif url and not self.errors:
            self._read("url", CaptureMethod.ADDRESS, lambda: fetching.fetch(url).found)
        elif not self.errors:
            self.add_error(None, "Paste the article's text, choose a file that holds it, or give its address.")
        return cleaned

    def _read(self, field: str, how: CaptureMethod, reading: Any) -> None:
        try:
            self.found, self.how = reading(), how
        except RefusedError as error:
            self.add_error(field, str(error))


class ReviewForm(DeskForm):
    """What was found in it, for correction."""

    body = forms.CharField(
        strip=False,
        label="Text",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 22, **_CSS}),
        help_text="Take out what is not part of the article. Once saved, it is never changed.",
    )
    source = forms.CharField(widget=forms.HiddenInput)
    notes = forms.CharField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = KNOWN
        widgets = {
            "title": UnfoldAdminTextInputWidget(attrs=_CSS),
            "publisher": UnfoldAdminTextInputWidget(),
            "url": UnfoldAdminTextInputWidget(attrs=_CSS),
            "authors": UnfoldAdminTextInputWidget(),
            "published_on": UnfoldAdminSingleDateWidget(),
            "language": UnfoldAdminTextInputWidget(),
        }

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = "Left empty, it is taken from the text."
        self.fields["language"].required = False
        if article is not None:
            for name in KNOWN:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The text as it is stored; a title from it where there is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            cleaned["body"] = intake.check_body(cleaned.get("body") or "")
        except (RefusedError, ValidationError) as error:
            self.add_error("body", " ".join(getattr(error, "messages", [str(error)])))
        else:
            if "title" in self.fields and not cleaned.get("title"):
                cleaned["title"] = cleaned["body"].splitlines()[0][:300]
        if "language" in self.fields and not self.has_error("language"):
            cleaned["language"] = cleaned.get("language") or "en"
        return cleaned


def bring_in(admin: Any, request: Any) -> HttpResponse:
    """Both steps on one address. ``?article=`` names the article of which this is a newer text."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    article = _named(admin, request)
    if request.method == "POST" and request.POST.get("step") == "save":
        return _save(admin, request, article)
    given = IntakeForm(request.POST or None, request.FILES or None, initial={"url": request.GET.get("url", "")[:2000]})
    if request.method == "POST" and given.is_valid() and given.found is not None:
        return _show_found(admin, request, given, article)
    return _page(admin, request, given, article, step="read", title="Bring in an article")


def _show_found(admin: Any, request: Any, given: IntakeForm, article: Article | None) -> HttpResponse:
    found, url = given.found, given.cleaned_data["url"].strip()
    assert found is not None  # noqa: S101
    address = found.url if given.how == CaptureMethod.ADDRESS else url or found.url
    known = article or identity.article_at(address)
    body = intake.check_body(found.body)
    first = {
        **{name: getattr(found, name) for name in KNOWN},
        "title": found.title[:300],
        "publisher": found.publisher[:200],
        "url": address,
        "language": found.language or "en",
        "body": body,
        "source": signing.dumps({"how": given.how, "body": hash_of(body)}, salt=_SALT),
        "notes": "\n".join(found.notes),
        "known": str(known.pk) if known else "",
    }
    first["authors"] = ",".join(name[:120].replace(",", " ") for name in found.authors)
    form = ReviewForm(initial=first, article=known)
    return _page(admin, request, form, known, step="save", title="Is this the article?", notes=found.notes, body=body)


def _save(admin: Any, request: Any, article: Article | None) -> HttpResponse:
    shown = article or _by_id(request.POST.get("known", ""))
    form = ReviewForm(request.POST, article=shown)
    valid = form.is_valid()
    known = shown or (identity.article_at(form.cleaned_data.get("url") or "") if valid else None)
    notes = [line for line in request.POST.get("notes", "").split("\n") if line]
    if valid and known is not None and shown is None:
        # The corrected address is that of a known article: that is said before anything is saved.
        form = ReviewForm(initial={**form.cleaned_data, **_carried(request), "known": str(known.pk)}, article=known)
        valid = False
    if valid:
        try:
            with audit.surface(Surface.ADMIN), as_form_errors():
                return _saved(admin, request, form, known)
        except RefusedFormError as refused:
            add_problems(form, refused.problems)
    return _page(admin, request, form, known, step="save", title="Is this the article?", notes=notes)


def _saved(admin: Any, request: Any, form: ReviewForm, known: Article | None) -> HttpResponse:
    values = {name: form.cleaned_data[name] for name in KNOWN if name in form.fields}
    how = _how(form.cleaned_data["source"], form.cleaned_data["body"])
    taken = intake.import_text(
        body=form.cleaned_data["body"],
        by=request.user,
        at=timezone.now(),
        how=how,
        article=known,
        **(values if known is None else {"title": known.title}),
    )
    if not taken.is_new_text:
        same = format_html(
            'This text is there already: <a href="{}">{}</a>.', admin.page_of(taken.article), taken.article
        )
        form.add_error("body", format_html("{} Nothing was added.", same))
        return _page(admin, request, form, known, step="save", title="Is this the article?")
    if taken.passages:
        messages.success(request, "The new text is in. Decide where its marked passages are now.")
        address = reverse("admin:articles_article_report", args=[taken.article.pk, taken.version.number])
        return HttpResponseRedirect(address)
    known_words = "This is a newer text of an article that was known: it was added to it."
    new_words = "The article is in. Mark the claims that are made in it."
    messages.success(request, new_words if taken.is_new_article else known_words)
    return HttpResponseRedirect(reverse("admin:articles_article_desk", args=[taken.article.pk]))


def _page(
    admin: Any,
    request: Any,
    form: Any,
    article: Article | None,
    *,
    step: str,
    title: str,
    notes: Any = (),
    body: str = "",
) -> HttpResponse:
    same = intake.version_with_text(body) if body else None
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "form": form,
        "step": step,
        "notes": notes,
        "article": article,
        "article_page": admin.page_of(article) if article else "",
        "number": article.versions.count() + 1 if article else 1,
        "same": same,
        "same_page": admin.page_of(same.article) if same else "",
        "opts": admin.opts,
        "list": reverse("admin:articles_article_changelist"),
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "desk/articles/intake.html", context)


def hash_of(body: str) -> str:
    """What a text is told by, to see whether it was corrected by hand."""
    return signing.Signer(salt=_SALT).signature(body)


def _how(source: str, body: str) -> CaptureMethod:
    """How the text came in; when it differs from what was extracted, that a person corrected it."""
    try:
        said = signing.loads(source, salt=_SALT)
    except signing.BadSignature:
        return CaptureMethod.PASTE
    if said["how"] == CaptureMethod.PASTE or said["body"] == hash_of(body):
        return CaptureMethod(said["how"])
    return CaptureMethod.CORRECTED


def _carried(request: Any) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("source", "notes")}


def _named(admin: Any, request: Any) -> Article | None:
    return _by_id(request.GET.get("article", ""))


def _by_id(given: str) -> Article | None:
    try:
        return Article.objects.filter(pk=given).first() if given else None
    except (ValidationError, ValueError):
        return None


def _bytes(file: Any) -> bytes:
    """The file's bytes, no more than are needed to see that it is too large."""
    file.seek(0)
    data: bytes = file.read(text.MAX_ARTICLE_BYTES + 1)
    return data
