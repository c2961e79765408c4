"""Sources with what was seen there, and claimants."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import StackedInline
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.models import User
from articles.models import Capture, Claimant, Source
from articles.selectors import admin_lists
from articles.services.evidence import captures, link_checks
from articles.services.library import claimants, sources
from desk.http import dates
from desk.http.admin import DeskAdmin
from desk.http.forms import ConfirmedDateField, DeskForm, KeptFileField, RowForm
from desk.http.refusals import FieldProblem, RefusedFormError, as_form_errors
from desk.library.named import NamedAdmin


class CaptureForm(RowForm):
    """What was seen: the address of an archived copy, a text, or a file."""

    file = KeptFileField(
        label=gettext_lazy("File"),
    )

    class Meta:
        model = Capture
        fields = ("archive_url", "text", "sha256")
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 4})}


class CaptureInline(StackedInline):  # type: ignore[misc]
    """What was seen at a source: added, never changed."""

    model = Capture
    form = CaptureForm
    template_before = "desk/http/row_errors.html"
    fields = ("archive_url", "sha256", "text", "file")
    extra = 0
    can_delete = False
    verbose_name_plural = gettext_lazy("captures: what was seen, and when")

    def get_queryset(self, request: Any) -> QuerySet[Capture]:
        """With what is known of their files, without the bytes."""
        rows: QuerySet[Capture] = super().get_queryset(request).select_related("source", "attachment")
        return rows.defer("attachment__content")

    @admin.display(description=gettext_lazy("file"))
    def file(self, capture: Capture) -> str:
        """What replaces the form's field once the file is stored: its name, kind and size, with a link to save it."""
        if capture.attachment is None:
            return "–"
        address = reverse("admin:articles_capture_file", args=[capture.pk])
        about = f"{capture.attachment.get_media_type_display()}, {filesizeformat(capture.attachment.size)}"
        return format_html('<a class="desk-link" href="{}">{}</a> ({})', address, capture.file_name, about)

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: a capture shows what was seen then."""
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: captures are kept."""
        return False


class SourceForm(DeskForm):
    """What is known about a source."""

    confirm_old_date = ConfirmedDateField()


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    """Documents, statements, datasets and people that evidence comes from."""

    form = SourceForm
    inlines = (CaptureInline,)
    list_display = (
        *("title", "publisher", "kind", "is_primary", "is_confidential", "published_on", "claims", "address"),
    )
    list_filter = ("kind", "is_primary", "is_confidential")
    allowed_lookups = ("kind__exact", "is_primary__exact", "is_confidential__exact")
    list_filter_sheet = False
    search_fields = ("title", "publisher", "url")
    search_help_text = gettext_lazy("Search in titles, publishers and addresses")
    fieldsets = (
        (
            gettext_lazy("Source"),
            {
                "fields": (
                    "title",
                    "publisher",
                    "url",
                    "kind",
                    "is_primary",
                    "published_on",
                    "confirm_old_date",
                    "interest_note",
                )
            },
        ),
        (gettext_lazy("Confidential"), {"fields": ("is_confidential", "public_description")}),
    )

    def get_queryset(self, request: Any) -> QuerySet[Source]:
        """With the number of claims, for the list."""
        return admin_lists.with_claim_count(super().get_queryset(request)).order_by("title")

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claims(self, source: Any) -> int:
        """How many claims it serves."""
        return int(source.claim_count)

    @admin.display(description=gettext_lazy("address"), ordering="link_check__failing_since")
    def address(self, source: Source) -> str:
        """Whether the address stopped answering."""
        check = getattr(source, "link_check", None)
        if check is None or not link_checks.has_stopped_answering(check, url=source.url):
            return ""
        said = _("No answer since %(day)s") % {"day": dates.day(check.failing_since)}
        return format_html('<span class="desk-badge desk-warning">{}</span>', said)

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Enter the source, or change what differs; keep what was seen."""
        source: Source = form.instance
        with as_form_errors():
            if not change:
                saved = sources.add_source(by=request.user, at=timezone.now(), **form.cleaned_data)
            else:
                saved, values = source, form.changed_columns()
                if values:
                    saved = sources.edit_source(source=source, by=request.user, version=request.desk_version, **values)
        for formset in formsets:
            for row in formset.forms:
                if row.has_changed() and row.instance._state.adding:
                    _capture(row, saved, by=request.user)
        source.pk, source.version, source._state.adding = saved.pk, saved.version, False


def _capture(row: Any, source: Source, *, by: User) -> None:
    values = {name: row.cleaned_data[name] for name in CaptureForm.Meta.fields}
    file, at = row.cleaned_data.get("file"), timezone.now()
    with as_form_errors(row.prefix):
        if file is None:
            captures.keep_text(source=source, by=by, at=at, **values)
        elif values["text"] or values["sha256"]:
            raise RefusedFormError(
                [FieldProblem(_("Add one row for each copy. The hash of a file is computed here."), "file", row.prefix)]
            )
        else:
            captures.keep_file(source=source, file=file, by=by, at=at, archive_url=values["archive_url"])


@admin.register(Capture)
class CaptureAdmin(DeskAdmin):
    """Only to be found from the evidence of a claim; a capture is added on its source's page."""

    search_fields = ("source__title", "archive_url")
    list_display = ("source", "archive_url", "captured_at")
    ordering = ("-captured_at",)

    def get_queryset(self, request: Any) -> QuerySet[Capture]:
        """With their sources."""
        rows: QuerySet[Capture] = super().get_queryset(request).select_related("source")
        return rows

    def has_add_permission(self, request: Any) -> bool:
        """Captures are added on their source's page."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Never: a capture shows what was seen then."""
        return False

    def has_module_permission(self, request: Any) -> bool:
        """Not in the menus."""
        return False


class ClaimantForm(DeskForm):
    """A claimant. The kind may be left to the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields and self.instance._state.adding:
            self.fields["kind"].required = False
            self.fields["kind"].help_text = _("Left empty, it is taken from the name where that tells.")


@admin.register(Claimant)
class ClaimantAdmin(NamedAdmin):
    """Who makes claims."""

    form = ClaimantForm
    list_display = ("name", "kind", "role")
    list_filter = ("kind",)
    allowed_lookups = ("kind__exact",)
    list_filter_sheet = False
    search_fields = ("name", "role")
    fields = ("name", "kind", "role", "same_as")
    ordering = ("name",)

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Enter the claimant, or change what differs."""
        claimant: Claimant = form.instance
        with as_form_errors():
            if not change:
                saved = claimants.add_claimant(by=request.user, at=timezone.now(), **form.cleaned_data)
            else:
                saved, values = claimant, form.changed_columns()
                if values:
                    saved = claimants.edit_claimant(
                        claimant=claimant, by=request.user, version=request.desk_version, **values
                    )
        claimant.pk, claimant.version, claimant._state.adding = saved.pk, saved.version, False
