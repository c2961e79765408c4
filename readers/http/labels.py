"""What the codes in records are called, in the language of the page: filters of the readers' templates."""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.choices import (
    ClaimantKind,
    Fate,
    OriginKind,
    RecordKind,
    RelationKind,
    ReplyMeans,
    ReportState,
    SourceKind,
    Stance,
)

_PAGE = re.compile(r"p\. ([0-9]+)")
_TIME = re.compile(r"(?:([0-9]+):)?([0-9]{2}):([0-9]{2})")


def suggestion_fate(value: str) -> str:
    """What became of a claim that a reader suggested, in words."""
    return {
        Fate.RECEIVED: _("Received: nobody has decided yet"),
        Fate.ACCEPTED: _("Accepted: it is being checked"),
        Fate.PUBLISHED: _("It was checked"),
        Fate.RETRACTED: _("It was checked, and the finding was withdrawn since"),
        Fate.DROPPED: _("We do not follow it further. Should we take it up again, this page will say so."),
        Fate.DUPLICATE: _("We checked the same claim in other words"),
        Fate.DECLINED: _("We will not check it"),
    }[Fate(value)]


def label(words: type[TextChoices], value: str) -> str:
    """What a value of a closed list is called; the value itself where the list does not hold it any more."""
    return _label(words, value, get_language())


@lru_cache(maxsize=1024)
def _label(words: type[TextChoices], value: str, _language: str | None) -> str:
    return _(str(words(value).label)) if value in words.values else value


def locator(value: str) -> str:
    """Where in a text a passage is, in words; a locator of another form as it is."""
    if page := _PAGE.fullmatch(value):
        return _("page %(n)s") % {"n": page[1]}
    if moment := _TIME.fullmatch(value):
        hours = int(moment[1] or 0)
        time = f"{moment[2]}:{moment[3]}"
        return _("at %(time)s") % {"time": f"{hours}:{time}" if hours else time}
    return value


FILTERS: dict[str, Callable[[str], str]] = {
    "source_kind": partial(label, SourceKind),
    "claimant_kind": partial(label, ClaimantKind),
    "reply_means": partial(label, ReplyMeans),
    "origin_kind": partial(label, OriginKind),
    "locator": locator,
    "stance": partial(label, Stance),
    "relation_kind": partial(label, RelationKind),
    "record_kind": partial(label, RecordKind),
    "report_state": partial(label, ReportState),
    "suggestion_fate": suggestion_fate,
}
