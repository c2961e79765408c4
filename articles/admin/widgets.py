"""Inputs of the desk's own."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete that is told what is chosen, so that twenty rows cost as many queries as one: none."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The chosen option alone; asks the database only for a choice it was not told of."""
        chosen = {str(item) for item in value if str(item)}
        if chosen and (self.known is None or chosen != {str(self.known.pk)}):
            return super().optgroups(name, value, attr)  # type: ignore[no-untyped-call]
        groups: list[tuple[None, list[Any], int]] = [(None, [], 0)]
        if not self.is_required and not self.allow_multiple_selected:
            groups[0][1].append(self.create_option(name, "", "", False, 0))
        if chosen and self.known is not None:
            groups[0][1].append(self.create_option(name, str(self.known.pk), str(self.known), True, 1))
        return groups
