"""Pictures of readers' tips: made anew, kept for the desk alone, deleted after a set time."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import phrases, rules
from articles.models import Submission, TipPicture
from articles.services import audit
from articles.services.pictures.storage import UnusablePictureError
from lib import pictures
from lib.pictures import Cleaned, PictureError
from lib.refusals import NotAllowedError

#: A tip has no more pictures.
MOST: Final = 3


def clean(files: Iterable[bytes]) -> list[Cleaned]:
    """The pictures in the bytes of files. Raises ``UnusablePictureError`` with the code of ``lib.pictures``."""
    try:
        return [pictures.clean(data, max_bytes=settings.TIP_PICTURE_MAX_BYTES, with_variants=False) for data in files]
    except PictureError as error:
        raise UnusablePictureError(phrases.shown(error.said), code=error.code) from error


def keep(submission: Submission, cleaned: Sequence[Cleaned], *, at: datetime) -> None:
    """Keep the pictures that came with a tip."""
    TipPicture.objects.bulk_create(
        TipPicture(
            submission=submission,
            place=place,
            media_type=one.media_type,
            width=one.width,
            height=one.height,
            content=one.content,
            received_at=at,
        )
        for place, one in enumerate(cleaned)
    )


def delete(*, submission: Submission, by: User) -> None:
    """Delete the pictures of a tip for good. Raises ``NotAllowedError``."""
    if not rules.may_decide_submissions(by):
        raise NotAllowedError.for_(
            _("You do not have permission to decide on submissions."), groups=who_may("articles.decide_submission")
        )
    TipPicture.objects.filter(submission=submission).delete()


def forget(*, at: datetime, days: int) -> int:
    """Delete the pictures of tips decided ``days`` ago, and of those that nobody decided in twice the time.

    Returns how many. For ``manage.py forget_readers``.
    """
    decided = TipPicture.objects.filter(submission__decided_at__lt=at - timedelta(days=days))
    waiting = TipPicture.objects.filter(submission__decided_at=None, received_at__lt=at - timedelta(days=2 * days))
    with audit.act_as(by=None, reason=f"Pictures are kept for {days} days."):
        return decided.delete()[0] + waiting.delete()[0]
