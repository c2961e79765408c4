"""Pages about the newsroom: written here, looked at as readers would see them, and published with a note."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.widgets import AdminProseEditorWidget
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import rules
from articles.choices import PageKey
from articles.models import Page
from articles.selectors.newsroom import pages as chosen
from articles.services.newsroom import pages
from desk.http import versions
from desk.http import views as desk_views
from desk.http.admin import DeskAdmin
from desk.http.forms import DeskForm
from desk.http.refusals import as_form_errors
from desk.http.widgets import PROSE
from lib.anchoring import text_diff
from lib.refusals import NotAllowedError

_PROSE = {**PROSE, "Heading": {"levels": [2, 3]}, "Link": {"enableTarget": False}}


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

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Begin the page, or change what differs."""
        page: Page = form.instance
        with as_form_errors():
            if not change:
                saved = pages.write(by=request.user, at=timezone.now(), **form.cleaned_data)
            else:
                saved, values = page, form.changed_columns()
                if values:
                    saved = pages.edit(
                        page=page, by=request.user, at=timezone.now(), version=request.desk_version, **values
                    )
        page.pk, page.version, page._state.adding = saved.pk, saved.version, False

    @admin.display(description=gettext_lazy("readers see"))
    def standing(self, page: Any) -> str:
        """What readers have of it."""
        if page.public_at is None:
            tone, words = "warning", _("nothing: not published yet")
        elif not page.public_body:
            tone, words = "neutral", _("that it was withdrawn")
        elif _is_changed(page):
            tone, words = (
                "info",
                _("revision %(published_number)s, older than this") % {"published_number": page.published_number},
            )
        else:
            tone, words = (
                "success",
                _("this version, as revision %(published_number)s") % {"published_number": page.published_number},
            )
        return format_html('<span class="desk-badge desk-{}">{}</span>', tone, words)


def _is_changed(page: Any) -> bool:
    return (page.title, page.body_html) != (page.public_title, page.public_body)


class NoteForm(forms.Form):
    """The note for readers."""

    note = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget(attrs={"class": "desk-wide"}),
        help_text=gettext_lazy("One sentence for readers. It stays in the page's public history for good."),
    )


class PreviewPage(desk_views.Page):
    """The page as readers would see it, unpublished."""

    model = Page

    def check_permission(self) -> None:
        """Refuse people who may not see the pages. Raises ``NotAllowedError``."""
        if not self.request.user.has_perm("articles.view_page"):
            raise NotAllowedError(_("You may not look at the pages about the newsroom."))

    def find(self, pk: UUID, **kwargs: Any) -> Page:
        """The page. Raises ``Http404``."""
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """In the readers' layout."""
        shown = {"page": self.row, "is_preview": True, "back": self.back_address()}
        return render(request, "readers/newsroom/page.html", shown)


class PublishPage(desk_views.ActionPage):
    """Show what readers would see change, ask for the note, and do it."""

    model = Page
    template_name = "desk/newsroom/action.html"
    form_class = NoteForm
    button = gettext_lazy("Publish")
    lead = gettext_lazy("Readers see it at once, with your note, and can compare it with before.")
    back = gettext_lazy("Back to the page")
    act_of = staticmethod(pages.publish)

    def check_permission(self) -> None:
        """Editors alone. Raises ``NotAllowedError``."""
        if not rules.may_publish_pages(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(_("You do not have permission to publish pages about the newsroom."))

    def find(self, pk: UUID, **kwargs: Any) -> Page:
        """The page. Raises ``Http404``."""
        return get_object_or_404(chosen.for_the_desk(), pk=pk)

    def after(self) -> str:
        """What readers would see then."""
        return str(self.row.body_html)

    def act(self, form: NoteForm) -> HttpResponse:
        """Do it."""
        version = versions.of_form(self.request, self.row)
        given = {"by": self.request.user, "at": timezone.now(), "version": version, **form.cleaned_data}
        revision = self.act_of(page=self.row, **given)
        return self.done(
            (
                _("Revision %(number)s is withdrawn.")
                if revision.is_withdrawn
                else _("Revision %(number)s is published.")
            )
            % {"number": revision.number}
        )

    def context(self) -> dict[str, Any]:
        """With what changes."""
        before, after = (text_diff.readable(html) for html in (self.row.public_body or "", self.after()))
        return {"title": f"{self.button}: {self.row.title}", "rows": text_diff.paragraphs(before, after)}


class WithdrawPage(PublishPage):
    """The same, for taking a page away from readers."""

    button = gettext_lazy("Withdraw")
    lead = gettext_lazy("Its address will say that it was withdrawn, and why.")
    tone = "danger"
    act_of = staticmethod(pages.withdraw)

    def after(self) -> str:
        """Nothing."""
        return ""


_ACTS: dict[str, type[PublishPage]] = {"publish": PublishPage, "withdraw": WithdrawPage}


def act(request: HttpRequest, how: str, **kwargs: Any) -> HttpResponseBase:
    """The page for one of the acts. Raises ``Http404``."""
    if how not in _ACTS:
        raise Http404
    return _ACTS[how].as_view()(request, **kwargs)
