"""The image of a kept copy as a picture, with its address, its time and its hash written below it."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext as for_desk
from django.utils.translation import override

from accounts.models import User
from articles import claim_addresses, text
from articles.models import Attachment, Capture, Claim, Picture
from articles.models.pictures.lead_picture import MAX_ALT, MAX_CREDIT
from articles.picture_choices import PictureKind
from articles.services.pictures import storage
from articles.services.pictures.storage import UnusablePictureError
from lib import pictures
from lib.pictures import PictureError, stamping
from lib.webaddress import normalized

#: So many of the hash's 64 digits are written.
_DIGITS: Final = 16
#: What runs the other way, or cannot be seen, is written as it is sent.
_UNREADABLE: Final = ("R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI", "BN")


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture of a kept copy, with words to start from in the claim's language.

    ``shows_claim``: the copy is of the page on which the claim was made, so the verdict belongs on it.
    """

    picture: Picture
    alt: str
    credit: str
    shows_claim: bool


def from_capture(capture: Capture, *, claim: Claim, by: User, at: datetime) -> Screenshot:
    """Keep the image of a capture as a picture for ``claim``. The same capture again is the row it has.

    Raises ``NotAllowedError``, ``UnusablePictureError``.
    """
    source, attachment = capture.source, capture.attachment
    if attachment is None or not capture.is_image:
        raise UnusablePictureError(for_desk("This kept copy is not an image. Choose another one."), code="no_image")
    if source.is_confidential:
        raise UnusablePictureError(
            for_desk("The source of this copy is confidential: readers must not see it."), code="confidential"
        )
    storage.check_may_add(by)
    content = bytes(Attachment.objects.values_list("content", flat=True).get(pk=attachment.pk))
    lines = stamp(capture)
    try:
        made = pictures.clean(
            content,
            max_bytes=settings.ATTACHMENT_MAX_BYTES,
            finish=lambda image: stamping.stamped(image, lines, fonts=settings.CARD_FONTS),
        )
    except PictureError as error:
        raise UnusablePictureError(str(error), code=error.code) from error
    kept = storage.keep(made, kind=PictureKind.CAPTURED, by=by, at=at)
    return Screenshot(kept, *words(capture, claim), shows_claim=_shows_claim(capture, claim))


def stamp(capture: Capture) -> list[str]:
    """What is written below the image: the source's address or title, when the copy was kept, how its hash begins."""
    at = capture.captured_at.astimezone(UTC)
    known = [f"{at:%Y-%m-%d %H:%M} UTC", *([f"SHA-256 {capture.sha256[:_DIGITS]}"] if capture.sha256 else [])]
    return [_place(capture), " · ".join(known)] if _place(capture) else [" · ".join(known)]


def _place(capture: Capture) -> str:
    address = readable_address(capture.source.url or capture.archive_url)
    shown = address or capture.source.title
    if stamping.can_be_written(shown, fonts=settings.CARD_FONTS):
        return shown
    return quote(address, safe="/:?&=%")


def words(capture: Capture, claim: Claim) -> tuple[str, str]:
    """Alt text and credit to start from."""
    with override(claim_addresses.site_language(claim.language)):
        said = _("Screenshot: %(title)s. Copy kept on %(day)s.")
        day = text.long_day(localtime(capture.captured_at).date())
        room = MAX_ALT - len(said % {"title": "", "day": day})
        title = capture.source.title
        short = title if len(title) <= room else f"{title[: room - 1].rstrip()}…"
        credit = capture.source.publisher or capture.source.title
        return said % {"title": short, "day": day}, credit[:MAX_CREDIT]


def readable_address(url: str) -> str:
    """An address as it can be written on a picture: without names and passwords, and nothing in it runs backwards."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return quote(url, safe="/:?&=%")
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    shown = "".join(quote(char, safe="") if _is_unreadable(char) else char for char in rest)
    return f"{host}{port}{shown}" if shown != "/" else f"{host}{port}"


def _is_unreadable(char: str) -> bool:
    return (
        char.isspace()
        or unicodedata.bidirectional(char) in _UNREADABLE
        or (unicodedata.category(char)[0] in "CZSM" and ord(char) > 127)
    )


def _shows_claim(capture: Capture, claim: Claim) -> bool:
    """Whether the copy is of the page on which the claim was made."""
    made_at = {claim.origin_url} | set(claim.appearances.values_list("article_version__article__url", flat=True))
    return normalized(capture.source.url) in {normalized(url) for url in made_at if url}
