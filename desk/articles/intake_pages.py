"""Bringing in an article: give it, look at what was found in it, save. Works without scripts, keeps what was typed."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import rules
from articles.choices import CaptureMethod
from articles.models import Article
from articles.services.articles import identity, intake
from articles.services.articles.identity import Identity
from articles.services.past_dates import CONFIRM
from desk.articles.intake_forms import KNOWN, NEWER, IntakeForm, ReviewForm
from desk.http.refusals import RefusedFormError, add_problems, as_form_errors
from desk.http.views import Page, address_of
from lib import languages, webaddress
from lib.extraction import Extracted, Place
from lib.languages.names import own_name
from lib.refusals import NotAllowedError

_SALT = "articles.admin.intake"


class IntakePage(Page):
    """Both steps on one address. ``?article=`` names the article of which this is a newer text."""

    model = Article
    template_name = "desk/articles/intake.html"

    def check_permission(self) -> None:
        """Refuse people who may not import articles. Raises ``NotAllowedError``."""
        if not rules.may_import_articles(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to import articles."))

    def get(self, request: Any) -> HttpResponse:
        """Ask for the article."""
        form = IntakeForm(initial={"url": request.GET.get("url", "")[:2000]})
        return self._ask(form, self._named(), step="read", title=_("Import an article"))

    def post(self, request: Any) -> HttpResponse:
        """Read what was given; then save what was found."""
        article = self._named()
        if request.POST.get("step") == "save":
            return self._save(article)
        given = IntakeForm(request.POST or None, request.FILES or None)
        if given.is_valid() and given.found is not None:
            return self._show_found(given, article)
        return self._ask(given, article, step="read", title=_("Import an article"))

    def _named(self) -> Article | None:
        return _by_id(self.request.GET.get("article", ""))

    def _show_found(self, given: IntakeForm, article: Article | None) -> HttpResponse:
        found, url = given.found, given.cleaned_data["url"].strip()
        assert found is not None  # noqa: S101
        address = found.url if given.how == CaptureMethod.ADDRESS else webaddress.completed(url) or found.url
        body = intake.check_body(found.body)
        seen = Identity(article) if article else identity.identify(address, body)
        language, notes = _language(found, body)
        first = {
            **{name: getattr(found, name) for name in KNOWN},
            "title": found.title[:300],
            "publisher": found.publisher[:200],
            "url": address,
            "language": language,
            "body": body,
            "source": signing.dumps(_source(given, found, body), salt=_SALT, compress=True),
            "known": str(seen.article.pk) if seen.article else "",
            "belongs": NEWER if seen.is_sure else None,
        }
        notes = [*found.notes, *notes, *([seen.reason] if seen.reason else ())]
        if seen.article is None:
            notes += intake.missing_notes(first)
        first["notes"] = "\n".join(notes)
        first["authors"] = ",".join(name[:120].replace(",", " ") for name in found.authors)
        form = ReviewForm(initial=first, article=article, candidate=seen.article)
        return self._ask(form, seen.article, step="save", title=_("Is this the article?"), notes=notes, body=body)

    def _save(self, article: Article | None) -> HttpResponse:
        sent = self.request.POST
        shown = article or _by_id(sent.get("known", ""))
        form = ReviewForm(sent, article=article, candidate=shown)
        valid = form.is_valid()
        known = shown
        notes = [line for line in sent.get("notes", "").split("\n") if line]
        if valid and shown is None:
            seen = identity.identify(form.cleaned_data.get("url") or "", form.cleaned_data["body"])
            known = seen.article
            if known is not None:
                # The corrected address is that of a known article: that is asked before anything is saved.
                carried = {name: sent.get(name, "") for name in ("source", "notes")}
                first = {**form.cleaned_data, **carried, "known": str(known.pk)}
                first["belongs"] = NEWER if seen.is_sure else None
                form = ReviewForm(initial=first, candidate=known)
                valid = False
        if valid:
            try:
                with as_form_errors():
                    return self._saved(form, None if form.is_another() else known)
            except RefusedFormError as refused:
                add_problems(form, refused.problems)
        return self._ask(form, known, step="save", title=_("Is this the article?"), notes=notes)

    def _saved(self, form: ReviewForm, known: Article | None) -> HttpResponse:
        values = {name: form.cleaned_data[name] for name in (*KNOWN, CONFIRM) if name in form.fields}
        taken = intake.import_text(
            body=form.cleaned_data["body"],
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            article=known,
            is_another_article=form.is_another(),
            **_capture(form.cleaned_data["source"], form.cleaned_data["body"]),
            **(values if known is None else {"title": known.title}),
        )
        article = taken.article
        if not taken.is_new_text:
            link = format_html('<a href="{}">{}</a>', address_of(article), article)
            form.add_error("body", format_html(_("This text is there already: {}. Nothing was added."), link))
            return self._ask(form, known, step="save", title=_("Is this the article?"))
        if taken.passages:
            messages.success(self.request, _("The new text is imported. Decide where its marked passages are now."))
            return HttpResponseRedirect(
                reverse("admin:articles_article_report", args=[article.pk, taken.version.number])
            )
        known_words = _("This is a newer text of an article that was known: it was added to it.")
        new_words = _("The article is imported. Mark the claims that are made in it.")
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
    """The hash of a text, to see whether it was corrected by hand."""
    return signing.Signer(salt=_SALT).signature(body)


def _source(given: IntakeForm, found: Extracted, body: str) -> dict[str, Any]:
    """What is remembered of how a text came in while a person looks at it."""
    places = [[place.start, place.locator] for place in found.places]
    return {"how": given.how, "body": hash_of(body), "places": places}


def _capture(source: str, body: str) -> dict[str, Any]:
    """How the text came in, and its places; when it was corrected by hand, that it was, and no places."""
    try:
        said = signing.loads(source, salt=_SALT)
    except signing.BadSignature:
        return {"how": CaptureMethod.PASTE}
    is_as_found = said["body"] == hash_of(body)
    if not is_as_found and said["how"] != CaptureMethod.PASTE:
        return {"how": CaptureMethod.CORRECTED}
    places = tuple(Place(start, locator) for start, locator in said["places"]) if is_as_found else ()
    return {"how": CaptureMethod(said["how"]), "places": places}


def _language(found: Extracted, body: str) -> tuple[str, list[str]]:
    """The language to begin with, and notes on it: a declared one only while the text does not contradict it."""
    seen = languages.contradicts(found.language, body) if found.language else ""
    if seen:
        said, looks = (own_name(tag) for tag in (found.language, seen))
        return seen, [
            _("The page says that its language is %(said)s, but the text looks like %(looks)s. Check it.")
            % {"said": said, "looks": looks}
        ]
    if found.language:
        return found.language, []
    language, notes = intake.language_for("", body)
    return ("" if language == intake.UNKNOWN_LANGUAGE else language), list(notes)


def _by_id(given: str) -> Article | None:
    try:
        return Article.objects.filter(pk=given).first() if given else None
    except (ValidationError, ValueError):
        return None
