"""The foot of the work panel: what is ready, what is missing, the one next step, one way back, and the other steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from articles import guards
from articles.guards import Facts, Unmet
from articles.models import Claim

#: What each condition of the content is called in the checklist.
_LABELS: dict[str, Any] = {
    "verdict": _("Verdict"),
    "summary": _("Summary"),
    "evidence": _("Evidence"),
    "located": _("Pages or quotations"),
    "sources": _("Two sources"),
    "cited": _("Citations"),
    "claimant": _("Claimant"),
    "origin": _("Where it was said"),
    "anchors": _("Passages found"),
    "picture_alt": _("Alt text of the picture"),
    "picture_credit": _("Credit and licence of the picture"),
    "translated": _("All texts translated"),
}
#: The same where somebody has begun and something is open.
_HALF: dict[str, Any] = {
    "located": _("A piece of evidence needs a page or a quotation"),
    "sources": _("A second source, or why one is enough"),
    "cited": _("A citation has lost its evidence"),
    "anchors": _("A passage has to be confirmed"),
}
#: Conditions that are named only where they do not hold.
_QUIET = ("located", "cited", "anchors", "picture_alt", "picture_credit")
#: Which step leads on, first that is there: a draft that lacks nothing is submitted at once, and an approval that is
#: stale comes before publishing.
_NEXT = ("submit", "start", "approve", "publish", "recheck", "reopen")
#: Which step leads back, first that is there: who submitted it takes it back, somebody else sends it back.
_BACK = ("recall", "send_back")
#: Steps that have a page of their own, by the last part of the page's name.
_PAGES = {"approve": "review", "publish": "publish"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. ``state``: "done", "todo" (nobody has begun it), "half" (begun, or refused)."""

    key: str
    label: str
    text: str
    anchor: str
    state: str


def checklist(known: Facts, missing: Sequence[Unmet], anchors: dict[str, str]) -> list[Item]:
    """The conditions of the content, met or not; ``anchors`` are the places where the missing ones are met."""
    lacks = {item.key: item for item in missing}
    keys = [guard.key for guard in guards.CONTENT if guard.key in lacks or guard.key not in _QUIET]
    keys += [key for key in lacks if key not in keys]
    return [_item(key, known, lacks.get(key), anchors.get(key, "")) for key in keys]


def _item(key: str, known: Facts, lack: Unmet | None, anchor: str) -> Item:
    if lack is None:
        return Item(key, str(_LABELS[key]), "", "", "done")
    state = _state(key, known)
    label = (state == "half" and _HALF.get(key)) or _LABELS.get(key) or lack.text
    return Item(key, str(label), lack.text, anchor, state)


def _state(key: str, known: Facts) -> str:
    begun = {
        "summary": known.has_verdict,
        "evidence": False,
        "sources": known.sources > 0,
        "verdict": False,
        "claimant": False,
        "origin": False,
    }
    return "half" if begun.get(key, True) else "todo"


def arranged(buttons: Sequence[Any], stage: str, *, is_approved: bool) -> dict[str, Any]:
    """The steps in their places: ``next_step``, ``way_back``, and the rest."""
    by_key = {button.key: button for button in buttons}
    order = [key for key in _NEXT if key in by_key]
    if stage == "approved" and is_approved:
        order.sort(key=lambda key: key == "approve")
    lead = by_key[order[0]] if order else None
    back = next((by_key[key] for key in _BACK if key in by_key), None)
    hidden = {"approve"} if stage == "approved" and is_approved else set()
    others = [button for button in buttons if button not in (lead, back) and button.key not in hidden]
    return {"next_step": lead, "way_back": back, "other_steps": others}


def reasons_beside(button: Any, items: Sequence[Item]) -> list[Any]:
    """Why the next step is not possible, without what the checklist says already."""
    said = {item.text for item in items}
    return [reason for reason in button.refusals if reason.text not in said] if button else []


def page_of_step(claim: Claim, key: str) -> str:
    """The address of the page on which a step is taken; empty where it is taken from the claim's page."""
    if key not in _PAGES:
        return ""
    try:
        return reverse(f"admin:articles_claim_{_PAGES[key]}", args=[claim.pk])
    except NoReverseMatch:
        return ""
