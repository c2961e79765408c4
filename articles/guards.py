"""The conditions of the steps of a claim's life cycle.

Pure: nothing here touches the database. ``Facts`` is what the guards look at; ``selectors.claims.progress.facts``
gathers it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.choices import Stage


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one claim, and about who is asking, when a step is considered."""

    stage: str
    has_verdict: bool = False
    has_summary: bool = False
    rating: str = ""
    evidence: int = 0
    unlocated_evidence: int = 0
    unknown_citations: int = 0
    sources: int = 0
    has_single_source_reason: bool = False
    has_claimant: bool = False
    has_origin: bool = False
    has_picture: bool = False
    has_picture_alt: bool = False
    has_picture_credit: bool = False
    unsettled_anchors: int = 0
    asker_contributed: bool = False
    asker_part: str = ""
    asker_opened: bool = False
    approval_fresh: bool = False
    is_public: bool = False
    is_retracted: bool = False
    public_rating: str = ""
    is_translation: bool = False
    original_stands: bool = False
    original_rating: str = ""
    is_of_newest_revision: bool = False
    is_in_another_language: bool = False
    untranslated: str = ""
    asker_submitted: bool = False
    is_embargoed: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a step. ``field`` is where on the desk it is met; ``text`` is translated where it is shown."""

    key: str
    holds: Callable[[Facts], bool]
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that does not hold, in words fit for an editor."""

    key: str
    text: str
    field: str = ""


VERDICT = Guard("verdict", lambda f: f.has_verdict, _("There is no verdict yet: choose a rating."), "rating")
SUMMARY = Guard(
    "summary", lambda f: f.has_summary, _("The verdict has no summary: say in one sentence what was found."), "summary"
)
EVIDENCE = Guard(
    "evidence",
    lambda f: f.evidence > 0 or f.rating == "unverified",
    _("There is no evidence: any rating but Unverified needs at least one piece."),
    "evidence",
)
LOCATED = Guard(
    "located",
    lambda f: f.unlocated_evidence == 0,
    _("Some evidence has neither a quote nor a locator, so nobody can look it up."),
    "evidence",
)
SOURCES = Guard(
    "sources",
    lambda f: f.sources >= 2 or f.has_single_source_reason,
    _("Fewer than two sources: link a second one, or write why a single source is enough."),
    "single_source_reason",
)
CITED = Guard(
    "cited",
    lambda f: f.unknown_citations == 0,
    _(
        "The explanation cites evidence that was taken off, shown as [?]: cite other evidence, or take the citation"
        " out."
    ),
    "explanation_html",
)
CLAIMANT = Guard(
    "claimant",
    lambda f: f.has_claimant,
    _("Nobody is named as having said this: choose the claimant, or mark the claim as unattributed."),
    "claimant",
)
ORIGIN = Guard(
    "origin",
    lambda f: f.has_origin,
    _("Nothing says where the claim was made: mark its passage in an article, or write its origin."),
    "origin",
)
ANCHORS = Guard(
    "anchors",
    lambda f: f.unsettled_anchors == 0,
    _("A passage is no longer found exactly once in its article: confirm where it stands now."),
    "appearances",
)
PICTURE_ALT = Guard(
    "picture_alt",
    lambda f: not f.has_picture or f.has_picture_alt,
    _("The picture has no alt text: say what it shows, for readers who cannot see it."),
    "picture",
)
PICTURE_CREDIT = Guard(
    "picture_credit",
    lambda f: not f.has_picture or f.has_picture_credit,
    _("The picture has no credit or no licence: say who made it and on what terms it is shown."),
    "picture",
)
ORIGINAL_STANDS = Guard(
    "original_stands",
    lambda f: not f.is_translation or f.original_stands,
    _("The original is not public any more: a translation cannot say what the newsroom has withdrawn."),
)
NEWEST_REVISION = Guard(
    "newest_revision",
    lambda f: not f.is_translation or not f.original_stands or f.is_of_newest_revision,
    _("The original has a newer revision: bring the translation up to date, and say that it is."),
)
SAME_VERDICT = Guard(
    "same_verdict",
    lambda f: not f.is_translation or not f.original_stands or not f.has_verdict or f.rating == f.original_rating,
    _("A translation carries its original's verdict: choose the rating that the original has now."),
    "rating",
)
ANOTHER_LANGUAGE = Guard(
    "another_language",
    lambda f: not f.is_translation or f.is_in_another_language,
    _("A translation is in another language than its original: choose the language it is written in."),
    "language",
)
TRANSLATED = Guard(
    "translated",
    lambda f: not f.untranslated,
    _("Still in the words of the original: {untranslated}. Translate it."),
    "explanation_html",
)
SECOND_PERSON = Guard(
    "second_person",
    lambda f: not f.asker_contributed,
    _("You cannot approve this: you {part}. Somebody else has to look at it."),
)
OPENED = Guard(
    "opened",
    lambda f: f.asker_opened or f.asker_contributed,  # who worked on it is refused by the guard above alone
    _("You have not opened it as it is now: read it on its review page first. Over the API, read the claim."),
    "review",
)
FRESH_APPROVAL = Guard(
    "approval_fresh",
    lambda f: f.approval_fresh,
    _("The content changed after it was approved: it needs a new approval."),
)
STALE_APPROVAL = Guard(
    "approval_stale",
    lambda f: f.stage != Stage.APPROVED or not f.approval_fresh,
    _("It is approved as it stands: there is nothing new to approve."),
)
NEVER_PUBLIC = Guard(
    "never_public",
    lambda f: not f.is_public,
    _("Readers can see this claim: retract it, or finish the re-check and publish."),
)
IS_PUBLIC = Guard("is_public", lambda f: f.is_public, _("Readers cannot see this claim: there is nothing to retract."))
OWN_SUBMISSION = Guard(
    "own_submission",
    lambda f: f.asker_submitted,
    _("Only the person who submitted the claim can take it back. A checker can send it back."),
)
NO_EMBARGO = Guard(
    "embargo",
    lambda f: not f.is_embargoed,
    _("The claim is under embargo until a set time: change or cancel the embargo first."),
)

#: The conditions of the content for approval and publication.
CONTENT = (VERDICT, SUMMARY, EVIDENCE, LOCATED, SOURCES, CITED, CLAIMANT, ORIGIN, ANCHORS, PICTURE_ALT, PICTURE_CREDIT)
#: Additional conditions of a translation, so that its languages never contradict each other.
TRANSLATION = (ORIGINAL_STANDS, NEWEST_REVISION, SAME_VERDICT, ANOTHER_LANGUAGE, TRANSLATED)


def missing(facts: Facts) -> list[Unmet]:
    """What the content still lacks before it can be approved: the claim's checklist."""
    return failing((*CONTENT, *TRANSLATION), facts)


def failing(guards: Iterable[Guard], facts: Facts) -> list[Unmet]:
    """The guards that do not hold, in their order."""
    return [
        Unmet(
            guard.key, gettext(guard.text).format(part=facts.asker_part, untranslated=facts.untranslated), guard.field
        )
        for guard in guards
        if not guard.holds(facts)
    ]
