"""The life cycle of a claim, as a table. Everything that knows about steps reads it from here:
the admin's buttons, the API's actions, ``docs/workflow.md``, the database guard's test.

The conditions of the steps are in ``articles.guards``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.choices import Stage
from articles.guards import (
    CONTENT,
    FRESH_APPROVAL,
    IS_PUBLIC,
    NEVER_PUBLIC,
    NO_EMBARGO,
    OPENED,
    OWN_SUBMISSION,
    SECOND_PERSON,
    STALE_APPROVAL,
    TRANSLATION,
    Facts,
    Guard,
    Unmet,
    failing,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one of ``sources`` to ``target``; who may is the permission ``permission``."""

    key: str
    _label: str
    sources: tuple[Stage, ...]
    target: Stage
    permission: str
    _help: str
    guards: tuple[Guard, ...] = ()
    needs_comment: bool = False
    tone: str = "default"

    @property
    def label(self) -> str:
        """The name of the step, in the language that is in force."""
        return gettext(self._label)

    @property
    def help(self) -> str:
        """What the step does, in a sentence."""
        return gettext(self._help)


D, C, R, A, P, X, Z = (
    Stage.DRAFT,
    Stage.CHECKING,
    Stage.REVIEW,
    Stage.APPROVED,
    Stage.PUBLISHED,
    Stage.RETRACTED,
    Stage.DROPPED,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "start",
        _("Start checking"),
        (D,),
        C,
        "articles.change_claim",
        _("The claim is worth checking, and somebody is working on it."),
    ),
    Transition(
        "submit",
        _("Submit for review"),
        (C,),
        R,
        "articles.change_claim",
        _("A verdict is proposed; a second person is asked to look at it."),
        (*CONTENT, *TRANSLATION),
        tone="primary",
    ),
    Transition(
        "send_back",
        _("Send back"),
        (R, A),
        C,
        "articles.review_claim",
        _("Something is missing; the comment says what."),
        needs_comment=True,
    ),
    Transition(
        "recall",
        _("Take back"),
        (R,),
        C,
        "articles.change_claim",
        _("Takes your own submission back from review, to go on working on it."),
        (OWN_SUBMISSION,),
    ),
    Transition(
        "approve",
        _("Approve"),
        (R, A),
        A,
        "articles.review_claim",
        _("A second person approves exactly this content. Any later edit needs a new approval."),
        (STALE_APPROVAL, *CONTENT, *TRANSLATION, SECOND_PERSON, OPENED),
        tone="primary",
    ),
    Transition(
        "publish",
        _("Publish"),
        (A,),
        P,
        "articles.publish_claim",
        _(
            "Publishes a permanent record for readers and partners. "
            "If there was one before, this is an update or a correction."
        ),
        (*CONTENT, *TRANSLATION, FRESH_APPROVAL, NO_EMBARGO),
        tone="primary",
    ),
    Transition(
        "recheck",
        _("Start a re-check"),
        (P, X),
        C,
        "articles.recheck_claim",
        _("The facts may have changed. Readers see the last version until a new one is published."),
    ),
    Transition(
        "retract",
        _("Retract"),
        (P, C, R, A),
        X,
        "articles.publish_claim",
        _("Withdraws the verdict in public. The page stays online and says why."),
        (IS_PUBLIC,),
        needs_comment=True,
        tone="danger",
    ),
    Transition(
        "drop",
        _("Drop"),
        (D, C),
        Z,
        "articles.change_claim",
        _("The claim will not be checked. It can be taken up again."),
        (NEVER_PUBLIC,),
        needs_comment=True,
        tone="danger",
    ),
    Transition(
        "reopen",
        _("Take up again"),
        (Z,),
        D,
        "articles.change_claim",
        _("The claim is to be checked after all."),
    ),
)

BY_KEY: dict[str, Transition] = {transition.key: transition for transition in TRANSITIONS}


def get(key: str) -> Transition:
    """The transition called ``key``. Raises ``KeyError`` when there is none."""
    return BY_KEY[key]


def way(stage: str, key: str) -> tuple[str, ...]:
    """The steps that ``key`` stands for: a draft is submitted by starting its check and submitting it."""
    return ("start", key) if key == "submit" and stage == Stage.DRAFT else (key,)


def leaving(stage: str) -> list[Transition]:
    """The transitions that start in ``stage``, in the order of the table."""
    return [transition for transition in TRANSITIONS if stage in transition.sources]


def edges() -> set[tuple[str, str]]:
    """Every (from, to) pair of different stages that the table allows."""
    return {(str(s), str(t.target)) for t in TRANSITIONS for s in t.sources if s != t.target}


def unmet(transition: Transition, facts: Facts) -> list[Unmet]:
    """The guards of ``transition`` that do not hold, in the order of the table."""
    return failing(transition.guards, facts)
