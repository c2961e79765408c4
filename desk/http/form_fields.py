"""How the admin site's theme draws the fields of a page that is not one of its own change forms."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from desk.http.widgets import KnownAutocomplete


class Look(ModelAdmin):  # type: ignore[misc]
    """A page's main form. It is only drawn with: it is registered nowhere and answers no request."""

    compressed_fields = True
    warn_unsaved_form = True
    formfield_overrides = {ArrayField: {"widget": UnfoldAdminTextInputWidget}}


class FieldMaker:
    """Makes the form field of a column as the admin site draws it; a ``formfield_callback`` of Django's forms."""

    def __init__(self, look: Any, request: Any) -> None:
        self.look, self.request = look, request

    def __call__(self, column: Any, **kwargs: Any) -> Any:
        """The field of ``column``."""
        if isinstance(column, ForeignKey) and column.name in self.look.autocomplete_fields:
            kwargs["widget"] = KnownAutocomplete(column, self.look.admin_site)
        return self.look.formfield_for_dbfield(column, request=self.request, **kwargs)
