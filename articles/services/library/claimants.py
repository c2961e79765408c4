"""Claimants: who makes claims, known by name."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from articles import text
from articles.choices import ClaimantKind
from articles.models import Claimant
from articles.selectors.library import names
from articles.services import editing
from articles.services.library import named_rows
from lib import namekinds


class SeveralClaimantsError(ValidationError):
    """Several people or bodies have this name: which of them is meant is for somebody to say."""


def add_claimant(*, by: User, at: datetime, **fields: Any) -> Claimant:
    """Enter a claimant. Without a ``kind`` it is the one that the name suggests.

    Raises ``ValidationError``, for ``kind`` where the name does not tell; ``NotAllowedError``.
    """
    name = editing.normalize(str(fields["name"]), field="name")
    if not name:
        raise ValidationError({"name": _("Enter a name.")})
    fields["kind"] = fields.get("kind") or namekinds.suggest(name)
    if not fields["kind"]:
        raise ValidationError(
            {
                "kind": _("Say what kind of claimant this is: %(kinds)s.")
                % {"kinds": ", ".join(map(str, ClaimantKind.labels))}
            }
        )
    return named_rows.add(Claimant, fields["name"], by=by, at=at, fields=fields)


def edit_claimant(*, claimant: Claimant, by: User, version: int, **fields: Any) -> Claimant:
    """Change a claimant, and count up the open claims that name them: approvals become stale; records stay."""
    return named_rows.edit(claimant, by=by, version=version, fields=fields)


def find_or_add_claimant(*, name: str, by: User, at: datetime, **fields: Any) -> Claimant:
    """The claimant of this name, regardless of case, accents and blanks; else a new one with ``fields``.

    A name that was merged into another one finds the claimant that stayed.

    Raises ``SeveralClaimantsError``, because a claimant is never guessed; ``ValidationError``
    with the claimant's own field names; ``NotAllowedError``.
    """
    wanted = text.one_line(text.clean_public(name, field="name")).strip()
    named = names.claimants_called(wanted)
    if len(named) > 1:
        words = _("Several claimants are called “%(wanted)s”: choose one from the list, by their role.") % {
            "wanted": wanted
        }
        raise SeveralClaimantsError({"name": words})
    return named[0] if named else add_claimant(by=by, at=at, name=wanted, **fields)


def errors_by_field(error: ValidationError) -> dict[str, list[str]]:
    """The messages of a refused claimant, by the fields of a form that is about a claim."""
    fields = {"kind": "claimant_kind", "role": "claimant_role"}
    found: dict[str, list[str]] = {}
    for field, messages in error.message_dict.items():
        found.setdefault(fields.get(field, "claimant"), []).extend(messages)
    return found
