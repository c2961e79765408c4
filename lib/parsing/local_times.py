"""Times on a clock of a time zone, as people enter them. Where clocks are put forward or back, some times do not exist,
and some exist twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

Which = Literal["", "first", "second"]


class SkippedTimeError(ValueError):
    """There is no such time: the clocks go forward over it. ``instead`` is as much later as they go forward."""

    def __init__(self, instead: datetime) -> None:
        super().__init__(f"There is no such time. {instead:%H:%M} comes instead.")
        self.instead = instead


class RepeatedTimeError(ValueError):
    """The time is there twice, because the clocks go back over it: ``first`` and ``second``, with their offsets."""

    def __init__(self, first: datetime, second: datetime) -> None:
        super().__init__(f"This time is there twice: {first.isoformat()} and {second.isoformat()}.")
        self.first, self.second = first, second


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a clock's time may mean, in UTC, and what the clock shows then."""

    moment: datetime
    shown: datetime


def resolve(local: datetime, zone: tzinfo, *, which: Which = "") -> datetime:
    """The moment, in UTC, at which clocks of ``zone`` show ``local`` (without a zone of its own).

    ``which`` says which of two is meant; it has no effect where there is one. Raises ``SkippedTimeError`` and
    ``RepeatedTimeError``.
    """
    first, second = (_read(local, zone, fold) for fold in (0, 1))
    if first.shown.replace(tzinfo=None) != local.replace(fold=0):
        raise SkippedTimeError(first.shown.replace(tzinfo=None))
    if first.moment != second.moment and not which:
        raise RepeatedTimeError(first.shown, second.shown)
    return second.moment if which == "second" else first.moment


def _read(local: datetime, zone: tzinfo, fold: Literal[0, 1]) -> _Reading:
    moment = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    return _Reading(moment, moment.astimezone(zone))
