"""Rows of one kind below a claim, as a form: those that exist, those that were added, and an empty one to copy.

A posted row is matched by its id alone. One that somebody else removed meanwhile stays in the form, as a new row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BooleanField, HiddenInput, IntegerField, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME, ManagementForm
from django.forms.utils import ErrorList
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Rows of one kind that a claim's page takes at once. What says it has more would keep the process busy for a minute.
MOST_ROWS = 400
_COUNT = "TOTAL_FORMS"


@dataclass(frozen=True, slots=True)
class May:
    """What this person may do with rows of a kind."""

    view: bool
    add: bool
    change: bool
    delete: bool


class RowSet:
    """The rows of one kind. What the templates of the admin site's theme read has the names of Django's formsets."""

    min_num, max_num, nested_formsets = 0, MOST_ROWS, ()

    def __init__(
        self,
        form_class: "type[ModelForm[Any]]",
        rows: Sequence[Any],
        *,
        prefix: str,
        may: May,
        data: Any = None,
        initial: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.form_class, self.prefix, self.may, self.data = form_class, prefix, may, data
        self.is_bound, self.can_delete = data is not None, may.delete
        self._rows, self._initial = list(rows), list(initial)
        self._count = self._posted_count() if self.is_bound else 0
        self._pk_field = form_class._meta.model._meta.pk

    # --- The forms ------------------------------------------------------------------------------------
    @cached_property
    def forms(self) -> list[Any]:
        """One form a row, in the order in which they were posted."""
        if self.is_bound and self._count is not None:
            known = {str(row.pk): row for row in self._rows}
            ids = [self.data.get(f"{self.prefix}-{i}-id", "") for i in range(self._count)]
            return [self._form(i, known.pop(pk, None), is_bound=True) for i, pk in enumerate(ids)]
        drawn = [self._form(i, row) for i, row in enumerate(self._rows)]
        return drawn + [self._form(len(drawn) + i, None, initial=given) for i, given in enumerate(self._initial)]

    def _form(self, number: int, row: Any, *, is_bound: bool = False, initial: Any = None) -> Any:
        given = {"data": self.data} if is_bound and not self._is_fixed(row) else {}
        form: Any = self.form_class(
            **given,
            prefix=f"{self.prefix}-{number}",
            instance=row,
            initial=initial,
            empty_permitted=row is None,
            use_required_attribute=False,
        )
        form.fields["id"] = IntegerField(required=False, initial=row.pk if row else None, widget=HiddenInput)
        form.is_wanted_gone = is_bound and self.can_delete and f"{form.prefix}-{DELETION_FIELD_NAME}" in self.data
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME] = BooleanField(
                label=gettext_lazy("Delete"), required=False, initial=form.is_wanted_gone
            )
        return form

    def _is_fixed(self, row: Any) -> bool:
        """Whether nothing of a row can be changed here: then nothing of it is posted, but that it is to go."""
        return row is not None and not self.may.change

    @cached_property
    def empty_form(self) -> Any:
        """The form that scripts copy for a new row."""
        form = self._form(0, None)
        form.prefix = f"{self.prefix}-__prefix__"
        return form

    # --- What was posted ------------------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Whether every row that is to be kept is right."""
        found = [form.is_wanted_gone or not form.is_bound or form.is_valid() for form in self.forms]
        return all(found) and not self.non_form_errors()

    def changed(self) -> list[tuple[str, Any]]:
        """What is to be done, in the order of the rows: ``remove``, ``change`` or ``create``, each with its form."""
        acts = []
        for form in self.forms:
            is_new = form.instance._state.adding
            if form.is_wanted_gone:
                acts += [] if is_new else [("remove", form)]
            elif form.is_bound and form.has_changed() and (self.may.add if is_new else self.may.change):
                acts.append(("create" if is_new else "change", form))
        return acts

    def _posted_count(self) -> int | None:
        """How many rows were posted; ``None`` when that cannot be."""
        count = str(self.data.get(f"{self.prefix}-{_COUNT}", ""))
        is_number = count.isascii() and count.isdigit() and len(count) < 10
        return int(count) if is_number and int(count) <= MOST_ROWS else None

    # --- What the templates read ------------------------------------------------------------------------
    @property
    def initial_forms(self) -> list[Any]:
        """The rows that exist."""
        return [form for form in self.forms if not form.instance._state.adding]

    @property
    def extra_forms(self) -> list[Any]:
        """The rows that were added."""
        return [form for form in self.forms if form.instance._state.adding]

    def get_queryset(self) -> list[Any]:
        """The rows themselves, in the order of ``initial_forms``."""
        return [form.instance for form in self.initial_forms]

    @property
    def management_form(self) -> ManagementForm:
        """How many rows there are on the page."""
        counts = {
            _COUNT: len(self.forms),
            "INITIAL_FORMS": len(self.initial_forms),
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": MOST_ROWS,
        }
        return ManagementForm(auto_id="id_%s", prefix=self.prefix, initial=counts)

    @property
    def errors(self) -> list[Any]:
        """What is wrong, row by row."""
        return [form.errors if not form.is_wanted_gone else {} for form in self.forms]

    def non_form_errors(self) -> ErrorList:
        """What is wrong with the rows as a whole."""
        is_broken = self.is_bound and self._count is None
        return ErrorList(
            [
                _("The page did not say how many rows there are, or it was more than %(most_rows)s.")
                % {"most_rows": MOST_ROWS}
            ]
            * is_broken
        )
