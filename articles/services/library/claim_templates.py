"""Templates for new claims: entered and changed on the desk, retired and never deleted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from articles import rules
from articles.models import ClaimTemplate
from articles.services import audit, editing
from articles.services.library import topics
from lib.refusals import NotAllowedError


def add(*, by: User, at: datetime, **fields: Any) -> ClaimTemplate:
    """A new template. Raises ``NotAllowedError``, ``ValidationError``."""
    _check(by)
    with audit.act_as(by=by):
        row = ClaimTemplate(created_by=by, created_at=at)
        editing.assign(row, _settled(fields, by=by, at=at))
        row.save(force_insert=True)
    return row


def edit(*, template: ClaimTemplate, by: User, at: datetime, version: int, **fields: Any) -> ClaimTemplate:
    """Change a template; claims made from it stay. Raises ``NotAllowedError``, ``StaleError``, ``ValidationError``."""
    _check(by)
    with audit.act_as(by=by):
        row = editing.lock(ClaimTemplate, template.pk, version=version)
        editing.assign(row, _settled(fields, by=by, at=at))
        row.version = version + 1
        row.save()
    return row


def _settled(fields: dict[str, Any], *, by: User, at: datetime) -> dict[str, Any]:
    """The fields with topics in the spelling that they have."""
    return fields | ({"topics": topics.settle(fields["topics"], by=by, at=at)} if "topics" in fields else {})


def _check(by: User) -> None:
    if not rules.may_edit_templates(by):
        raise NotAllowedError.for_(_("You do not have permission to change templates of claims."))
