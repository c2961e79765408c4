"""The scale of verdicts: new ratings, new editions, order, retirement.

An edition never changes, because verdicts keep the words they were given under. Each act names the state that was seen:
sent twice it is done once, and on an older state it is refused.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from articles import folding, rules, text
from articles.models import Rating
from articles.models.rating import MAX_DEFINITION
from articles.selectors.library import ratings as scale
from articles.services import audit, editing
from articles.services.log import cache_purges
from lib.refusals import NotAllowedError, NotNowError, StaleError

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
BEST, WORST = 5, 1


class ScaleError(NotNowError):
    """Not possible with the scale as it is; the text says why."""

    code = "scale"


class EditionDiffersError(StaleError):
    """Somebody else changed the rating first. ``newest`` is the edition that there is now."""

    def __init__(self, newest: Rating) -> None:
        self.newest = newest
        super().__init__(current=newest.edition)


@dataclass(frozen=True, slots=True)
class Wording:
    """What an edition says: label, definition, tone, and a number from 1 (worst) to 5 where it measures something."""

    label: str
    definition: str
    tone: str
    value: int | None = None

    def of(self, rating: Rating) -> bool:
        """Whether ``rating`` says this."""
        return self == Wording(rating.label, rating.definition, rating.tone, rating.value)


@dataclass(frozen=True, slots=True)
class Saved:
    """An edition, and whether this act made it or it was there already."""

    rating: Rating
    is_new: bool


def add(*, key: str, wording: Wording, by: User, at: datetime) -> Saved:
    """A new rating, last in order. The same one again is the one that is there.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    wording = _cleaned(wording)
    if not _KEY.fullmatch(key):
        message = _("Use small letters from a to z, digits and _, and begin with a letter.")
        raise ValidationError({"key": ValidationError(message, code="invalid")})
    with _changing(by, at) as rows:
        same = [row for row in rows if row.key == key]
        if len(same) == 1 and same[0].retired_on is None and wording.of(same[0]):
            return Saved(same[0], is_new=False)
        if same:
            message = _("There is a rating with this key: “%(label)s”. Choose another key, or edit that one.")
            raise ValidationError({"key": ValidationError(message % {"label": same[-1].label}, code="taken")})
        _check_label(wording.label, key, rows)
        made = _insert(key, 1, wording, at=at, position=len(rows))
        _number()
    return Saved(made, is_new=True)


def new_edition(*, key: str, edition: int, wording: Wording, by: User, at: datetime) -> Saved:
    """The next edition of a rating; ``edition`` is the one that was seen. Verdicts given so far keep their words.

    The same words again are the edition that is there. Raises ``NotAllowedError``, ``Rating.DoesNotExist``,
    ``EditionDiffersError``, ``ScaleError`` for a retired rating, ``ValidationError``.
    """
    wording = _cleaned(wording)
    with _changing(by, at) as rows:
        newest = _newest(rows, key)
        if newest.edition == edition + 1 and newest.retired_on is None and wording.of(newest):
            return Saved(newest, is_new=False)
        if newest.edition != edition:
            raise EditionDiffersError(newest)
        if newest.retired_on is not None:
            raise ScaleError(_("“%(label)s” is retired. Bring it back first.") % {"label": newest.label})
        if wording.of(newest):
            message = _("Nothing differs from edition %(edition)s. Change a field first.")
            raise ValidationError(message % {"edition": edition}, code="same")
        _check_label(wording.label, key, rows)
        _retire(newest, at=at)
        return Saved(_insert(key, edition + 1, wording, at=at, position=newest.position), is_new=True)


def move(*, key: str, place: int, step: int, by: User, at: datetime) -> list[Rating]:
    """Move a rating ``step`` places down, or up where it is negative; ``place`` is where it was seen, from 0.

    Returns the scale. Raises ``NotAllowedError``, ``ScaleError`` where it is not at that place any more.
    """
    with _changing(by, at) as rows:
        order = [row.key for row in rows if row.retired_on is None]
        if not 0 <= place < len(order) or order[place] != key:
            raise ScaleError(_("The order was changed in the meantime. This is how it is now."))
        target = min(max(place + step, 0), len(order) - 1)
        order.insert(target, order.pop(place))
        _number(order)
    return scale.current()


def retire(*, key: str, edition: int, by: User, at: datetime) -> Rating:
    """Take a rating out of use. Claims that have it keep it; no other verdict can use it.

    Raises ``NotAllowedError``, ``Rating.DoesNotExist``, ``EditionDiffersError``, ``ScaleError`` for the last one.
    """
    with _changing(by, at) as rows:
        newest = _newest(rows, key)
        if newest.edition != edition:
            raise EditionDiffersError(newest)
        if newest.retired_on is None:
            if sum(row.retired_on is None for row in rows) == 1:
                raise ScaleError(_("This is the last rating in use: a verdict needs one. Add another one first."))
            _retire(newest, at=at)
            _number()
    return newest


def bring_back(*, key: str, edition: int, by: User, at: datetime) -> Saved:
    """Use a retired rating again: a new edition with its last words; ``edition`` is the retired one that was seen.

    Raises ``NotAllowedError``, ``Rating.DoesNotExist``, ``EditionDiffersError``, ``ValidationError``.
    """
    with _changing(by, at) as rows:
        newest = _newest(rows, key)
        if newest.edition == edition + 1 and newest.retired_on is None:
            return Saved(newest, is_new=False)
        if newest.edition != edition or newest.retired_on is None:
            raise EditionDiffersError(newest)
        wording = Wording(newest.label, newest.definition, newest.tone, newest.value)
        _check_label(wording.label, key, rows)
        made = _insert(key, edition + 1, wording, at=at, position=len(rows))
        _number()
    return Saved(made, is_new=True)


@contextmanager
def _changing(by: User, at: datetime) -> Iterator[list[Rating]]:
    """One act on the scale: all its rows in order, as they are while nobody else changes them."""
    if not rules.may_edit_ratings(by):
        raise NotAllowedError.for_(_("You do not have permission to change ratings."))
    with audit.act_as(by=by):
        list(Rating.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        yield list(Rating.objects.order_by("position", "key", "edition"))  # anew: the rows somebody has added, too
        cache_purges.purge_scale(at=at)


def _cleaned(wording: Wording) -> Wording:
    """The words as a row keeps them. Raises ``ValidationError``."""
    label, definition = (
        " ".join(text.one_line(editing.normalize(getattr(wording, name), field=name)).split())
        for name in ("label", "definition")
    )
    if len(definition) > MAX_DEFINITION:
        message = _("A definition has at most %(most)s characters; this one has %(count)s.")
        found = {"most": MAX_DEFINITION, "count": len(definition)}
        raise ValidationError({"definition": ValidationError(message % found, code="max_length")})
    if wording.value is not None and not WORST <= wording.value <= BEST:
        message = _("Give a whole number from 1 to 5, or none for a rating that measures nothing.")
        raise ValidationError({"value": ValidationError(message, code="invalid")})
    return Wording(label, definition, wording.tone, wording.value)


def _newest(rows: list[Rating], key: str) -> Rating:
    found = [row for row in rows if row.key == key]
    if not found:
        raise Rating.DoesNotExist
    return max(found, key=lambda row: row.edition)


def _check_label(label: str, key: str, rows: list[Rating]) -> None:
    """Readers could not tell two ratings with one label apart, and translations go by the label."""
    for row in rows:
        if row.key != key and row.retired_on is None and folding.name_key(row.label) == folding.name_key(label):
            message = _("Another rating in use has this label. Choose another one.")
            raise ValidationError({"label": ValidationError(message, code="taken")})


def _insert(key: str, edition: int, wording: Wording, *, at: datetime, position: int) -> Rating:
    made = Rating(key=key, edition=edition, best=BEST, worst=WORST, position=position, introduced_on=localdate(at))
    editing.assign(made, asdict(wording))
    made.save(force_insert=True)
    return made


def _retire(rating: Rating, *, at: datetime) -> None:
    rating.retired_on = localdate(at)
    rating.save(update_fields=["retired_on"])


def _number(order: list[str] | None = None) -> None:
    """Number the places: ratings in use, in ``order`` where it is given, then retired ones. Editions stand together."""
    everything = list(Rating.objects.order_by("position", "key", "edition"))
    in_use = order or [row.key for row in everything if row.retired_on is None]
    places = {key: place for place, key in enumerate(dict.fromkeys([*in_use, *(row.key for row in everything)]))}
    for row in everything:
        if row.position != places[row.key]:
            Rating.objects.filter(pk=row.pk).update(position=places[row.key])
