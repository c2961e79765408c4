"""What makes the readers' page of a claim for the desk: named by a setting, because doors do not import each other."""

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from articles.models import PublishedClaim, Record


class Found(Protocol):
    """What a search engine and a shared link say of a page."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def about(self) -> str:
        """Its description."""

    @property
    def address(self) -> str:
        """Its full address."""

    @property
    def image_alt(self) -> str:
        """What its share card shows."""


class FindVariant(Protocol):
    """Gives the bytes of a picture in one size and format, if it is there."""

    def __call__(self, sha256: str, *, width: int, ending: str) -> bytes | None: ...


class Renderer(Protocol):
    """The readers' side of a preview."""

    def page(
        self,
        request: HttpRequest,
        row: PublishedClaim,
        record: Record,
        *,
        language: str,
        look: str,
        is_alone: bool,
        picture_base: str,
    ) -> HttpResponse:
        """The page; ``picture_base`` is where its pictures are while they are not public."""

    def card(self, row: PublishedClaim, record: Record, *, find: FindVariant) -> bytes:
        """The share card as PNG; ``find`` finds its picture while it is not public."""

    def found(self, row: PublishedClaim, record: Record) -> Found:
        """The entry in search results."""


def renderer() -> Renderer:
    """The one of this installation."""
    return cast(Renderer, import_module(settings.CLAIM_PREVIEWS))
