"""Maps drawn here from typed places, kept as pictures. What they were drawn from is kept with them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext as for_desk
from django.utils.translation import override, pgettext

from accounts.models import User
from articles import claim_addresses, phrases
from articles.models import Claim, MapOutline, Picture
from articles.models.pictures.lead_picture import MAX_ALT, MAX_CREDIT
from articles.picture_choices import PictureKind
from articles.services import audit
from articles.services.pictures import storage
from articles.services.pictures.storage import UnusablePictureError
from lib import pictures
from lib.maps import outlines
from lib.maps.outlines import OutlineError
from lib.maps.places import Place
from lib.maps.views import View
from lib.phrases import listed
from lib.pictures import maps
from lib.pictures.maps import Map, NoRoomError, Words
from lib.pictures.reading import one_at_a_time
from lib.sharecards.lettering import natural_direction


@dataclass(frozen=True, slots=True)
class Order:
    """A map to be drawn. ``source`` says where coordinates are from; ``typed`` is what the form held, to be kept."""

    title: str
    places: Sequence[Place]
    view: View
    source: str
    typed: dict[str, Any]
    outline: MapOutline | None = None
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as a picture, with words to start from in the claim's language."""

    picture: Picture
    alt: str
    credit: str
    licence: str


def draw(order: Order, *, claim: Claim, by: User, at: datetime) -> Drawn:
    """Draw a map in the claim's language and keep it. Raises ``NotAllowedError``, ``UnusablePictureError``."""
    storage.check_may_add(by)
    try:
        with one_at_a_time:
            made = pictures.clean_image(maps.draw(_as_map(order, claim), fonts=settings.CARD_FONTS))
    except NoRoomError as error:
        words = for_desk("The places stand too close for their numbers. Leave some out.")
        raise UnusablePictureError(words, code="room") from error
    except ValueError as error:
        words = for_desk("No font here has all letters of this map. Write it in another script.")
        raise UnusablePictureError(words, code="letters") from error
    kept = storage.keep(made, kind=PictureKind.MAP, by=by, at=at, figures=_figures(order))
    with override(claim_addresses.site_language(claim.language)):
        credit = " · ".join([order.source, *([_outlines_by(order.outline.credit)] if order.outline else [])])
        licence = order.outline.licence if order.outline else ""
        return Drawn(kept, alt_text(order.title, order.places), credit[:MAX_CREDIT], licence)


def keep_outline(data: bytes, *, name: str, credit: str, licence: str, by: User, at: datetime) -> MapOutline:
    """Keep outlines for this map and later ones. The same outlines again are the row they have.

    Raises ``NotAllowedError``, ``UnusablePictureError``.
    """
    storage.check_may_add(by)
    try:
        content = outlines.written(outlines.read(data))
    except OutlineError as error:
        raise UnusablePictureError(phrases.shown(error.said), code="outlines") from error
    sha256 = hashlib.sha256("\0".join((name, credit, licence, content)).encode()).hexdigest()
    with audit.act_as(by=by):
        row = MapOutline(
            name=name, credit=credit, licence=licence, content=content, sha256=sha256, created_by=by, created_at=at
        )
        MapOutline.objects.bulk_create([row], ignore_conflicts=True)
    kept: MapOutline = MapOutline.objects.get(sha256=sha256)
    return kept


def alt_text(title: str, places: Sequence[Place]) -> str:
    """The map in words: its title, then as many names as there is room for. In the language in force."""
    names = [place.name for place in places]
    for count in range(len(names), 0, -1):
        shown = phrases.shown(listed(names[:count])) if count == len(names) else ", ".join(names[:count]) + " …"
        said = _("%(title)s. Map with %(places)s.") % {"title": title.rstrip("."), "places": shown}
        if len(said) <= MAX_ALT:
            break
    return said


def words() -> Words:
    """What is written on maps in the language in force."""
    return Words(
        latitude=lambda value: _degrees(value, _("%(degrees)s° N"), _("%(degrees)s° S")),
        longitude=lambda value: _degrees(value, _("%(degrees)s° E"), _("%(degrees)s° W")),
        scale=_scale,
        # Translators: the letter beside the arrow that points to the north
        north=pgettext("on a map", "N"),
        approximate=_("Approximate place"),
    )


def _as_map(order: Order, claim: Claim) -> Map:
    with override(claim_addresses.site_language(claim.language)):
        notes, ground = [order.source], None
        if order.outline:
            ground = outlines.read(order.outline.content.encode())
            notes.append(_outlines_by(f"{order.outline.credit}, {order.outline.licence}"))
        return Map(
            title=order.title,
            places=order.places,
            view=order.view,
            words=words(),
            notes=notes,
            outlines=ground,
            is_joined=order.is_joined,
            direction=natural_direction(order.title),
        )


def _outlines_by(credit: str) -> str:
    return _("Outlines: %(credit)s") % {"credit": credit}


def _figures(order: Order) -> dict[str, Any]:
    outline = order.outline
    return {
        "kind": "map",
        "places": [_kept(place) for place in order.places],
        "typed": order.typed,
        "outline": {"sha256": outline.sha256, "credit": outline.credit, "licence": outline.licence}
        if outline
        else None,
    }


def _kept(place: Place) -> dict[str, Any]:
    """A place as records have it: degrees as texts, because records hold no fractions."""
    about = {"approximate": True} if place.is_approximate else {}
    return {"name": place.name, "latitude": _plain(place.latitude), "longitude": _plain(place.longitude), **about}


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _degrees(value: float, above: str, below: str) -> str:
    """Degrees with their direction; none at the equator, at Greenwich and at 180°, which have two or none."""
    written = number_format(_plain(abs(value)))
    if value in (0, 180, -180):
        return f"{written}°"
    return (above if value > 0 else below) % {"degrees": written}


def _scale(km: float, latitude: float | None) -> str:
    length = (
        _("%(n)s km") % {"n": number_format(_plain(km), force_grouping=True)}
        if km >= 1
        else _("%(n)s m") % {"n": number_format(round(km * 1000))}
    )
    if latitude is None:
        return length
    place = words().latitude(round(latitude))
    return _("%(length)s at %(latitude)s") % {"length": length, "latitude": place}
