"""Claims: entering them, their words, where they were made, replies to them, relations between them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules, text
from articles.choices import AnchorState
from articles.models import Appearance, ArticleVersion, Claim, Relation, RightOfReply
from articles.models.claim import CONTENT_FIELDS
from articles.services import audit, editing
from articles.services.claims import public_words
from articles.services.collaboration import notices
from articles.services.library import named_rows, topics
from lib.anchoring import quotes
from lib.refusals import NotAllowedError, RefusedError


class QuoteNotFoundError(RefusedError):
    """The quoted passage is not in the article's text."""

    code = "quote_not_found"


class QuoteAmbiguousError(RefusedError):
    """The quoted passage occurs in the text more than once. ``positions`` says where, in code points."""

    code = "quote_ambiguous"

    def __init__(self, message: str, *, positions: list[int]) -> None:
        self.positions = positions
        super().__init__(message)


def create(*, by: User, at: datetime, pk: UUID | None = None, **fields: Any) -> Claim:
    """Enter a claim as a draft, under an id of the caller's choice if one is given. ``fields`` are the claim's columns.

    Raises ``ValidationError``, ``NotAllowedError``.
    """
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to enter claims."))
    _check_assignment(by, fields)
    with audit.act_as(by=by):
        claim = Claim(created_by=by, created_at=at, updated_at=at)
        claim.pk = pk or claim.pk
        claim.slug = editing.unique_slug(Claim, str(fields.get("text", "")), pk=claim.pk)
        editing.assign(claim, _settled(fields, by=by, at=at), at=at)
        claim.save(force_insert=True)
        notices.assigned(claim, before=None, by=by, at=at)
    return claim


def edit(*, claim: Claim, by: User, at: datetime, version: int, **fields: Any) -> Claim:
    """Change columns of a claim; returns it one version on, or as it was when nothing differs.

    Who works on it and until when may change in any stage; its content only while it is editable.
    Raises ``StaleError``, ``WrongStageError``, ``NotAllowedError``, ``ValidationError``.
    """
    _check_assignment(by, {k: v for k, v in fields.items() if k == "assignee" and v != claim.assignee})
    if any(f"{name}_id" in CONTENT_FIELDS or name in CONTENT_FIELDS for name in fields):
        with editing.claim_content(claim, by=by, at=at, version=version) as locked:
            _change(locked, _settled(fields, by=by, at=at, claim=locked), by=by, at=at)
        return locked
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_(_("You do not have permission to change claims."))
    with audit.act_as(by=by):
        locked = editing.lock(Claim, claim.pk, version=version)
        _change(locked, fields, by=by, at=at)
        editing.bump_version(locked, at=at)
    return locked


def _settled(fields: dict[str, Any], *, by: User, at: datetime, claim: Claim | None = None) -> dict[str, Any]:
    """The columns with each topic in its one spelling, and with the claimant that a merged one became."""
    settled = public_words.settle(fields, claim=claim)
    if fields.get("topics"):
        settled["topics"] = topics.settle(fields["topics"], by=by, at=at)
    if fields.get("claimant"):
        settled["claimant"] = named_rows.kept(fields["claimant"])
    return settled


def _change(claim: Claim, fields: dict[str, Any], *, by: User, at: datetime) -> None:
    before = claim.assignee_id
    editing.assign(claim, fields, at=at)
    notices.assigned(claim, before=before, by=by, at=at)


def mark(
    *,
    claim: Claim,
    article_version: ArticleVersion,
    exact: str,
    by: User,
    at: datetime,
    version: int,
    start: int | None = None,
) -> Appearance:
    """Anchor the claim to a passage, found by its quote; ``start`` (code points) chooses among several.

    Raises ``QuoteNotFoundError``, ``QuoteAmbiguousError``, and what ``editing.claim_content`` raises.
    """
    begin, end = locate(article_version, exact, start)
    prefix, suffix = quotes.context(article_version.body, begin, end)
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        appearance = Appearance(
            claim=locked,
            article_version=article_version,
            created_by=by,
            created_at=at,
            exact=article_version.body[begin:end],
            prefix=prefix,
            suffix=suffix,
            start=begin,
            end=end,
            locator=article_version.locator(begin),
            state=AnchorState.EXACT,
        )
        appearance.full_clean()
        appearance.save()
    return appearance


def unmark(*, appearance: Appearance, by: User, at: datetime, version: int) -> Claim:
    """Take an appearance off its claim."""
    with editing.claim_content(appearance.claim, by=by, at=at, version=version) as locked:
        Appearance.objects.filter(pk=appearance.pk).delete()
    return locked


def record_reply(*, claim: Claim, by: User, at: datetime, version: int, **fields: Any) -> RightOfReply:
    """Note that somebody was asked, and what they answered."""
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        reply = RightOfReply(claim=locked, created_by=by, created_at=at)
        editing.assign(reply, fields)
        reply.save()
    return reply


def edit_reply(*, reply: RightOfReply, by: User, at: datetime, version: int, **fields: Any) -> RightOfReply:
    """Add the answer, or correct the note."""
    with editing.claim_content(reply.claim, by=by, at=at, version=version) as locked:
        was_answered = bool(reply.answer)
        editing.assign(reply, fields)
        reply.save()
        if reply.answer and not was_answered:
            notices.answered(locked, asker=reply.created_by_id, words=f"{reply.asked}: {reply.answer}", by=by, at=at)
    reply.claim = locked
    return reply


def remove_reply(*, reply: RightOfReply, by: User, at: datetime, version: int) -> Claim:
    """Take a reply off its claim."""
    with editing.claim_content(reply.claim, by=by, at=at, version=version) as locked:
        RightOfReply.objects.filter(pk=reply.pk).delete()
    return locked


def relate(*, claim: Claim, kind: str, other: Claim, by: User, at: datetime, version: int) -> Relation:
    """Add a relation from ``claim`` to ``other``."""
    with editing.claim_content(claim, by=by, at=at, version=version) as locked:
        relation = Relation(claim=locked, created_by=by, created_at=at)
        editing.assign(relation, {"kind": kind, "other": other})
        relation.save()
    return relation


def unrelate(*, relation: Relation, by: User, at: datetime, version: int) -> Claim:
    """Take a relation off its claim."""
    with editing.claim_content(relation.claim, by=by, at=at, version=version) as locked:
        Relation.objects.filter(pk=relation.pk).delete()
    return locked


def _check_assignment(by: User, fields: dict[str, Any]) -> None:
    if "assignee" in fields and not rules.may_assign(by, assignee=fields["assignee"]):
        raise NotAllowedError.for_(
            _("You do not have permission to assign a claim to somebody else."),
            groups=who_may("articles.assign_claim"),
        )


def locate(article_version: ArticleVersion, exact: str, start: int | None) -> tuple[int, int]:
    """The position of a quote in a text: start and end in code points, end exclusive. ``start`` chooses among several.

    Where the exact quote does not occur, blanks and quotation marks of any kind count as the same; the
    article's own letters are what is kept. Raises ``QuoteNotFoundError``, ``QuoteAmbiguousError``, and
    ``ValidationError`` for an empty quote, or for one that would mislead readers.
    """
    quote = text.clean(exact, field="exact").strip()
    begin, end = _find(article_version.body, quote, start)
    text.clean_public(article_version.body[begin:end], field="exact")
    return begin, end


def _find(body: str, quote: str, start: int | None) -> tuple[int, int]:
    if not quote:
        raise ValidationError({"exact": _("Copy the passage in which the claim is made.")})
    found = dict(quotes.found(body, quote))
    positions = list(found)
    if not positions:
        raise QuoteNotFoundError(
            _("This passage is not in the article's text. Copy it from there, word for word, with its punctuation.")
        )
    if start is not None and start in positions:
        return start, found[start]
    if len(positions) > 1:
        raise QuoteAmbiguousError(
            _("This passage stands in the article %(n)s times. Copy a few more words, so that it is unique.")
            % {"n": len(positions)},
            positions=positions,
        )
    return positions[0], found[positions[0]]
