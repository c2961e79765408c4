"""Whom a comment calls: names after "@", the people they belong to, and who may have been meant."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Address, Comment
from articles.selectors.collaboration import activity
from articles.services.collaboration import notices

#: A name that is called: after "@", as sign-in names are made (Django's ``UnicodeUsernameValidator``; one more "@" for
#: names that are e-mail addresses), not within a word, so that an e-mail address is no mention.
_CALLED = re.compile(r"(?<![\w@.+-])@([\w.+-]+(?:@[\w-]+(?:\.[\w-]+)+)?)")
#: More people than this are not called by one comment; a whole newsroom is not told by mistake.
MOST_CALLED = 20
#: So many names are offered in place of one that is unknown.
_NEAREST = 3
#: How alike two names have to be, from 0 to 1.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Called:
    """The people whom a text calls, by their ids, and the names that nobody on the desk has."""

    people: set[int] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def called_in(text: str, *, refuses_unknown: bool) -> Called:
    """Whom ``text`` calls. Raises ``ValidationError`` for too many, and for unknown ones where they are refused."""
    names = [name for found in _CALLED.findall(text) if (name := found.rstrip(".+-").lower())]
    names = list(dict.fromkeys(names))[: MOST_CALLED + 1]
    if not names:
        return Called()
    if len(names) > MOST_CALLED:
        raise ValidationError(
            {
                "text": _("A comment may call %(most_called)s colleagues. Name those who have to act.")
                % {"most_called": MOST_CALLED}
            }
        )
    colleagues = list(activity.colleagues())
    ids = {user.username.lower(): user.pk for user in colleagues}
    unknown = [name for name in names if name not in ids]
    if unknown and refuses_unknown:
        raise ValidationError({"text": [_refusal(name, colleagues) for name in unknown[:_NEAREST]]})
    return Called({ids[name] for name in names if name in ids}, unknown)


def refuse_unknown(value: str) -> None:
    """Check the names in a text that is not a comment of its own. Raises ``ValidationError`` with the messages."""
    try:
        called_in(value, refuses_unknown=True)
    except ValidationError as error:
        raise ValidationError(error.messages) from error


def address(comment: Comment, called: Called, *, at: datetime) -> None:
    """Keep to whom the comment is addressed, and notify who is new. Nobody is notified of their own comment."""
    wanted = called.people - {comment.created_by_id}
    comment.addresses.filter(seen_at=None).exclude(user__in=wanted).delete()
    there = set(comment.addresses.values_list("user_id", flat=True))
    for pk in sorted(wanted - there):
        Address(comment=comment, user_id=pk).save(force_insert=True)
    notices.mentioned_in(comment, people=wanted - there, at=at)


def _refusal(name: str, colleagues: list[User]) -> str:
    """Why ``name`` cannot be called, and who may have been meant."""
    left = User.objects.filter(username__iexact=name).first()
    if left is not None:
        said = _("%(person)s (@%(name)s) does not work on this desk any more.")
        said = said % {"person": left.display_name(), "name": name}
    else:
        said = _("Nobody on the desk is called @%(name)s.") % {"name": name}
    nearest = _nearest(name, colleagues)
    if not nearest:
        return said + " " + _("Type @ and choose from the list, or leave out the @.")
    meant = ", ".join(f"@{user.username} ({user.display_name()})" for user in nearest)
    return said + " " + _("Did you mean %(people)s? Otherwise leave out the @.") % {"people": meant}


def _nearest(name: str, colleagues: list[User]) -> list[User]:
    """Those whose sign-in name, or a part of whose name, is most like ``name``."""
    rated = [(max(_alike(name, known) for known in _names(user)), user) for user in colleagues]
    near = [(score, user) for score, user in rated if score >= _ALIKE]
    return [user for _score, user in sorted(near, key=lambda one: (-one[0], one[1].username))[:_NEAREST]]


def _names(user: User) -> list[str]:
    return [user.username.lower(), *user.display_name().lower().split()]


def _alike(one: str, other: str) -> float:
    return 0.9 if other.startswith(one) else SequenceMatcher(None, one, other).ratio()
