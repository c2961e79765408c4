"""A whole claim in one act: article, passage, claimant, sources, evidence and verdict, all of it or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from articles.choices import CaptureMethod
from articles.models import Article, Claim, Claimant, Evidence, Source
from articles.selectors import lookups
from articles.services import audit
from articles.services.articles import identity, intake
from articles.services.claims import claims
from articles.services.evidence import linking
from articles.services.evidence.linking import SourceInput
from articles.services.library import claimants
from articles.services.verification import transitions, verdicts
from lib.refusals import RefusedError

Known = TypeVar("Known", Article, Claimant, Source)


class PartError(Exception):
    """One part of an import was refused. ``path`` is its place in the request; ``cause`` is the reason."""

    def __init__(self, path: str, cause: RefusedError | ValidationError) -> None:
        self.path, self.cause = path, cause
        super().__init__(f"{path}: {cause}")


@dataclass(slots=True)
class Imported:
    """What is there after an import. ``notes`` say what was decided unasked."""

    claim: Claim
    article: Article | None = None
    evidence: list[Evidence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Act:
    by: User
    at: datetime
    notes: list[str] = field(default_factory=list)

    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}


def import_claim(
    *,
    claim: dict[str, Any],
    by: User,
    at: datetime,
    article: dict[str, Any] | None = None,
    passage: dict[str, Any] | None = None,
    evidence: Sequence[dict[str, Any]] = (),
    verdict: dict[str, Any] | None = None,
    submit: bool = False,
) -> Imported:
    """Enter a claim with everything that belongs to it, as a draft; ``submit`` sends it to a second person as well.

    ``claim`` holds the claim's columns, with a ``claimant`` of ``id`` or ``name``. ``article`` is an ``id``, the
    ``url`` of a known one, or a text. Each piece of ``evidence`` has a ``source`` of ``id`` or its columns; one that is
    known at its address is used as it is. Raises ``PartError`` with the refusal of a part, and ``GuardsUnmetError`` or
    ``NotAllowedError`` when the claim cannot be submitted. Nothing is written then.
    """
    act = _Act(by, at)
    with audit.act_as(by=by):
        done = _enter(claim, article, passage, act)
        for number, piece in enumerate(evidence):
            with _part(f"evidence.{number}"):
                done.evidence.append(_link(done.claim, piece, f"evidence.{number}.source", act))
            done.claim = done.evidence[-1].claim
        if verdict:
            done.claim = _propose(done.claim, verdict, act)
        for step in ("start", "submit") if submit else ():
            done.claim = transitions.apply_transition(
                claim=done.claim, transition=step, version=done.claim.version, **act.who()
            )
    return done


def _enter(
    claim: dict[str, Any], article: dict[str, Any] | None, passage: dict[str, Any] | None, act: _Act
) -> Imported:
    columns = dict(claim)
    with _part("article"):
        stored_in = _article(article, act) if article is not None else None
    with _part("claim.claimant"):
        if columns.get("claimant") is not None:
            columns["claimant"] = _claimant(columns["claimant"], act)
    if stored_in:
        columns.setdefault("language", stored_in.language)
    with _part("claim"):
        entered = claims.create(**columns, **act.who())
    if passage is not None:
        entered = _mark(entered, stored_in, passage, act)
    return Imported(entered, stored_in, notes=act.notes)


def _propose(claim: Claim, verdict: dict[str, Any], act: _Act) -> Claim:
    with _part("verdict"):
        given = {"summary": "", **verdict}
        return verdicts.propose_verdict(claim=claim, version=claim.version, **given, **act.who()).claim


@contextmanager
def _part(path: str) -> Iterator[None]:
    try:
        yield
    except (RefusedError, ValidationError) as error:
        raise PartError(path, error) from error


def _article(given: dict[str, Any], act: _Act) -> Article:
    fields = dict(given)
    known: Article | None = fields.pop("id", None)
    if known:
        return _alone(known, fields)
    if "body" not in fields:
        found = identity.article_at(fields.get("url", ""))
        if found is None:
            raise ValidationError({"body": _("No article is known at this address. Send its text.")}, code="required")
        act.notes.append(_("The article at this address was known: “%(found)s”.") % {"found": found})
        return found
    if not fields.get("title"):
        raise ValidationError({"title": _("A new article needs a title.")}, code="required")
    taken = intake.import_text(how=CaptureMethod.API, **fields, **act.who())
    act.notes.extend(taken.notes)
    if not taken.is_new_article:
        act.notes.append(_("The article was known: “%(article)s”.") % {"article": taken.article})
    return taken.article


def _claimant(given: dict[str, Any], act: _Act) -> Claimant:
    fields = dict(given)
    known: Claimant | None = fields.pop("id", None)
    if known:
        return _alone(known, fields)
    if not fields.get("name"):
        raise ValidationError({"name": _("Give the claimant’s id or name.")}, code="required")
    same = lookups.claimants_named(fields["name"])
    if len(same) > 1:
        raise ValidationError({"name": _("Several claimants have this name. Give the id.")}, code="ambiguous")
    if same:
        found = Claimant.objects.get(pk=same[0])
        act.notes.append(_("The claimant was known: “%(found)s”.") % {"found": found})
        return found
    return claimants.add_claimant(**fields, **act.who())


def _mark(claim: Claim, article: Article | None, passage: dict[str, Any], act: _Act) -> Claim:
    with _part("passage"):
        if article is None:
            raise ValidationError(_("A passage is part of an article: send the article too."), code="required")
        text = article.current_version()
        return claims.mark(claim=claim, article_version=text, version=claim.version, **passage, **act.who()).claim


def _link(claim: Claim, piece: dict[str, Any], path: str, act: _Act) -> Evidence:
    fields = dict(piece)
    given = dict(fields.pop("source"))
    with _part(path):
        cited = _source(given, act)
    return linking.link(claim=claim, cited=cited, version=claim.version, **fields, **act.who())


def _source(given: dict[str, Any], act: _Act) -> SourceInput:
    """A source that is there by now, known or new."""
    if known := given.pop("id", None):
        return SourceInput(_alone(known, given))
    found = linking.source_at(given["url"]) if given.get("url") else None
    if found:
        act.notes.append(_("The source at this address was known: “%(found)s”.") % {"found": found})
        return SourceInput(found)
    return SourceInput(linking.enter_source({"title": "", **given}, **act.who()))


def _alone(known: Known, fields: dict[str, Any]) -> Known:
    """The row that an id names. Raises ``ValidationError`` where something else is said of it."""
    if fields:
        raise ValidationError(dict.fromkeys(fields, _("Send the id alone, or these fields.")), code="not_alone")
    return known
