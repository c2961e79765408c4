"""Unsaved changes on the claim's page: put back into the form that is drawn now, and announced at its top.

What was kept are the fields that somebody changed, by the names of the posted form. They are laid over the claim as it
is now: what colleagues saved in other fields stays. Rows are known by their ids, not by their places.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from articles.models import Claim, UnsavedForm
from articles.services.collaboration.unsaved import discard
from desk.claim_page.row_sets import RowSet
from desk.http import conflicts
from desk.http.unsaved_pages import id_of, person
from desk.http.views import address_of

#: The hidden fields that name the opened page, and the page whose unsaved changes it shows.
WRITER, REPLACES = "_writer", "_replaces"
#: The parameter of the address by which unsaved changes are put into the form.
ASKED = "unsaved"
_ROW = re.compile(r"(?P<prefix>\w+)-(?P<number>\d{1,4})-(?P<name>\w+)")
Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Restored:
    """What is put into the form; ``left`` are labels and texts that have no field at the stage the claim is in now."""

    data: QueryDict
    left: list[tuple[str, str]] = field(default_factory=list)


def restored(form: Any, row_sets: dict[str, RowSet], kept: Fields) -> Restored:
    """The forms as they are drawn from the claim, with what was kept laid over them."""
    data = QueryDict(mutable=True)
    for name, values in _drawn(form).items():
        _put(data, name, kept.get(name, values))
    rows_kept = _rows(kept)
    for prefix, rows in row_sets.items():
        _lay_rows(data, rows, rows_kept.pop(prefix, {}))
    left = [(name, values) for name, values in kept.items() if not _ROW.fullmatch(name) and name not in form.fields]
    for numbered in rows_kept.values():
        left += [pair for row in numbered.values() for pair in row.items() if pair[0] != "id"]
    return Restored(data, [(_label(name), text) for name, values in left if (text := _text(values))])


def _drawn(form: Any) -> Fields:
    """What a browser would post of a form that nobody touched."""
    found: Fields = {}
    for name, form_field in form.fields.items():
        value, widget = form[name].value(), form_field.widget
        if isinstance(widget, forms.CheckboxInput):
            found[name] = ["on"] if value else []
        else:
            shown = widget.format_value(value)
            found[name] = [str(one) for one in shown] if isinstance(shown, list | tuple) else [str(shown or "")]
    return found


def _rows(kept: Fields) -> dict[str, dict[int, Fields]]:
    """What was kept of rows: by kind, then by their number on the page."""
    found: dict[str, dict[int, Fields]] = {}
    for name, values in kept.items():
        if parts := _ROW.fullmatch(name):
            row = found.setdefault(parts["prefix"], {}).setdefault(int(parts["number"]), {})
            row[parts["name"]] = values
    return found


def _lay_rows(data: QueryDict, rows: RowSet, kept: dict[int, Fields]) -> None:
    """The claim's rows as they are now with what was changed in them, then those that were added."""
    changed = {"".join(row["id"]): row for row in kept.values() if "".join(row.get("id", []))}
    laid = [_drawn(form) | changed.pop(str(form.instance.pk), {}) for form in rows.forms]
    # A row that a colleague removed stays, as a new one; one that both wanted gone is gone.
    of_nobody = [row for row in changed.values() if not row.get(DELETION_FIELD_NAME)]
    added = [row for _, row in sorted(kept.items()) if not "".join(row.get("id", []))] if rows.may.add else []
    laid += [row | {"id": [""]} for row in [*of_nobody, *added]]
    for number, row in enumerate(laid):
        for name, values in row.items():
            _put(data, f"{rows.prefix}-{number}-{name}", values)
    data[f"{rows.prefix}-TOTAL_FORMS"] = str(len(laid))


def _put(data: QueryDict, name: str, values: list[str]) -> None:
    """As a browser posts it: nothing at all for a tick that is not set."""
    if values:
        data.setlist(name, values)


def _label(name: str) -> str:
    columns = {column.name: str(column.verbose_name) for column in Claim._meta.fields}
    label = columns.get(name, name.removesuffix("_html").replace("_", " "))
    return label[:1].upper() + label[1:]


def _text(values: list[str]) -> str:
    return " ".join(strip_tags(value) for value in values).strip()


def without_errors(form: Any, row_sets: dict[str, RowSet]) -> None:
    """Read bound forms but do not say yet what is wrong: nobody has pressed Save."""
    for one in (form, *(row for rows in row_sets.values() for row in rows.forms if row.is_bound)):
        one.is_valid()
        one.errors.clear()


def typed_names(form: Any, row_sets: dict[str, RowSet]) -> list[str]:
    """The fields of posted or restored forms that differ from the claim, by the names they are posted under."""
    if not form.is_bound:
        return []
    names = list(form.changed_data)
    for rows in row_sets.values():
        for row in rows.forms:
            if row.is_bound:
                names += [row.add_prefix(name) for name in row.changed_data if name not in ("id", DELETION_FIELD_NAME)]
            if row.is_wanted_gone:
                names.append(row.add_prefix(DELETION_FIELD_NAME))
    return names


def context(
    request: Any, claim: Claim, *, form: Any, row_sets: dict[str, RowSet], kept: UnsavedForm | None, is_restored: bool
) -> dict[str, Any]:
    """What the page's script needs, and the notice of changes that are not in the form."""
    writer = id_of(request.POST.get(WRITER)) or uuid4()
    replaces = kept.writer if kept and is_restored else id_of(request.POST.get(REPLACES))
    is_of_the_form = kept is not None and kept.writer in (writer, replaces)
    notice = None
    if kept is not None and not is_of_the_form:
        notice = {
            "at": kept.saved_at,
            "writer": str(kept.writer),
            "restore": f"{address_of(claim)}?{ASKED}=restore",
            "others": _changed_by_others(claim, kept, form),
        }
    return {
        "unsaved_notice": notice,
        "unsaved_restored": kept.saved_at if kept and is_restored else None,
        "discard_address": address_of(claim),
        "unsaved_settings": {
            "address": reverse("admin:articles_claim_unsaved", args=[claim.pk]),
            "page": address_of(claim),
            "claim": str(claim.pk),
            "version": claim.version,
            "writer": str(writer),
            "replaces": str(replaces or ""),
            "typed": typed_names(form, row_sets),
            **person(request),
        },
    }


def forget(request: Any, claim: Claim) -> None:
    """What the posted page had kept is saved now. What another page of the same person kept stays."""
    if writers := [one for name in (WRITER, REPLACES) if (one := id_of(request.POST.get(name)))]:
        discard(claim=claim, by=request.user, writers=writers)


def _changed_by_others(claim: Claim, kept: UnsavedForm, form: Any) -> list[str]:
    """The fields that were saved since the form was drawn, each with who did it."""
    if kept.version >= claim.version:
        return []
    found = conflicts.rows(claim, kept.version, form)
    return list(dict.fromkeys(f"{row.label} ({row.who})" for row in found))
