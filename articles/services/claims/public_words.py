"""What a claim says to readers beside its statement: headline, key points, what is not known, and its authors."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Claim
from articles.models.claim import MAX_AUTHORS
from articles.services import editing

_LISTS: Final = ("key_points", "unknowns")


def settle(fields: dict[str, Any], *, claim: Claim | None = None) -> dict[str, Any]:
    """``fields`` with these words as they are kept: each on one line, without empty entries, each author once.

    Raises ``ValidationError`` for authors who are no colleagues; who was chosen before may stay.
    """
    settled = dict(fields)
    if isinstance(fields.get("headline"), str):
        settled["headline"] = _line(fields["headline"], field="headline")
    for name in _LISTS:
        if fields.get(name) is not None:
            settled[name] = [line for one in fields[name] if (line := _line(one, field=name))]
    if fields.get("chosen_authors") is not None:
        settled["chosen_authors"] = _authors(fields["chosen_authors"], claim)
    return settled


def _line(value: str, *, field: str) -> str:
    return " ".join(editing.normalize(value, field=field).split())


def _authors(chosen: list[User | int], claim: Claim | None) -> list[int]:
    ids = list(dict.fromkeys(one.pk if isinstance(one, User) else one for one in chosen))
    if len(ids) > MAX_AUTHORS:
        raise ValidationError({"chosen_authors": _("Choose at most %(most)s authors.") % {"most": MAX_AUTHORS}})
    new = set(ids) - set(claim.chosen_authors if claim else ())
    if new:
        new -= set(User.objects.filter(pk__in=new, is_active=True, is_staff=True).values_list("pk", flat=True))
    if new:
        raise ValidationError({"chosen_authors": _("Choose authors among the people who work at the desk now.")})
    return ids
