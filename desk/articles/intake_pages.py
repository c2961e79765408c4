"""Bringing in an article: give it, look at what was found in it, save. Works without scripts, keeps what was typed."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles import rules
from articles.choices import CaptureMethod
from articles.models import Article
from articles.services.articles import intake
from desk.articles.intake_forms import KNOWN, IntakeForm, ReviewForm
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from desk.http.views import Page, address_of
from lib.refusals import NotAllowedError

_SALT = "articles.admin.intake"


class IntakePage(Page):
    """Both steps on one address. ``?article=`` names the article of which this is a newer text."""

    model = Article
    template_name = "desk/articles/intake.html"

    def check_permission(self) -> None:
        """Whoever brings in articles. Raises ``NotAllowedError``."""
        if not rules.may_take_in_articles(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_("bring in articles")

    def get(self, request: Any) -> HttpResponse:
        """Ask for the article."""
        form = IntakeForm(initial={"url": request.GET.get("url", "")[:2000]})
        return self._ask(form, self._named(), step="read", title="Bring in an article")

    def post(self, request: Any) -> HttpResponse:
        """Read what was given; then save what was found."""
        article = self._named()
        if request.POST.get("step") == "save":
            return self._save(article)
        given = IntakeForm(request.POST or None, request.FILES or None)
        if given.is_valid() and given.found is not None:
            return self._show_found(given, article)
        return self._ask(given, article, step="read", title="Bring in an article")

    def _named(self) -> Article | None:
        return _by_id(self.request.GET.get("article", ""))

    def _show_found(self, given: IntakeForm, article: Article | None) -> HttpResponse:
        found, url = given.found, given.cleaned_data["url"].strip()
        assert found is not None  # noqa: S101
        address = found.url if given.how == CaptureMethod.ADDRESS else url or found.url
        known = article or intake.article_at(address)
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
        return self._ask(form, known, step="save", title="Is this the article?", notes=found.notes, body=body)

    def _save(self, article: Article | None) -> HttpResponse:
        sent = self.request.POST
        shown = article or _by_id(sent.get("known", ""))
        form = ReviewForm(sent, article=shown)
        valid = form.is_valid()
        known = shown or (intake.article_at(form.cleaned_data.get("url") or "") if valid else None)
        notes = [line for line in sent.get("notes", "").split("\n") if line]
        if valid and known is not None and shown is None:
            # The corrected address is that of a known article: that is said before anything is saved.
            carried = {name: sent.get(name, "") for name in ("source", "notes")}
            form = ReviewForm(initial={**form.cleaned_data, **carried, "known": str(known.pk)}, article=known)
            valid = False
        if valid:
            try:
                with as_form_errors():
                    return self._saved(form, known)
            except RefusedFormError as refused:
                add_problems(form, refused.problems)
        return self._ask(form, known, step="save", title="Is this the article?", notes=notes)

    def _saved(self, form: ReviewForm, known: Article | None) -> HttpResponse:
        values = {name: form.cleaned_data[name] for name in KNOWN if name in form.fields}
        taken = intake.import_text(
            body=form.cleaned_data["body"],
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            how=_how(form.cleaned_data["source"], form.cleaned_data["body"]),
            article=known,
            **(values if known is None else {"title": known.title}),
        )
        article = taken.article
        if not taken.is_new_text:
            same = format_html('This text is there already: <a href="{}">{}</a>.', address_of(article), article)
            form.add_error("body", format_html("{} Nothing was added.", same))
            return self._ask(form, known, step="save", title="Is this the article?")
        if taken.passages:
            messages.success(self.request, "The new text is in. Decide where its marked passages are now.")
            return HttpResponseRedirect(
                reverse("admin:articles_article_report", args=[article.pk, taken.version.number])
            )
        known_words = "This is a newer text of an article that was known: it was added to it."
        new_words = "The article is in. Mark the claims that are made in it."
        messages.success(self.request, new_words if taken.is_new_article else known_words)
        return HttpResponseRedirect(reverse("admin:articles_article_desk", args=[article.pk]))

    def _ask(
        self, form: Any, article: Article | None, *, step: str, title: str, notes: Any = (), body: str = ""
    ) -> HttpResponse:
        same = intake.version_with_text(body) if body else None
        return self.show(
            title=title,
            form=form,
            step=step,
            notes=notes,
            article=article,
            article_page=address_of(article) if article else "",
            number=article.versions.count() + 1 if article else 1,
            same=same,
            same_page=address_of(same.article) if same else "",
            list=reverse("admin:articles_article_changelist"),
        )


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


def _by_id(given: str) -> Article | None:
    try:
        return Article.objects.filter(pk=given).first() if given else None
    except (ValidationError, ValueError):
        return None
