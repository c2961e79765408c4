"""The base of the desk's lists and plain forms: writes go through services, on the version that was seen."""

from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media  # type: ignore[attr-defined]
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.choices import Surface
from articles.models.base import Versioned
from articles.selectors.claims import timeline
from articles.services import audit
from desk.http import conflicts, versions
from desk.http.forms import DeskForm
from desk.http.refusals import FieldProblem
from desk.http.views import address_of, render_page
from desk.http.writing import STALE, Writing

_NO_VERSION = gettext_lazy(
    "This form does not say which version it was made from. Nothing was saved; check it and save again."
)


class DeskAdmin(ModelAdmin):  # type: ignore[misc]
    """A page whose POST calls services. A refusal rolls everything back and is shown in the form."""

    form = DeskForm
    actions: tuple[str, ...] | None = None
    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50
    formfield_overrides = {ArrayField: {"widget": UnfoldAdminTextInputWidget}}
    change_form_template = "desk/http/change_form.html"
    object_history_template = "desk/http/history.html"
    #: Whether a post locks its row before anything else; not for a row that claims name (services.citations).
    locks_first = False
    #: The lookups allowed in a list's address, in addition to the parameters of its filters.
    allowed_lookups: tuple[str, ...] = ()

    # --- Saving -----------------------------------------------------------------------------------
    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Draw the form, or do what was posted: all of it or nothing."""
        request.desk_problems, request.desk_stale = [], None
        if request.method != "POST":
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
            return response
        with audit.surface(Surface.ADMIN), transaction.atomic():
            request.desk_problems = self.version_problems(request, object_id)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def version_problems(self, request: Any, object_id: str | None) -> list[FieldProblem]:
        """What is wrong with the version of the form. The service compares it again."""
        row = self.get_object(request, object_id) if object_id else None
        if row is None or not isinstance(row, Versioned) or not self.has_change_permission(request, row):
            return []
        rows = type(row)._default_manager.all()
        current = (rows.select_for_update(no_key=True, of=("self",)) if self.locks_first else rows).get(pk=row.pk)
        sent = versions.read(request.POST.get(versions.FIELD), current)
        if sent is None:
            return [FieldProblem(str(_NO_VERSION))]
        if sent != current.version:
            request.desk_stale = sent
            return [FieldProblem(str(STALE))]
        request.desk_version = sent
        return []

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Call the services with a valid form and its valid formsets.

        Raises ``RefusedFormError`` or ``StaleError``: nothing is written then, and the form shows it.
        """
        raise NotImplementedError

    def _create_formsets(self, request: Any, obj: Any, change: bool) -> tuple[list[Any], list[Any]]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method != "POST":
            return formsets, inlines
        request.desk_writing = Writing(partial(self.write, request, change=change), formsets)
        return [*formsets, request.desk_writing], inlines

    def save_form(self, request: Any, form: Any, change: bool) -> Any:
        """The row as posted. The services write it in the check that comes next (``desk.http.writing``)."""
        request.desk_writing.form = form
        return form.instance

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Nothing: ``write`` did it."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: ``write`` did it."""

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form class, with what is wrong with the posted version."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"problems": getattr(request, "desk_problems", [])})

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the version the form is drawn from, and who changed what when it was stale."""
        row = kwargs.get("obj")
        if isinstance(row, Versioned):
            current = row if request.method != "POST" else type(row)._default_manager.get(pk=row.pk)
            context["desk_version"] = versions.sign(current)
            if getattr(request, "desk_stale", None) is not None:
                context["conflict"] = conflicts.rows(current, request.desk_stale, context["adminform"].form)
        context["show_save_and_continue"] = False
        context["show_save_and_add_another"] = row is None
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))  # type: ignore[no-untyped-call]
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def response_post_save_change(self, request: Any, obj: Any) -> HttpResponse:
        """After saving, stay where the work is."""
        return HttpResponseRedirect(address_of(obj))

    def response_post_save_add(self, request: Any, obj: Any) -> HttpResponse:
        """After entering something, go to its page."""
        return self.response_post_save_change(request, obj)

    # --- History is the database's own, and nothing is deleted here ----------------------------------
    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """Nothing: the database writes the history."""

    log_change = log_addition

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Nothing: the database writes the history."""
        return []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are never deleted: they are dropped, revoked or retracted, and stay in the history."""
        return False

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what and when, in words."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        shown: dict[str, Any] = {
            "title": _("History: %(obj)s") % {"obj": obj},
            "entries": self.entries(obj),
            "page": address_of(obj),
        }
        return render_page(request, self.object_history_template, model=self.model, row=obj, **shown)

    def entries(self, obj: Any) -> list[timeline.Entry]:
        """The history of a row in words."""
        return timeline.of_row(obj)

    # --- What an address may ask ---------------------------------------------------------------------
    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only the lookups named: any other would let a list's address ask for hidden columns letter by letter."""
        return lookup in self.allowed_lookups and "\x00" not in str(value)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search; a term that PostgreSQL cannot hold finds nothing."""
        if "\x00" in search_term:
            return queryset.none(), False
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
        return found

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        """The row, or ``None`` for an id that none can have."""
        try:
            return super().get_object(request, object_id, from_field)
        except (ValidationError, ValueError, OverflowError):
            return None


class ReadOnlyAdmin(DeskAdmin):
    """Something to look at."""

    def has_add_permission(self, request: Any) -> bool:
        """No permission on this page."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """No permission on this page."""
        return False
