"""Accounts of people whom another service signs in: who is let in, and with which role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext

from accounts.models import Invitation, User
from accounts.selectors import find_person
from accounts.services import invitations
from accounts.services.people import set_role
from lib.refusals import NotAllowedError


@dataclass(frozen=True, slots=True)
class Identity:
    """What the provider says about a person. An address that it did not verify says nothing."""

    email: str
    is_verified: bool
    name: str
    groups: tuple[str, ...]
    #: Which group gives which role (``OIDC_ROLES``, ``SAML_ROLES``); empty when groups decide nothing here.
    roles: Mapping[str, str]


@transaction.atomic
def admit(*, identity: Identity, known: User | None, at: datetime) -> tuple[User, bool]:
    """The account of this person, and whether it has to be linked; ``known`` is the one that is linked already.

    With ``roles`` the groups decide the role at each sign-in, and people of a known group get an account. Without
    it only people who were invited are let in. Raises ``NotAllowedError`` with words for the person.
    """
    role = _role(identity)
    person = known or _by_email(identity, may_make=role is not None, at=at)
    if role is not None and not person.is_superuser:
        set_role(by=None, person=person, group=role)
    return person, known is None


def _role(identity: Identity) -> Group | None:
    """The role that the person's groups stand for; None when groups decide nothing here."""
    if not identity.roles:
        return None
    for group, role in identity.roles.items():
        if group in identity.groups:
            found = Group.objects.filter(name=role).first()
            if found is None:
                raise NotAllowedError(
                    gettext("The role %(role)s does not exist here. Tell your technician.") % {"role": role},
                    code="no_role",
                )
            return found
    raise NotAllowedError(
        gettext("None of your groups may use this desk. Ask your organisation to add you to a group that may."),
        code="unknown_group",
    )


def _by_email(identity: Identity, *, may_make: bool, at: datetime) -> User:
    if not identity.email:
        raise NotAllowedError(
            gettext("The sign-in service sent no e-mail address, so we cannot find your account."), code="no_email"
        )
    if not identity.is_verified:
        raise NotAllowedError(
            gettext(
                "The sign-in service does not vouch for your e-mail address, so we cannot find your account by it."
            ),
            code="email_unverified",
        )
    person = find_person(identity.email)
    if person is None:
        if not may_make:
            raise NotAllowedError(
                gettext("Nobody with your e-mail address was invited. Ask an administrator."), code="not_invited"
            )
        return _make(identity)
    if person.email.lower() != identity.email:
        raise NotAllowedError(
            gettext("Another account has your e-mail address as its user name."), code="email_differs"
        )
    _accept_invitation(person, at=at)
    return person


def _make(identity: Identity) -> User:
    first, _, last = identity.name.partition(" ")
    person = User(username=identity.email[:150], email=identity.email, first_name=first[:150], last_name=last[:150])
    person.is_staff = True
    person.set_unusable_password()
    person.save(force_insert=True)
    invitations.verify_email(person)
    return person


def _accept_invitation(person: User, *, at: datetime) -> None:
    """An invited person who comes by single sign-on needs no password. An expired invitation lets nobody in."""
    invitation = Invitation.objects.select_for_update().filter(user=person, accepted_at=None).first()
    if invitation is not None and invitation.is_open(at=at) and not person.is_active:
        invitations.activate(person=person, invitation=invitation, password=None, at=at)
