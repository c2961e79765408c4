"""Keeping pictures. What comes in is made anew by ``lib.pictures`` before anything is written; that takes a second."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from articles import phrases, rules
from articles.models import Picture, PictureVariant
from articles.picture_choices import PictureKind
from articles.services import audit
from lib import pictures
from lib.pictures import Cleaned, PictureError
from lib.refusals import NotAllowedError, RefusedError


class UnusablePictureError(RefusedError):
    """A picture that is not kept. ``code`` says why: ``lib.pictures.PictureError`` has the list, and ``no_image``."""


def upload(data: bytes, *, by: User, at: datetime, kind: PictureKind = PictureKind.UPLOADED) -> Picture:
    """Keep a picture that somebody gives: its file's bytes, of any name. The same picture again is the row it has.

    Raises ``NotAllowedError``, ``UnusablePictureError``.
    """
    check_may_add(by)
    received = hashlib.sha256(data).hexdigest()
    known: Picture | None = Picture.objects.filter(received_sha256=received).order_by("id").first()
    if known is not None:
        return known
    try:
        made = pictures.clean(data, max_bytes=settings.PICTURE_MAX_BYTES)
    except PictureError as error:
        raise UnusablePictureError(phrases.shown(error.said), code=error.code) from error
    return keep(made, kind=kind, by=by, at=at)


def keep(made: Cleaned, *, kind: PictureKind, by: User, at: datetime, figures: dict[str, Any] | None = None) -> Picture:
    """Store a picture with its variants, once: two people who do it at the same moment get the same row.

    Raises ``NotAllowedError``.
    """
    check_may_add(by)
    with audit.act_as(by=by):
        row = Picture(
            sha256=made.sha256,
            received_sha256=made.received_sha256,
            kind=kind,
            media_type=made.media_type,
            width=made.width,
            height=made.height,
            size=len(made.content),
            content=made.content,
            figures=figures,
            created_by=by,
            created_at=at,
        )
        Picture.objects.bulk_create([row], ignore_conflicts=True)
        kept: Picture = Picture.objects.get(sha256=made.sha256)
        variants = [
            PictureVariant(picture=kept, format=variant.format, width=variant.width, content=variant.content)
            for variant in made.variants
        ]
        PictureVariant.objects.bulk_create(variants, ignore_conflicts=True)
    return kept


def check_may_add(by: User) -> None:
    """Raise ``NotAllowedError`` for somebody who may not add pictures."""
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to add pictures."))
