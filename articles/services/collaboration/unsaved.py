"""What somebody typed on a page of the desk and has not saved: kept for that person alone, replaced, discarded, pruned.

It is no part of what the form is about: it changes no version, and neither the history nor a record ever holds it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from articles import rules
from articles.models import Claim, UnsavedForm, UnsavedPage
from lib.refusals import NotAllowedError, RefusedError

#: How much of one form is kept, in bytes: several times what a long explanation with all evidence takes.
MAX_BYTES = 512 * 1024


class UnsavedTooLargeError(RefusedError):
    """The form holds more than is kept before it is saved."""

    code = "unsaved_too_large"


class OtherUnsavedError(RefusedError):
    """Another page of the same person has unsaved changes of this claim, and they are not to be lost."""

    code = "other_unsaved"


def keep(
    *,
    claim: Claim,
    by: User,
    at: datetime,
    version: int,
    writer: UUID,
    fields: dict[str, list[str]],
    replaces: UUID | None = None,
) -> UnsavedForm:
    """Keep ``fields`` for ``by``, in place of what the page ``writer`` or ``replaces`` kept before.

    Raises ``NotAllowedError``, ``UnsavedTooLargeError``, and ``OtherUnsavedError`` when another page kept something.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(gettext("You do not have permission to change claims."))
    _check_size(fields)
    kept = UnsavedForm(user=by, claim=claim, version=version, writer=writer, fields=_without_nul(fields), saved_at=at)
    with transaction.atomic():
        UnsavedForm.objects.bulk_create([kept], ignore_conflicts=True)
        stored = UnsavedForm.objects.select_for_update(of=("self",)).get(user=by, claim=claim)
        if stored.writer not in (writer, replaces):
            raise OtherUnsavedError(
                gettext(
                    "You have other unsaved changes of this claim, perhaps in another tab. "
                    "Restore or discard them first."
                )
            )
        stored.version, stored.writer, stored.saved_at = version, writer, at
        stored.fields = kept.fields
        stored.save()
    return stored


def keep_page(
    *,
    page: str,
    by: User,
    at: datetime,
    form_version: str,
    writer: UUID,
    fields: dict[str, list[str]],
    replaces: UUID | None = None,
) -> UnsavedPage:
    """As ``keep``, of the form at the address ``page``. Raises what ``keep`` raises."""
    if not rules.may_see_the_desk(by):
        raise NotAllowedError.for_("see the desk")
    _check_size(fields)
    values = {"form_version": form_version, "writer": writer, "fields": _without_nul(fields), "saved_at": at}
    with transaction.atomic():
        UnsavedPage.objects.bulk_create([UnsavedPage(user=by, page=page, **values)], ignore_conflicts=True)
        stored = UnsavedPage.objects.select_for_update(of=("self",)).get(user=by, page=page)
        if stored.writer not in (writer, replaces):
            raise OtherUnsavedError(
                gettext("You have other unsaved changes of this form, in another tab perhaps. Restore or discard them.")
            )
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save()
    return stored


def discard_page(*, page: str, by: User, writers: Iterable[UUID]) -> bool:
    """Delete what opened pages of ``by`` kept of the form at ``page``; whether there was something."""
    deleted, _ = UnsavedPage.objects.filter(user=by, page=page, writer__in=list(writers)).delete()
    return bool(deleted)


def discard(*, claim: Claim, by: User, writers: Iterable[UUID]) -> bool:
    """Delete what pages of ``by`` kept of ``claim``; whether there was something. Other people's is never touched."""
    deleted, _ = UnsavedForm.objects.filter(user=by, claim=claim, writer__in=list(writers)).delete()
    return bool(deleted)


def prune(*, at: datetime, keep: timedelta) -> int:
    """Delete what was kept longer ago than ``keep``. Returns how many forms."""
    forms, _ = UnsavedForm.objects.filter(saved_at__lt=at - keep).delete()
    pages, _ = UnsavedPage.objects.filter(saved_at__lt=at - keep).delete()
    return forms + pages


def _check_size(fields: dict[str, list[str]]) -> None:
    if len(json.dumps(fields, ensure_ascii=False).encode()) > MAX_BYTES:
        raise UnsavedTooLargeError(
            gettext("This is more than %(n)s KB, too much to keep before it is saved. Save the form now.")
            % {"n": MAX_BYTES >> 10}
        )


def _without_nul(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """PostgreSQL holds no NUL character, and no form takes one."""
    return {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values] for name, values in fields.items()
    }
