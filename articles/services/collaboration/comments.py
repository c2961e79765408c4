"""What colleagues say to each other about a claim or an article. Nothing here touches either: no version, no stage."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules
from articles.models import Address, Article, Claim, Comment, CommentPassage
from articles.models.review.passage import MAX_QUOTED
from articles.selectors.verification import second_verdicts, statements
from articles.services import audit, editing
from articles.services.collaboration import mentions
from lib.anchoring import quotes
from lib.refusals import NotAllowedError, RefusedError


class CommentSettledError(RefusedError):
    """Somebody resolved, took up again or removed the comment first."""

    code = "comment_settled"


@dataclass(frozen=True, slots=True)
class Written:
    """A comment as it was kept, and the mentioned names that are unknown on the desk."""

    comment: Comment
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the claim that a comment is about: in which part, and near which code point."""

    part: str
    exact: str
    start: int = 0


def write(
    *,
    text: str,
    by: User,
    at: datetime,
    claim: Claim | None = None,
    article: Article | None = None,
    parent: Comment | None = None,
    quoted: Quoted | None = None,
    refuses_unknown: bool = False,
) -> Written:
    """Comment on ``claim`` or on ``article``; ``@name`` addresses it to colleagues. In any stage: it is about the work.

    ``parent`` makes it a reply in the thread of that comment; a thread that was resolved is open again then. What was
    addressed to ``by`` there counts as seen: they have answered. Names that nobody has are refused with
    ``refuses_unknown``, else reported. ``quoted`` is what of the claim it is about; words that the claim does not have
    are refused. Raises ``NotAllowedError``, ``ValidationError``.
    """
    _check(by)
    with audit.act_as(by=by):
        root = _root(parent) if parent else None
        about = {"claim": claim, "article": article}
        if root and (root.claim_id, root.article_id) != (claim and claim.pk, article and article.pk):
            raise ValidationError({"text": _("The comment that this replies to is about something else.")})
        said = _said(text)
        called = mentions.called_in(said, refuses_unknown=refuses_unknown)
        if root and root.resolved_at:
            editing.assign(root, {"resolved_by": None, "resolved_at": None})
            root.save()
        comment = Comment(parent=root, created_by=by, created_at=at, **about)
        editing.assign(comment, {"text": said})
        comment.save(force_insert=True)
        if quoted:
            _quote(comment, quoted)
        mentions.address(comment, called, at=at)
        mark_seen(claim=claim, article=article, by=by, at=at)
    return Written(comment, called.unknown)


def reword(*, comment: Comment, text: str, by: User, at: datetime, refuses_unknown: bool = False) -> Written:
    """Edit a comment, within fifteen minutes and by its author alone; newly mentioned people are notified.

    Raises ``NotAllowedError``, ``CommentSettledError``, ``ValidationError``.
    """
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.created_by_id != by.pk or not rules.may_comment(by):
            raise NotAllowedError(_("Only the person who wrote a comment can change it."))
        if locked.removed_at or locked.resolved_at:
            raise CommentSettledError(_("This comment was resolved or removed meanwhile. Write a new one."))
        if not rules.may_reword_comment(by, locked, at=at):
            raise NotAllowedError(_("A comment can be changed for fifteen minutes. Write a new one."))
        said = _said(text)
        called = mentions.called_in(said, refuses_unknown=refuses_unknown)
        editing.assign(locked, {"text": said, "edited_at": at})
        locked.save()
        mentions.address(locked, called, at=at)
    return Written(locked, called.unknown)


def remove(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Empty a comment: its place stays, with who wrote it and when. Removing twice changes nothing."""
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.removed_at:
            return locked
        if not rules.may_remove_comment(by, locked):
            raise NotAllowedError.for_(
                _("You do not have permission to remove comments of other people."),
                groups=who_may("articles.assign_claim"),
            )
        editing.assign(locked, {"text": "", "removed_at": at})
        locked.save()
    return locked


def resolve(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Say that the thread of a comment asks nothing any more; returns the comment that began it.

    Raises ``NotAllowedError``, ``CommentSettledError``.
    """
    _check(by)
    with audit.act_as(by=by):
        locked = _root(comment)
        if locked.resolved_by:
            raise CommentSettledError(
                _("%(name)s has resolved this already.") % {"name": locked.resolved_by.display_name()}
            )
        if locked.removed_at and not locked.replies.filter(removed_at=None).exists():
            raise CommentSettledError(_("This comment was removed meanwhile."))
        editing.assign(locked, {"resolved_by": by, "resolved_at": at})
        locked.save()
    return locked


def reopen(*, comment: Comment, by: User) -> Comment:
    """Take back that a thread was resolved. Raises ``NotAllowedError``, ``CommentSettledError``."""
    _check(by)
    with audit.act_as(by=by):
        locked = _root(comment)
        if not locked.resolved_at:
            raise CommentSettledError(_("This comment is open already, or was removed."))
        editing.assign(locked, {"resolved_by": None, "resolved_at": None})
        locked.save()
    return locked


def mark_seen(*, by: User, at: datetime, claim: Claim | None = None, article: Article | None = None) -> int:
    """Note that ``by`` has seen what is addressed to them on ``claim`` or ``article``; returns how many were new."""
    with audit.act_as(by=by):
        rows = Address.objects.filter(comment__claim=claim, comment__article=article, user=by, seen_at=None)
        return rows.update(seen_at=at)


def mark_one_seen(*, comment: Comment, by: User, at: datetime) -> bool:
    """Note that ``by`` has seen ``comment``; returns whether it was new to them."""
    with audit.act_as(by=by):
        return bool(Address.objects.filter(comment=comment, user=by, seen_at=None).update(seen_at=at))


def _check(by: User) -> None:
    if not rules.may_comment(by):
        raise NotAllowedError.for_(_("You do not have permission to see the desk."))


def _root(comment: Comment) -> Comment:
    """The comment that began the thread, locked."""
    return Comment.objects.select_for_update(of=("self",)).get(pk=comment.parent_id or comment.pk)


def _lock(comment: Comment) -> Comment:
    """The current comment. Who resolved it is read later: a joined row is not read again after a lock."""
    return Comment.objects.select_for_update().get(pk=comment.pk)


def _said(text: str) -> str:
    said = editing.normalize(text, field="text")
    if not said:
        raise ValidationError({"text": _("Write a comment first.")})
    return said


def _quote(comment: Comment, quoted: Quoted) -> None:
    """Keep which words the comment is about, with the text around them."""
    if comment.claim is None:
        raise ValidationError({"quoted": _("Only words of a claim can be chosen.")})
    second_verdicts.check_shown(comment.claim, comment.created_by)
    shown = statements.texts(comment.claim).get(quoted.part)
    body = shown.text if shown else ""
    places = list(quotes.found(body, quoted.exact)) if quoted.exact.strip() else []
    if not places:
        raise ValidationError({"quoted": _("The claim does not have these words any more. Choose them again.")})
    start, end = min(places, key=lambda place: abs(place[0] - quoted.start))
    if end - start > MAX_QUOTED:
        raise ValidationError({"quoted": _("Choose at most %(max_quoted)s characters.") % {"max_quoted": MAX_QUOTED}})
    prefix, suffix = quotes.context(body, start, end)
    CommentPassage.objects.create(
        comment=comment, part=quoted.part, exact=body[start:end], prefix=prefix, suffix=suffix
    )
