"""Writing a posted form while Django still checks it, so that a refusal is an error of the form like any other."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from desk.http.refusals import FieldProblem, RefusedFormError, add_problems
from lib.refusals import StaleError

STALE: Final = _(
    "Somebody else saved a change first, so nothing of yours was saved. Look at the newest version and try again. "
    "What you typed is still in the form; saving again replaces their change with yours."
)


class Writing:
    """The last formset of a page of the admin. It has no rows: it is valid when the services accepted what was posted.

    Django saves only after it has found the form and all formsets valid, and cannot draw a form that is refused while
    it saves. So the services are called in the check of this formset. ``write`` gets the form and the other formsets.
    """

    #: Django collects the errors of rows from every formset.
    errors: tuple[()] = ()

    def __init__(self, write: Callable[[Any, list[Any]], None], formsets: list[Any]) -> None:
        self.write, self.formsets = write, formsets
        #: The valid form; ``None`` when it is not valid.
        self.form: Any = None
        self._is_valid: bool | None = None

    def is_valid(self) -> bool:
        """Write what was posted, once, if all of it is valid; whether nothing was refused."""
        if self._is_valid is None:
            is_checked = self.form is not None and all(formset.is_valid() for formset in self.formsets)
            self._is_valid = not is_checked or self._is_written()
        return self._is_valid

    def _is_written(self) -> bool:
        try:
            with transaction.atomic():
                self.write(self.form, self.formsets)
        except RefusedFormError as refused:
            problems = refused.problems
        except StaleError:
            problems = [FieldProblem(str(STALE))]
        else:
            return True
        for form in (self.form, *(row for formset in self.formsets for row in formset.forms)):
            add_problems(form, problems)
        return False

    def non_form_errors(self) -> tuple[()]:
        """None: a refusal is an error of the form it belongs to."""
        return ()

    def __iter__(self) -> Iterator[Any]:
        """No rows."""
        return iter(())
