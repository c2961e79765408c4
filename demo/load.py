"""Loading the demo: every article through the services, every act by the person whose act it is."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import transaction

from articles.choices import Stage
from articles.models import Claim
from articles.services.verification import readings, transitions
from articles.services.verification.publishing import Correction
from demo import content
from demo.content import Entry
from demo.desk import Desk, at, has_verdict
from demo.people import Newsroom

#: How far a claim of each stage is taken before the dated acts; publication goes on from an approval.
_FIRST_STEPS: dict[str, tuple[str, ...]] = {
    Stage.DRAFT: (),
    Stage.CHECKING: ("start",),
    Stage.REVIEW: ("start", "submit"),
    Stage.APPROVED: ("start", "submit"),
    Stage.PUBLISHED: ("start", "submit"),
}
#: A claim that is not published was last worked on this many days after its article appeared.
_DESK_DAYS = 5
_APPROVAL, _PUBLICATION = 8, 9


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run added."""

    articles: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that happened to a claim on a day; acts of one day are told apart by their minute."""

    on: date
    key: str
    do: Callable[[Claim, int], Claim]


@transaction.atomic
def load(people: Newsroom, *, directory: Path = content.DIRECTORY) -> Loaded:
    """Enter what is not there yet, all or nothing. An article whose text is known is left as people made it."""
    files, desk = content.read(directory), Desk(people)
    new = [file for file in files if desk.take_in(file["article"])]
    for file in new:
        _enter(desk, file)
    entries = [(entry, file["article"]["published_on"]) for file in new for entry in file.get("claim", ())]
    for entry, day in entries:
        _check(desk, entry, day)
    acts = sorted((act for entry, day in entries for act in _acts(desk, entry, day)), key=lambda act: act.on)
    minutes: Counter[date] = Counter()
    for act in acts:
        desk.claims[act.key] = act.do(desk.claims[act.key], minutes[act.on])
        minutes[act.on] += 1
    return Loaded(len(new), len(entries))


def _enter(desk: Desk, file: Entry) -> None:
    day = file["article"]["published_on"]
    for claimant in file.get("claimant", ()):
        desk.add_claimant(claimant, on=day)
    for source in file.get("source", ()):
        desk.add_source(source, on=day)
    for entry in file.get("claim", ()):
        desk.draft(entry, article=file["article"]["key"], on=day)


def _check(desk: Desk, entry: Entry, day: date) -> None:
    """The checker's-eye view begins after this: relations, verdict, and the steps that lead to a second person."""
    desk.relate(entry, on=day)
    desk.work_together(entry, on=day)
    for step in _FIRST_STEPS[entry["stage"]]:
        if step == "submit" and has_verdict(entry):
            desk.claims[entry["key"]] = desk.propose(desk.claims[entry["key"]], entry, on=day)
        desk.claims[entry["key"]] = _take(desk.claims[entry["key"]], step, desk.people, at=at(day, _APPROVAL))


def _acts(desk: Desk, entry: Entry, day: date) -> Iterator[_Act]:
    """What happened to a claim from its approval on, oldest first."""
    if entry["stage"] == Stage.APPROVED:
        approved_on = day + timedelta(days=_DESK_DAYS)
        yield _Act(
            approved_on,
            entry["key"],
            lambda claim, minute: _take(claim, "approve", desk.people, at=at(approved_on, _APPROVAL, minute)),
        )
    if entry["stage"] != Stage.PUBLISHED:
        return
    yield _Act(entry["published_on"], entry["key"], partial(_publish, desk, entry["published_on"], None))
    for later in entry.get("later", ()):
        do = partial(_retract if later["act"] == "retract" else _revise, desk, later)
        yield _Act(later["on"], entry["key"], do)
    for said in entry.get("translation", ()):
        yield _Act(said["on"], entry["key"], partial(_translate, desk, said))


def _publish(desk: Desk, on: date, correction: Correction | None, claim: Claim, minute: int) -> Claim:
    claim = _take(claim, "approve", desk.people, at=at(on, _APPROVAL, minute))
    return _take(claim, "publish", desk.people, at=at(on, _PUBLICATION, minute), correction=correction)


def _revise(desk: Desk, later: Entry, claim: Claim, minute: int) -> Claim:
    """A re-check: its reason, what was found since, a new approval, and an update or a correction for readers."""
    claim = _take(claim, "recheck", desk.people, at=at(later["on"], 7, minute), comment=later["note"])
    for link in later.get("evidence", ()):
        claim = desk.link(claim, link, on=later["on"])
    claim = desk.propose(desk.reword(claim, later, on=later["on"]), later, on=later["on"])
    claim = _take(claim, "submit", desk.people, at=at(later["on"], _APPROVAL, minute))
    correction = Correction(later["severity"], later["note"]) if later["act"] == "correct" else None
    return _publish(desk, later["on"], correction, claim, minute)


def _retract(desk: Desk, later: Entry, claim: Claim, minute: int) -> Claim:
    moment = at(later["on"], _PUBLICATION, minute)
    return _take(claim, "retract", desk.people, at=moment, comment=later["note"])


def _translate(desk: Desk, said: Entry, claim: Claim, minute: int) -> Claim:
    """The claim in another language, approved and published as any other; the original is as it was."""
    translation = desk.translate(claim, said, minute=minute)
    for step in ("start", "submit"):
        translation = _take(translation, step, desk.people, at=at(said["on"], _APPROVAL, minute))
    _publish(desk, said["on"], None, translation, minute)
    return claim


def _take(
    claim: Claim,
    step: str,
    people: Newsroom,
    *,
    at: datetime,
    comment: str = "",
    correction: Correction | None = None,
) -> Claim:
    """The claim after a step, taken by whose task it is."""
    by = {"start": people.reporter, "submit": people.reporter, "approve": people.checker, "recheck": people.checker}
    if step == "approve":
        readings.note(claim=claim, by=people.checker, at=at)
        comment = comment or "Figures and quotations compared with the sources."
    return transitions.apply_transition(
        claim=claim,
        transition=step,
        by=by.get(step, people.editor),
        at=at,
        version=claim.version,
        comment=comment,
        correction=correction,
    )
