"""Changes of several claims at once for the list's script: what would change, doing it, undoing it."""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from articles.choices import Stage
from articles.models import BulkChange
from articles.services.claims import bulk
from articles.services.claims.bulk import Act, Result
from desk.claims import list_cells
from desk.http.dates import short_date
from desk.http.refusals import UnreadableRequestError
from desk.http.requests import id_in
from desk.http.views import Endpoint

_ACTS = ("assign", "due", "topics", "drop")
_SEPARATOR = "@"


class BulkEndpoint(Endpoint):
    """POST: change the claims. ``claims`` are texts of an id, ``@`` and the version that was seen."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        result = bulk.apply(**self._asked())
        said = ngettext("One claim changed.", "%(n)s claims changed.", len(result.done)) % {"n": len(result.done)}
        change = str(result.change.pk) if result.change else ""
        return JsonResponse({**_answer(result), "change": change, "message": said})

    def _asked(self) -> dict[str, Any]:
        sent = self.sent
        return {"act": _act(sent), "chosen": _chosen(sent), "by": self.request.user, "at": timezone.now()}


class PreviewEndpoint(BulkEndpoint):
    """POST: what the same post would change."""

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Say it."""
        return JsonResponse(_answer(bulk.preview(**self._asked())))


class UndoEndpoint(Endpoint):
    """POST: undo the change with the id ``change``."""

    def find(self, *args: Any, **kwargs: Any) -> Any:
        """The change, of this person. Raises ``Http404``."""
        user: Any = self.request.user
        return get_object_or_404(BulkChange, pk=id_in(self.sent, "change"), by=user)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Undo it."""
        return JsonResponse(_answer(bulk.undo(change=self.row, by=request.user, at=timezone.now())))


# --- What is sent -------------------------------------------------------------------------------------
def _chosen(sent: dict[str, Any]) -> list[tuple[uuid.UUID, int]]:
    items = sent.get("claims")
    chosen = []
    for item in items if isinstance(items, list) else []:
        pk, _at, version = str(item).partition(_SEPARATOR)
        try:
            if not (version.isascii() and version.isdigit() and len(version) < 10):
                raise ValueError(version)
            chosen.append((uuid.UUID(pk), int(version)))
        except ValueError as error:
            raise UnreadableRequestError(_("“claims” are ids, each with “@” and a version.")) from error
    if not chosen:
        raise ValidationError(_("Choose a claim first."))
    return chosen


def _act(sent: dict[str, Any]) -> Act:
    key = sent.get("act")
    if key not in _ACTS:
        raise UnreadableRequestError(_("“act” is one of: %(names)s") % {"names": ", ".join(_ACTS)})
    return Act(
        key=key,
        assignee=_person(str(sent.get("assignee") or "")) if key == "assign" else None,
        due_on=_day(str(sent.get("due_on") or "")) if key == "due" else None,
        add=_names(sent.get("add")),
        remove=_names(sent.get("remove")),
        reason=str(sent.get("reason") or ""),
    )


def _person(value: str) -> User | None:
    if not value:
        return None
    known = (
        User.objects.filter(pk=int(value)).first() if value.isascii() and value.isdigit() and len(value) < 10 else None
    )
    if known is None or not known.is_active:
        raise ValidationError({"assignee": _("This person does not work here any more. Choose somebody else.")})
    return known


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ValidationError({"due_on": _("Enter a day, such as 2026-03-02.")}) from error


def _names(value: Any) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in str(value or "").split(","))
    return tuple(dict.fromkeys(name for name in names if name))


# --- What is answered ---------------------------------------------------------------------------------
def _answer(result: Result) -> dict[str, Any]:
    people = {one.pk: one.display_name() for one in User.objects.filter(pk__in=_people(result))}
    return {
        "done": [
            {
                "id": str(one.claim.pk),
                "statement": one.claim.text,
                "changes": [
                    [
                        str(list_cells.LABELS[_COLUMN[name]]),
                        _shown(name, value, people),
                        _shown(name, one.after[name], people),
                    ]
                    for name, value in one.before.items()
                ],
                "loses_approval": one.loses_approval,
            }
            for one in result.done
        ],
        "refused": [{"id": str(one.claim.pk), "statement": one.claim.text, "why": one.why} for one in result.refused],
        "unchanged": len(result.unchanged),
    }


_COLUMN = {"assignee_id": "assignee", "due_on": "due", "topics": "topic", "stage": "stage"}


def _people(result: Result) -> set[int]:
    values = [values.get("assignee_id") for one in result.done for values in (one.before, one.after)]
    return {value for value in values if value}


def _shown(name: str, value: Any, people: dict[int, str]) -> str:
    match name:
        case "assignee_id":
            return people.get(value, "–")
        case "due_on":
            return short_date(value) or "–"
        case "topics":
            return ", ".join(value) or "–"
    return str(Stage(value).label)
