"""The picture of a record, as templates and feeds want it: its addresses in each size, and what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.conf import settings

from articles.selectors.readers.pictures import variants
from lib.pictures import FORMATS, file_name, largest, widths
from readers.http import template_constants

Document = dict[str, Any]
#: The format that every program reads.
PLAIN: Final = "jpg"


class FindVariant(Protocol):
    """Gives the bytes of a picture in one size and format, if it is there."""

    def __call__(self, sha256: str, *, width: int, ending: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """One ``source`` of a ``picture`` element."""

    media_type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a record. ``url`` is its plain JPEG's in full, ``width`` and ``height`` are its largest size's.

    ``focus`` is the part that stays visible where it is cropped; ``is_stamped`` says that the page puts the verdict on
    it.
    """

    sha256: str
    alt: str
    credit: str
    licence: str
    focus: str
    is_stamped: bool
    width: int
    height: int
    #: The address below which its sizes are.
    base: str
    url: str
    #: Those of a map: name, latitude, longitude, and whether it is approximate.
    places: Sequence[Document] = ()

    @property
    def address(self) -> str:
        """The plain JPEG in the largest size, as a page links to it."""
        return self._in(PLAIN, self.width)

    @property
    def sources(self) -> list[Source]:
        """What a browser chooses from, the best format first."""
        return [Source(FORMATS[ending], self.srcset(ending)) for ending in FORMATS if ending != PLAIN]

    @property
    def plain_srcset(self) -> str:
        """The JPEGs."""
        return self.srcset(PLAIN)

    def srcset(self, ending: str) -> str:
        """Each size in one format with its width."""
        return ", ".join(f"{self._in(ending, width)} {width}w" for width in widths(self.width))

    def _in(self, ending: str, width: int) -> str:
        return self.base + file_name(self.sha256, width, ending)


def lead(document: Document, *, base: str = "") -> Picture | None:
    """The picture that leads a record; None for a record without one, such as one from before there were pictures.

    ``base`` is where its files are, when they are not public yet.
    """
    said = document.get("lead_image")
    if not said:
        return None
    width, height = largest(said["width"], said["height"])
    name = said["sha256"]
    address = template_constants.url("readers:picture", name, width, PLAIN)
    return Picture(
        sha256=name,
        alt=said["alt"],
        credit=said["credit"],
        licence=said["licence"],
        focus=said.get("focus", ""),
        is_stamped=said.get("stamped", False),
        width=width,
        height=height,
        base=base or address.partition(name)[0],
        url=settings.SITE_URL + address,
        places=said.get("places", ()),
    )


def published(sha256: str, *, width: int, ending: str) -> bytes | None:
    """A published picture in one size and format; None for one that readers may not have."""
    try:
        return variants.content(sha256, width=width, ending=ending)
    except variants.NoPictureError:
        return None


def lengths(shown: Sequence[Picture]) -> dict[str, int]:
    """How many bytes the plain JPEGs of published pictures have, by their hashes."""
    return variants.lengths(list({(one.sha256, one.width) for one in shown}), ending=PLAIN)
