"""Links on which somebody outside reads one claim, the notes they leave, and what the desk makes of those."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext as for_desk

from accounts.credentials import digest_of
from accounts.groups import who_may
from accounts.models import User
from articles import rules
from articles.choices import SourceKind
from articles.models import Claim, Evidence, ExpertLink, ExpertNote, Source
from articles.models.expert import LONGEST_LIFE
from articles.services import audit, editing
from articles.services.collaboration import notices
from articles.services.evidence import evidence
from articles.services.library import sources
from lib.refusals import NotAllowedError, RefusedError

#: The most notes that one link accepts.
MOST_NOTES = 20


class LinkClosedError(RefusedError):
    """The link expired or was revoked, or took all the notes it takes. Its text is for who wrote, in their language."""

    code = "link_closed"


class NoteSettledError(RefusedError):
    """Somebody decided on the note first."""

    code = "note_settled"


class NoConsentError(RefusedError):
    """The expert did not agree to be quoted by name."""

    code = "no_consent"


def invite(*, claim: Claim, invited: str, question: str, days: int, by: User, at: datetime) -> tuple[ExpertLink, str]:
    """Make a link that lives ``days`` days, 30 at most; returns it with its secret, which is never to be seen again.

    Raises ``NotAllowedError``, ``ValidationError``.
    """
    if not rules.may_invite_experts(by, claim):
        raise NotAllowedError.for_(
            for_desk("You do not have permission to invite experts to claims that are not yours."),
            groups=who_may("articles.review_claim"),
        )
    if not 1 <= days <= LONGEST_LIFE.days:
        raise ValidationError(
            {"days": for_desk("A link lives between 1 and %(days)s days.") % {"days": LONGEST_LIFE.days}}
        )
    with audit.act_as(by=by):
        link = ExpertLink(claim=claim, created_by=by, created_at=at)
        secret = link.assign_secret()
        editing.assign(link, {"invited": invited, "question": question, "expires_at": at + timedelta(days=days)})
        link.save(force_insert=True)
    return link, secret


def revoke(*, link: ExpertLink, by: User, at: datetime) -> ExpertLink:
    """Shut a link from now on; notes that came stay. Revoking twice changes nothing. Raises ``NotAllowedError``."""
    with audit.act_as(by=by):
        locked = _lock(link)
        if not rules.may_revoke_link(by, locked):
            raise NotAllowedError.for_(
                for_desk("You do not have permission to revoke links to claims that are not yours."),
                groups=who_may("articles.review_claim"),
            )
        if locked.revoked_at is None:
            editing.assign(locked, {"revoked_at": at, "revoked_by": by})
            locked.save()
    return locked


def live_link(*, secret: str, at: datetime) -> ExpertLink | None:
    """The live link with this secret, or None: the same for a wrong, expired or revoked one, after the same query.

    The secret is looked up by its hash, so how long that takes says nothing about how near a guess was. When a link was
    last used is noted to the minute.
    """
    link = (
        ExpertLink.objects.live(at=at)
        .select_related("claim__claimant", "claim__assignee")
        .filter(digest=digest_of(secret))
        .first()
    )
    if link is None:
        return None
    with audit.act_as(by=None):
        link.note_use(at=at)
    return link


def leave_note(*, link: ExpertLink, at: datetime, **fields: Any) -> ExpertNote:
    """Take in what somebody outside wrote. ``fields``: name, expertise, text, interests, may_be_named.

    The same words sent twice are one note. Raises ``LinkClosedError``, ``ValidationError``.
    """
    with audit.act_as(by=None):
        locked = _lock(link)
        if not ExpertLink.objects.live(at=at).filter(pk=locked.pk).exists():
            raise LinkClosedError(_("This link no longer works. Nothing was saved."))
        note = ExpertNote(link=locked, claim=locked.claim, received_at=at)
        editing.assign(note, fields)
        twin = locked.notes.filter(text=note.text, name=note.name).first()
        if twin:
            return twin
        if locked.notes.count() >= MOST_NOTES:
            raise LinkClosedError(_("This link takes no more notes. Ask for a new one."))
        note.save(force_insert=True)
        words = f"{note.name}: {note.text}"
        notices.answered(note.claim, asker=locked.created_by_id, words=words, by=None, at=at)
    return note


def settle_note(*, note: ExpertNote, by: User, at: datetime) -> ExpertNote:
    """Say that a note was read and nothing is made of it. Raises ``NotAllowedError``, ``NoteSettledError``."""
    with audit.act_as(by=by):
        locked = _deciding(note, by=by)
        editing.assign(locked, {"settled_by": by, "settled_at": at})
        locked.save()
    return locked


def cite(*, note: ExpertNote, stance: str, quote: str, by: User, at: datetime, version: int) -> Evidence:
    """Make a note evidence for its claim, in one act: the expert becomes a source (once for all their notes).

    ``quote`` is an exact part of the note. Readers see them with the claim's next record, after a second
    person approved it. Raises ``NoConsentError``, ``NotAllowedError``, ``NoteSettledError``, ``ValidationError``, and
    what ``editing.claim_content`` raises.
    """
    with audit.act_as(by=by):
        locked = _deciding(note, by=by)
        if not locked.may_be_named:
            raise NoConsentError(
                for_desk("%(name)s did not agree to be quoted by name. Ask, and have a new note written.")
                % {"name": locked.name}
            )
        words = editing.normalize(quote, field="quote")
        if not words or words not in locked.text:
            raise ValidationError({"quote": for_desk("Quote words of the note as they stand there.")})
        source = _source_of(locked, by=by, at=at)
        received = date_format(localdate(locked.received_at), "j F Y")
        added = evidence.add(
            claim=locked.claim,
            source=source,
            stance=stance,
            quote=words,
            locator=f"Note to the newsroom, {received}",
            by=by,
            at=at,
            version=version,
        )
        editing.assign(locked, {"settled_by": by, "settled_at": at, "source": source})
        locked.save()
    return added


def _source_of(note: ExpertNote, *, by: User, at: datetime) -> Source:
    known = ExpertNote.objects.filter(
        link=note.link, name=note.name, expertise=note.expertise, interests=note.interests
    )
    earlier = known.exclude(source=None).select_related("source").first()
    if earlier and earlier.source:
        return earlier.source
    return sources.add_source(
        by=by,
        at=at,
        title=f"{note.name}, {note.expertise}"[:300],
        kind=SourceKind.EXPERT,
        is_primary=True,
        published_on=localdate(note.received_at),
        interest_note=note.interests,
    )


def _deciding(note: ExpertNote, *, by: User) -> ExpertNote:
    if not rules.may_settle_notes(by):
        raise NotAllowedError.for_(for_desk("You do not have permission to decide on the notes of experts."))
    rows = ExpertNote.objects.select_for_update(of=("self",)).select_related("claim", "link")
    locked = rows.get(pk=note.pk)
    if locked.settled_by:
        raise NoteSettledError(
            for_desk("%(name)s has decided on this note already.") % {"name": locked.settled_by.display_name()}
        )
    return locked


def _lock(link: ExpertLink) -> ExpertLink:
    return ExpertLink.objects.select_for_update(of=("self",)).select_related("claim").get(pk=link.pk)
