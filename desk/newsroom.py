"""Pages about the newsroom: written here, looked at as readers would see them, and published with a note."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_prose_editor.widgets import AdminProseEditorWidget
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import rules
from articles.choices import PageKey, Surface
from articles.models import Page
from articles.selectors.newsroom import pages as chosen
from articles.services import audit
from articles.services.newsroom import pages
from desk.claims.forms import PROSE
from desk.http import versions
from desk.http.base import DeskAdmin
from desk.http.refusals import DeskForm, RefusedFormError, add_problems, as_form_errors
from lib.anchoring import text_diff
from lib.refusals import NotAllowedError, StaleError

_PROSE = {**PROSE, "Heading": {"levels": [2, 3]}, "Link": {"enableTarget": False}}
#: What may be done with a page: button, what is said about it, service, tone.
_ACTS: dict[str, tuple[str, str, Any, str]] = {
    "publish": (
        "Publish",
        "Readers see it at once, with your note, and can compare it with before.",
        pages.publish,
        "primary",
    ),
    "withdraw": ("Withdraw", "Its address will say that it was withdrawn, and why.", pages.withdraw, "danger"),
}


class PageForm(DeskForm):
    """A page's own words."""

    class Meta:
        model = Page
        fields = ("key", "language", "title", "body_html")
        widgets = {
            "body_html": AdminProseEditorWidget(  # type: ignore[no-untyped-call]
                config={"extensions": _PROSE}, preset="configurable", attrs={"rows": 20}
            )
        }


class NoteForm(forms.Form):
    """What readers are told about it."""

    note = forms.CharField(
        label="What changed",
        max_length=300,
        widget=UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"}),
        help_text="One sentence for readers. It stays in the page's public history for good.",
    )


@admin.register(Page)
class PageAdmin(DeskAdmin):
    """Who we are, who pays for it, how we work: each page with its state, and which ones readers miss."""

    form = PageForm
    change_form_template = "desk/newsroom/page.html"
    list_before_template = "desk/newsroom/missing.html"
    list_display = ("title", "key", "language", "standing", "updated_at")
    ordering = ("key", "language")
    locks_first = True

    def get_queryset(self, request: Any) -> QuerySet[Page]:
        """With what readers see."""
        return chosen.for_the_desk()

    def get_urls(self) -> list[Any]:
        """And preview, publication, withdrawal."""
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/preview/", view(self.preview), name="articles_page_preview"),
            path("<uuid:pk>/act/<str:how>/", view(self.act), name="articles_page_act"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: Any, obj: Page | None = None) -> tuple[str, ...]:
        """Which page it is, in which language, is said once."""
        return ("key", "language") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str]:
        """With the page whose link was followed, under its usual title."""
        key = request.GET.get("key", "")
        given = {"key": key, "title": str(PageKey(key).label)} if key in PageKey.values else {}
        return {"language": settings.LANGUAGE_CODE, **given}

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """The list, and above it what readers do not have."""
        extra = {**(extra_context or {}), "missing": chosen.missing(), "may_write": rules.may_write_pages(request.user)}
        response: HttpResponse = super().changelist_view(request, extra)
        return response

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form, and what may be done with the page."""
        page, extra = self.get_object(request, object_id), dict(extra_context or {})
        if page is not None:
            extra["may_publish"], extra["standing"] = rules.may_publish_pages(request.user), self.standing(page)
            extra["is_public"], extra["is_changed"] = bool(page.public_body), _is_changed(page)
            extra["public_address"] = reverse("readers:page", args=[page.key])
        response: HttpResponse = super().change_view(request, object_id, form_url, extra)
        return response

    def save_model(self, request: Any, obj: Page, form: Any, change: bool) -> None:
        """Begin the page, or change what differs."""
        with as_form_errors():
            if not change:
                saved = pages.write(by=request.user, at=timezone.now(), **form.cleaned_data)
            else:
                saved, values = obj, self.changed_values(form)
                if values:
                    saved = pages.edit(
                        page=obj, by=request.user, at=timezone.now(), version=request.desk_version, **values
                    )
        obj.pk, obj.version, obj._state.adding = saved.pk, saved.version, False

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on a page's form."""

    def preview(self, request: Any, pk: Any) -> HttpResponse:
        """The page as readers would see it, unpublished."""
        page = self._page(request, pk)
        return render(
            request, "readers/newsroom/page.html", {"page": page, "is_preview": True, "back": self.page_of(page)}
        )

    def act(self, request: Any, pk: Any, how: str) -> HttpResponse:
        """Show what readers would see change, ask for the note, and do it."""
        page = self._page(request, pk)
        if how not in _ACTS:
            raise Http404
        if not rules.may_publish_pages(request.user):
            raise PermissionDenied("You do not have permission to publish pages about the newsroom.")
        label, lead, do, tone = _ACTS[how]
        form = NoteForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._done(request, page, form, do):
            return HttpResponseRedirect(self.page_of(page))
        after = "" if how == "withdraw" else page.body_html
        context = {
            **self.admin_site.each_context(request),
            "title": f"{label}: {page.title}",
            "lead": lead,
            "button": label,
            "tone": tone,
            "back": _("Back to the page"),
            "form": form,
            "rows": text_diff.paragraphs(*(text_diff.readable(html) for html in (page.public_body or "", after))),  # type: ignore[attr-defined]
            "desk_version": versions.sign(page),
            "original": page,
            "opts": self.opts,
            "page": self.page_of(page),
        }
        return TemplateResponse(request, "desk/newsroom/action.html", context)

    def _done(self, request: Any, page: Page, form: NoteForm, do: Any) -> bool:
        """Whether the page is done with; otherwise the form says what is wrong."""
        version = versions.read(request.POST.get(versions.FIELD), page)
        try:
            if version is None:
                raise StaleError(current=page.version)
            with audit.surface(Surface.ADMIN), as_form_errors(passing=(NotAllowedError, StaleError)):
                revision = do(page=page, by=request.user, at=timezone.now(), version=version, **form.cleaned_data)
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        except StaleError as error:
            messages.warning(request, str(error))
        except RefusedFormError as error:
            add_problems(form, error.problems)
            return False
        else:
            done = "withdrawn" if revision.is_withdrawn else "published"
            messages.success(request, f"Revision {revision.number} is {done}.")
        return True

    def _page(self, request: Any, pk: Any) -> Page:
        page = self.get_object(request, str(pk))
        if page is None or not self.has_view_or_change_permission(request, page):
            raise Http404
        found: Page = page
        return found

    @admin.display(description="readers see")
    def standing(self, page: Any) -> str:
        """What readers have of it."""
        if page.public_at is None:
            tone, words = "warning", "nothing: not published yet"
        elif not page.public_body:
            tone, words = "neutral", "that it was withdrawn"
        elif _is_changed(page):
            tone, words = "info", f"revision {page.published_number}, older than this"
        else:
            tone, words = "success", f"this, as revision {page.published_number}"
        return format_html('<span class="desk-badge desk-{}">{}</span>', tone, words)


def _is_changed(page: Any) -> bool:
    return (page.title, page.body_html) != (page.public_title, page.public_body)
