"""What colleagues say to each other about a claim. Nothing here touches the claim: no version, no content, no stage."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.groups import groups_with
from accounts.models import User
from articles import rules
from articles.models import Address, Claim, Comment, CommentPassage
from articles.models.review.passage import MAX_QUOTED
from articles.selectors.collaboration import activity
from articles.selectors.verification import second_verdicts, statements
from articles.services import audit, editing
from articles.services.collaboration import notices
from lib.anchoring import quotes
from lib.refusals import NotAllowedError, RefusedError

#: A name that is called: after "@", as sign-in names are made (Django's ``UnicodeUsernameValidator`` without "@"), not
#: within a word, so that an e-mail address is no mention.
_CALLED = re.compile(r"(?<![\w@.+-])@([\w.+-]+)")
#: More people than this are not called by one comment; a whole newsroom is not told by mistake.
MOST_CALLED = 20


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


def write(*, claim: Claim, text: str, by: User, at: datetime, quoted: Quoted | None = None) -> Written:
    """Say something about ``claim``, or about words of it; ``@name`` addresses it to colleagues. In any stage: it is
    about the work.

    What was addressed to ``by`` on this claim counts as seen: they have answered. Raises ``NotAllowedError``, and
    ``ValidationError``, also about ``quoted`` when the claim does not have these words.
    """
    _check(by)
    with audit.act_as(by=by):
        comment = Comment(claim=claim, created_by=by, created_at=at)
        editing.assign(comment, {"text": _said(text)})
        comment.save(force_insert=True)
        if quoted:
            _quote(comment, quoted)
        unknown = _address(comment, at=at)
        mark_seen(claim=claim, by=by, at=at)
    return Written(comment, unknown)


def reword(*, comment: Comment, text: str, by: User, at: datetime) -> Written:
    """Edit a comment, within fifteen minutes and by its author alone; newly mentioned people are notified.

    Raises ``NotAllowedError``, ``CommentSettledError``, ``ValidationError``.
    """
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.created_by_id != by.pk or not rules.may_comment(by):
            raise NotAllowedError("Only the person who wrote a comment can change it.")
        if locked.removed_at or locked.resolved_at:
            raise CommentSettledError("This comment was resolved or removed meanwhile. Write a new one.")
        if not rules.may_reword_comment(by, locked, at=at):
            raise NotAllowedError("A comment can be changed for fifteen minutes. Write a new one.")
        editing.assign(locked, {"text": _said(text), "edited_at": at})
        locked.save()
        unknown = _address(locked, at=at)
    return Written(locked, unknown)


def remove(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Empty a comment: its place stays, with who wrote it and when. Removing twice changes nothing."""
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.removed_at:
            return locked
        if not rules.may_remove_comment(by, locked):
            raise NotAllowedError.for_("remove comments of other people", groups=groups_with("articles.assign_claim"))
        editing.assign(locked, {"text": "", "removed_at": at})
        locked.save()
    return locked


def resolve(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Say that a comment asks nothing any more. Raises ``NotAllowedError``, ``CommentSettledError``."""
    _check(by)
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.removed_at:
            raise CommentSettledError("This comment was removed meanwhile.")
        if locked.resolved_by:
            raise CommentSettledError(f"{locked.resolved_by.display_name()} has resolved this already.")
        editing.assign(locked, {"resolved_by": by, "resolved_at": at})
        locked.save()
    return locked


def reopen(*, comment: Comment, by: User) -> Comment:
    """Take back that a comment was resolved. Raises ``NotAllowedError``, ``CommentSettledError``."""
    _check(by)
    with audit.act_as(by=by):
        locked = _lock(comment)
        if locked.removed_at or not locked.resolved_at:
            raise CommentSettledError("This comment is open already, or was removed.")
        editing.assign(locked, {"resolved_by": None, "resolved_at": None})
        locked.save()
    return locked


def mark_seen(*, claim: Claim, by: User, at: datetime) -> int:
    """Note that ``by`` has seen all that is addressed to them on ``claim``; returns how many were new."""
    with audit.act_as(by=by):
        return Address.objects.filter(comment__claim=claim, user=by, seen_at=None).update(seen_at=at)


def _check(by: User) -> None:
    if not rules.may_comment(by):
        raise NotAllowedError.for_("see the desk")


def _lock(comment: Comment) -> Comment:
    """The current comment. Who resolved it is read later: a joined row is not read again after a lock."""
    return Comment.objects.select_for_update().get(pk=comment.pk)


def _said(text: str) -> str:
    said = editing.normalize(text, field="text")
    if not said:
        raise ValidationError({"text": "Write what you want to say."})
    return said


def _quote(comment: Comment, quoted: Quoted) -> None:
    """Keep which words the comment is about, with the text around them."""
    second_verdicts.check_shown(comment.claim, comment.created_by)
    shown = statements.texts(comment.claim).get(quoted.part)
    body = shown.text if shown else ""
    places = list(quotes.found(body, quoted.exact)) if quoted.exact.strip() else []
    if not places:
        raise ValidationError({"quoted": "The claim does not have these words any more. Choose them again."})
    start, end = min(places, key=lambda place: abs(place[0] - quoted.start))
    if end - start > MAX_QUOTED:
        raise ValidationError({"quoted": f"Choose at most {MAX_QUOTED} characters."})
    prefix, suffix = quotes.context(body, start, end)
    CommentPassage.objects.create(
        comment=comment, part=quoted.part, exact=body[start:end], prefix=prefix, suffix=suffix
    )


def _address(comment: Comment, *, at: datetime) -> list[str]:
    """Keep to whom the comment is addressed; returns unknown names. Authors are not notified of their own comments."""
    called = list(dict.fromkeys(name.rstrip(".+-").lower() for name in _CALLED.findall(comment.text)))
    called = [name for name in called if name][: MOST_CALLED + 1]
    if len(called) > MOST_CALLED:
        raise ValidationError({"text": f"A comment may call {MOST_CALLED} colleagues. Name those who have to act."})
    colleagues = {user.username.lower(): user.pk for user in activity.colleagues()}
    known = {name: colleagues[name] for name in called if name in colleagues}
    wanted = set(known.values()) - {comment.created_by_id}
    comment.addresses.filter(seen_at=None).exclude(user__in=wanted).delete()
    there = set(comment.addresses.values_list("user_id", flat=True))
    for pk in sorted(wanted - there):
        Address(comment=comment, user_id=pk).save(force_insert=True)
    notices.mentioned(comment.claim, people=wanted - there, words=comment.text, by=comment.created_by, at=at)
    return [name for name in called if name not in known]
