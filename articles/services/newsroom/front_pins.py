"""The claim that an editor puts at the top of the front page, in the language of the claim, until a day."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import claim_addresses, rules
from articles.models import Claim, FrontPin
from articles.selectors import admin_lists
from articles.services import audit
from articles.services.log import cache_purges
from lib.refusals import NotAllowedError, StaleError

#: The front page is of today: nothing stays at its top for longer.
MOST_DAYS = 14


def pin(*, claim: Claim, until: date, by: User, at: datetime, seen: str) -> FrontPin:
    """Put ``claim`` at the top of the front page up to and including ``until``; it takes the place of another one.

    ``seen`` is ``state`` of the pin that the person saw, empty for none. Raises ``NotAllowedError``, ``StaleError``,
    and ``ValidationError`` for the field ``until`` or for a claim that readers do not have.
    """
    _check(by)
    published = admin_lists.current_publication(claim.pk)
    if published is None or published.is_retracted:
        raise ValidationError(_("Only a published fact check can be pinned to the front page."), code="not_published")
    _check_day(until, today=localdate(at))
    language = claim_addresses.site_language(published.language)
    with audit.act_as(by=by):
        row = _locked(language, seen) or FrontPin(language=language, version=0)
        row.claim_id, row.until, row.pinned_by, row.pinned_at = claim.pk, until, by, at
        row.version += 1
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:  # somebody else pinned one at this moment
            raise StaleError(current=1) from error
        cache_purges.purge_front_page(at=at)
    return row


def unpin(*, claim: Claim, by: User, at: datetime, seen: str) -> None:
    """Take ``claim`` from the top of the front page.

    Raises ``NotAllowedError``, ``StaleError``, ``ValidationError``.
    """
    _check(by)
    row = FrontPin.objects.filter(claim_id=claim.pk).first()
    if row is None:
        raise ValidationError(_("This claim is not pinned to the front page."), code="not_pinned")
    with audit.act_as(by=by):
        locked = _locked(row.language, seen)
        if locked is not None:
            locked.delete()
        cache_purges.purge_front_page(at=at)


def state(row: FrontPin | None) -> str:
    """What a form says it saw: another text after each change."""
    return f"{row.pk}/{row.version}" if row else ""


def _locked(language: str, seen: str) -> FrontPin | None:
    row = FrontPin.objects.select_for_update().filter(language=language).first()
    if state(row) != seen:
        raise StaleError(current=row.version if row else 0)
    return row


def _check(by: User) -> None:
    if not rules.may_publish(by):
        raise NotAllowedError.for_(
            _("You do not have permission to choose the top of the front page."),
            groups=who_may("articles.publish_claim"),
        )


def _check_day(until: date, *, today: date) -> None:
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        message = _("Choose a day from today on, at most %(days)s days ahead.") % {"days": MOST_DAYS}
        raise ValidationError({"until": ValidationError(message, code="out_of_range")})
