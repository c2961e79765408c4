"""Templates for new claims, such as one for each beat."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import rules
from articles.models import ClaimTemplate
from articles.selectors.collaboration import activity
from articles.services.library import claim_templates
from desk.http.admin import DeskAdmin
from desk.http.refusals import as_form_errors


@admin.register(ClaimTemplate)
class ClaimTemplateAdmin(DeskAdmin):
    """What the form of a new claim can be filled in with."""

    list_display = ("name", "topic_names", "assignee", "use")
    list_select_related = ("assignee",)
    search_fields = ("name",)
    fields = ("name", "topics", "why_chosen", "note", "assignee", "is_retired")
    ordering = ("is_retired", "name")

    @admin.display(description=_("topics"))
    def topic_names(self, template: ClaimTemplate) -> str:
        """Its topics in a line."""
        return ", ".join(template.topics) or "–"

    @admin.display(description=pgettext_lazy("what a template is for", "Use"))
    def use(self, template: ClaimTemplate) -> str:
        """Where a claim is entered with it."""
        if template.is_retired:
            return str(_("Retired"))
        address = f"{reverse('admin:articles_claim_add')}?template={template.pk}"
        return format_html('<a class="desk-link" href="{}">{}</a>', address, _("Enter a claim"))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Colleagues who work here now."""
        return super().formfield_for_foreignkey(db_field, request, queryset=activity.colleagues(), **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Long texts in fields of a few lines."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("why_chosen", "note"):
            field.widget.attrs["rows"] = 3
        return field

    def has_module_permission(self, request: Any) -> bool:
        """Everybody who sees the desk."""
        return rules.may_see_the_desk(request.user)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        """Everybody who sees the desk."""
        return rules.may_see_the_desk(request.user)

    def has_add_permission(self, request: Any) -> bool:
        """Who may assign claims to others."""
        return rules.may_edit_templates(request.user)

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Who may assign claims to others."""
        return rules.may_edit_templates(request.user)

    def write(self, request: Any, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Enter the template, or change what differs."""
        template, now = form.instance, timezone.now()
        with as_form_errors():
            if not change:
                saved = claim_templates.add(by=request.user, at=now, **form.cleaned_data)
            elif values := form.changed_columns():
                version = request.desk_version
                saved = claim_templates.edit(template=template, by=request.user, at=now, version=version, **values)
            else:
                saved = template
        template.pk, template.version, template._state.adding = saved.pk, saved.version, False
