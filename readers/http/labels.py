"""What the codes in records are called, in the language of the page: filters of the readers' templates."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import evidence_fields
from articles.choices import (
    ClaimantKind,
    OriginKind,
    PublicState,
    RecordKind,
    RelationKind,
    ReplyMeans,
    ReportState,
    SourceKind,
    Stance,
)
from articles.evidence_fields import EvidenceField, Kind
from articles.text import long_day
from followers.choices import Rhythm
from readers.http import template_constants

_PAGE = re.compile(r"p\. ([0-9]+)")
_TIME = re.compile(r"(?:([0-9]+):)?([0-9]{2}):([0-9]{2})")


def suggestion_state(value: str) -> str:
    """The state of a claim that a reader suggested, in words."""
    return {
        PublicState.RECEIVED: _("Received: no decision yet"),
        PublicState.ACCEPTED: _("Accepted: we are checking it"),
        PublicState.PUBLISHED: _("We have checked it"),
        PublicState.RETRACTED: _("We checked it and have since withdrawn the verdict"),
        PublicState.DROPPED: _("We are not taking it further. If that changes, you will see it here."),
        PublicState.DUPLICATE: _("We have checked the same claim in other words"),
        PublicState.DECLINED: _("We will not check it"),
    }[PublicState(value)]


def label(words: type[TextChoices], value: str) -> str:
    """What a value of a closed list is called; the value itself where the list does not hold it any more."""
    return _label(words, value, get_language())


@lru_cache(maxsize=1024)
def _label(words: type[TextChoices], value: str, _language: str | None) -> str:
    return _(str(words(value).label)) if value in words.values else value


@dataclass(frozen=True, slots=True)
class LabelledField:
    """A field of evidence that pages show as "label: text"; ``address`` when the text can be followed as a link."""

    label: str
    text: str
    address: str = ""


def labelled_fields(
    row: Mapping[str, Any], fields: Iterable[EvidenceField] = evidence_fields.PUBLIC
) -> list[LabelledField]:
    """The labelled fields of a piece of evidence of a record, in the language of the page."""
    return [_labelled(field, value) for field, value in evidence_fields.labelled(row, fields)]


def _labelled(field: EvidenceField, value: str) -> LabelledField:
    if field.kind == Kind.DAY:
        return LabelledField(str(field.label), long_day(date.fromisoformat(value)))
    if field.kind == Kind.ADDRESS:
        return LabelledField(str(field.label), value, value if value.startswith(("http://", "https://")) else "")
    return LabelledField(str(field.label), label(field.choices, value) if field.choices else value)


def locator(value: str) -> str:
    """Where in a text a passage is, in words; a locator of another form as it is."""
    if page := _PAGE.fullmatch(value):
        return _("page %(n)s") % {"n": page[1]}
    if moment := _TIME.fullmatch(value):
        hours = int(moment[1] or 0)
        time = f"{moment[2]}:{moment[3]}"
        return _("at %(time)s") % {"time": f"{hours}:{time}" if hours else time}
    return value


def contacted(means: str, day: str) -> str:
    """How and when somebody was asked for a reply; ``day`` is HTML."""
    gettext = template_constants.gettext
    if means == ReplyMeans.PHONE:
        return gettext("Contacted by phone on %(day)s", day=day)
    if means == ReplyMeans.LETTER:
        return gettext("Contacted by letter on %(day)s", day=day)
    if means == ReplyMeans.IN_PERSON:
        return gettext("Asked in person on %(day)s", day=day)
    if means == ReplyMeans.PUBLIC_STATEMENT:
        return gettext("Asked in a public statement on %(day)s", day=day)
    return gettext("Contacted by e-mail on %(day)s", day=day)


FILTERS: dict[str, Callable[[Any], Any]] = {
    "labelled_fields": labelled_fields,
    "source_kind": partial(label, SourceKind),
    "claimant_kind": partial(label, ClaimantKind),
    "reply_means": partial(label, ReplyMeans),
    "origin_kind": partial(label, OriginKind),
    "locator": locator,
    "stance": partial(label, Stance),
    "rhythm": partial(label, Rhythm),
    "relation_kind": partial(label, RelationKind),
    "record_kind": partial(label, RecordKind),
    "report_state": partial(label, ReportState),
    "suggestion_state": suggestion_state,
}
