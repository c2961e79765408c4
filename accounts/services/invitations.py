"""Invitations: an account without a password, and a link that works once to choose one."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from accounts import rules
from accounts.choices import AccountAct
from accounts.credentials import digest_of
from accounts.models import Invitation, User
from accounts.selectors import find_person
from accounts.services.events import record_event
from accounts.services.mails import send_invitation
from accounts.services.people import assert_may_change, set_role
from lib.refusals import NotAllowedError, NotNowError, RefusedError

#: How long an invitation works.
VALID_FOR = timedelta(days=7)
CLOSED = gettext_lazy(
    "This invitation does not work any more: it was used, withdrawn, or is too old. Ask for a new one."
)


@transaction.atomic
def invite(*, by: User | None, name: str, email: str, role: Group | None, at: datetime) -> tuple[User, str]:
    """Make an account without a password and send its link; returns the person and the link's address.

    ``by`` is None for the command line. Raises ``NotAllowedError``, and ``RefusedError`` when the address is taken.
    """
    if by is not None and not rules.may_manage_people(by):
        raise NotAllowedError.for_(gettext("You do not have permission to invite people."))
    email = email.strip().lower()
    if find_person(email) is not None or User.objects.filter(email__iexact=email).exists():
        raise RefusedError(gettext("Somebody has an account with this e-mail address already."), code="email_taken")
    first, _, last = name.strip().partition(" ")
    try:
        with transaction.atomic():
            person = User(username=email[:150], email=email, first_name=first, last_name=last, is_staff=True)
            person.is_active = False
            person.set_unusable_password()
            person.save(force_insert=True)
    except IntegrityError:
        raise RefusedError(
            gettext("Somebody has an account with this user name already."), code="email_taken"
        ) from None
    set_role(by=by, person=person, group=role)
    return person, _send(by=by, person=person, invitation=Invitation(user=person), at=at)


@transaction.atomic
def resend(*, by: User | None, person: User, at: datetime) -> str:
    """Send a new link; the earlier one stops working. Returns its address. Raises what ``invite`` raises."""
    invitation = _open_one(by=by, person=person)
    return _send(by=by, person=person, invitation=invitation, at=at)


@transaction.atomic
def withdraw(*, by: User, person: User, at: datetime) -> None:
    """Make the link useless. The account stays, without a password and inactive."""
    invitation = _open_one(by=by, person=person)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record_event(AccountAct.WITHDRAWN, user=person, by=by)


def find_open(*, secret: str, at: datetime) -> Invitation:
    """The invitation with this link. Raises ``NotNowError`` for one that was used, withdrawn or is too old."""
    found = Invitation.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None or not found.is_open(at=at):
        raise NotNowError(str(CLOSED), code="invitation_closed")
    return found


@transaction.atomic
def accept(*, secret: str, password: str | None, at: datetime, network: str = "") -> User:
    """Make the account usable with this password; None for people who sign in elsewhere. Raises ``NotNowError``.

    The link came by e-mail, so the address counts as verified.
    """
    invitation = Invitation.objects.select_for_update().filter(digest=digest_of(secret)).first()
    if invitation is None or not invitation.is_open(at=at):
        raise NotNowError(str(CLOSED), code="invitation_closed")
    person = User.objects.select_for_update().get(pk=invitation.user_id)
    return activate(person=person, invitation=invitation, password=password, at=at, network=network)


@transaction.atomic
def activate(*, person: User, invitation: Invitation, password: str | None, at: datetime, network: str = "") -> User:
    """Mark the invitation as accepted and the account as active."""
    person.is_active = True
    if password is not None:
        person.set_password(password)
    person.save(update_fields=["is_active", "password"])
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    verify_email(person)
    record_event(AccountAct.ACCEPTED, user=person, by=person, network=network)
    return person


def verify_email(person: User) -> None:
    """Note that the person's e-mail address is theirs."""
    EmailAddress.objects.update_or_create(
        user_id=person.pk, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )


def _open_one(*, by: User | None, person: User) -> Invitation:
    if by is not None:
        assert_may_change(by, person)
    invitation = Invitation.objects.select_for_update().filter(user=person, accepted_at=None).first()
    if invitation is None:
        raise RefusedError(gettext("This person has no open invitation."), code="no_invitation")
    return invitation


def _send(*, by: User | None, person: User, invitation: Invitation, at: datetime) -> str:
    secret = invitation.assign_secret()
    invitation.invited_by, invitation.sent_at = by, at
    invitation.expires_at, invitation.revoked_at = at + VALID_FOR, None
    invitation.save()
    address = settings.SITE_URL + reverse("invitation", args=[secret])
    if person.email:
        who = by.display_name() if by else ""
        send_invitation(
            to=person.email,
            name=person.first_name,
            invited_by=who,
            address=address,
            days=VALID_FOR.days,
            until=invitation.expires_at,
        )
    record_event(AccountAct.INVITED, user=person, by=by)
    return address
