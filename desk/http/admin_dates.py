"""Dates in the admin's lists and in what is only read, as the desk writes them."""

from collections.abc import Callable
from typing import Any

import unfold.fields
from django.contrib.admin import helpers
from unfold.templatetags import unfold_list

from desk.http import dates


def install() -> None:
    """Have the admin and its theme write dates as ``desk.http.dates`` does."""
    helpers.display_for_field = _in_field(helpers.display_for_field)  # type: ignore[attr-defined]
    unfold_list.display_for_field = _in_field(unfold_list.display_for_field)
    unfold_list.display_for_value = _in_value(unfold_list.display_for_value)
    unfold.fields.display_for_field = _in_field(unfold.fields.display_for_field)


def _in_field(otherwise: Callable[..., str]) -> Callable[..., str]:
    def display(value: Any, field: Any, empty_value_display: str, **more: Any) -> str:
        return dates.any_date(value) or otherwise(value, field, empty_value_display, **more)

    return display


def _in_value(otherwise: Callable[..., str]) -> Callable[..., str]:
    def display(value: Any, empty_value_display: str, boolean: bool = False) -> str:
        return dates.any_date(value) or otherwise(value, empty_value_display, boolean)

    return display
