"""Suggestions as the desk's screens read them: plain values for JSON, cards for the page."""

from dataclasses import dataclass
from typing import Any

from articles import phrases
from articles.selectors.suggestions import Listing, speaker_kind
from lib.checkworthy import Suggestion
from lib.checkworthy.disagreements import Disagreement

#: A statement of a claim is at most this long; a longer passage is shortened by the editor.
MAX_STATEMENT = 500
_AROUND = 70


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as the page draws it: its passage, the statement it starts with, what may be merged with it."""

    suggestion: Suggestion
    start: int
    end: int
    statement: str
    following: Suggestion | None
    percent: int

    @property
    def reasons(self) -> list[str]:
        """Why it may be worth checking, in the language in force."""
        return [phrases.shown(reason.words) for reason in self.suggestion.reasons]

    @property
    def speaker_kind(self) -> str:
        """The kind of the speaker, for the form."""
        return _kind(self.suggestion) if self.suggestion.speaker else ""


def listing(found: Listing, *, may_edit: bool) -> dict[str, Any]:
    """Everything about one text, positions in code points; ``suggestions`` ranked, ``others`` in the text's order."""
    article = found.version.article
    return {
        "article": {"id": str(article.pk), "title": article.title, "language": article.language},
        "version": {"number": found.version.number, "sha256": found.version.sha256},
        "may_edit": may_edit,
        "suggestions": [_of(each) | {"merge_with": _key(found.following(each))} for each in found.offered],
        "others": [_of(each) for each in found.others],
        "marked": [
            _of(each.suggestion) | {"claim": {"id": str(each.appearance.claim_id), "text": each.appearance.claim.text}}
            for each in found.marked
        ],
        "dismissed": [
            _of(each.suggestion)
            | {"dismissed_by": each.row.created_by.display_name(), "dismissed_at": each.row.created_at.isoformat()}
            for each in found.dismissed
        ],
        "disagreements": [
            {
                "kind": each.kind,
                "text": phrases.shown(each.words),
                "passages": [{"start": p.start, "end": p.end, "exact": p.exact} for p in each.passages],
            }
            for each in found.disagreements
        ],
        "left_out": found.left_out,
        "has_rules": found.has_rules,
    }


def card(found: Listing, suggestion: Suggestion) -> Card:
    """A suggestion by itself."""
    statement = " ".join(suggestion.exact.split())
    following = found.following(suggestion)
    return Card(suggestion, suggestion.start, suggestion.end, statement, following, round(suggestion.score * 100))


def merged(found: Listing, suggestion: Suggestion) -> Card | None:
    """A suggestion together with the sentence behind it; ``None`` when nothing follows in its paragraph."""
    following = found.following(suggestion)
    if following is None:
        return None
    passage = found.version.body[suggestion.start : following.end]
    statement = " ".join(passage.split())
    return Card(suggestion, suggestion.start, following.end, statement, following, round(suggestion.score * 100))


def flag(found: Listing, disagreement: Disagreement) -> dict[str, Any]:
    """A disagreement with the words around each of its passages."""
    body = found.version.body
    return {
        "text": phrases.shown(disagreement.words),
        "passages": [
            {
                "before": body[max(each.sentence, each.start - _AROUND) : each.start].replace("\n", " "),
                "exact": each.exact,
                "after": body[each.end : each.end + _AROUND].split("\n")[0],
            }
            for each in disagreement.passages
        ],
    }


def _kind(each: Suggestion) -> str:
    return speaker_kind(each.speaker, is_person=each.speaker_is_person)


def _key(suggestion: Suggestion | None) -> str | None:
    return suggestion.key if suggestion else None


def _of(each: Suggestion) -> dict[str, Any]:
    speaker = {"name": each.speaker, "role": each.speaker_role, "kind": _kind(each)} if each.speaker else None
    return {
        "key": each.key,
        "start": each.start,
        "end": each.end,
        "exact": each.exact,
        "paragraph": each.paragraph,
        "kind": each.kind,
        "score": each.score,
        "reasons": [
            {"kind": reason.kind, "text": phrases.shown(reason.words), "found": reason.found} for reason in each.reasons
        ],
        "against": list(each.against),
        "speaker": speaker,
        "claimed_on": each.claimed_on.isoformat() if each.claimed_on else None,
    }
