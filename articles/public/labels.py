"""What the codes in records are called, in the language of the page: filters of the readers' templates."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.choices import ClaimantKind, Fate, RecordKind, RelationKind, ReplyMeans, ReportState, SourceKind


def source_kind(value: str) -> str:
    """A source kind in words."""
    return _label(SourceKind, value, get_language())


def claimant_kind(value: str) -> str:
    """A claimant kind in words."""
    return _label(ClaimantKind, value, get_language())


def reply_means(value: str) -> str:
    """By what means somebody was asked, in words."""
    return _label(ReplyMeans, value, get_language())


def relation_kind(value: str) -> str:
    """How a claim stands to another, in words."""
    return _label(RelationKind, value, get_language())


def record_kind(value: str) -> str:
    """What a record did, in words."""
    return _label(RecordKind, value, get_language())


def report_state(value: str) -> str:
    """What became of a reader's report, in words."""
    return _label(ReportState, value, get_language())


def suggestion_fate(value: str) -> str:
    """What became of a claim that a reader suggested, in words."""
    return {
        Fate.RECEIVED: _("Received: nobody has decided yet"),
        Fate.ACCEPTED: _("Accepted: it is being checked"),
        Fate.PUBLISHED: _("It was checked"),
        Fate.RETRACTED: _("It was checked, and the finding was withdrawn since"),
        Fate.DUPLICATE: _("We had checked it already"),
        Fate.DECLINED: _("We will not check it"),
    }[Fate(value)]


@lru_cache(maxsize=1024)
def _label(words: Any, value: str, _language: str | None) -> str:
    return _(str(words(value).label)) if value in words.values else value


FILTERS: dict[str, Any] = {
    filter_.__name__: filter_
    for filter_ in (source_kind, claimant_kind, reply_means, relation_kind, record_kind, report_state, suggestion_fate)
}
