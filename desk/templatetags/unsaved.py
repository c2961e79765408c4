"""The notice of unsaved changes above a form."""

from typing import Any

from django import template

from desk.http import unsaved_pages

register = template.Library()


@register.inclusion_tag("desk/http/unsaved_page.html", takes_context=True)
def unsaved_page(context: dict[str, Any]) -> dict[str, Any]:
    """What the form's script needs, and the notice that it shows."""
    return {"settings": unsaved_pages.context(context["request"])}
