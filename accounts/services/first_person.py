"""The first person of an installation."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from accounts.roles import ADMINISTRATOR
from accounts.selectors import find_person
from accounts.services import invitations
from accounts.services.roles import ensure_roles


@transaction.atomic
def create_superuser_link(*, email: str, name: str, at: datetime) -> str:
    """Invite a superuser; returns the address of a link that works once. Raises ``RefusedError``.

    For a person who has not accepted yet the link is made anew.
    """
    person = find_person(email)
    if person is not None and not person.is_active and person.is_superuser:
        return invitations.resend(by=None, person=person, at=at)
    ensure_roles()
    role = Group.objects.filter(policy__key=ADMINISTRATOR.key).first()
    person, address = invitations.invite(by=None, name=name, email=email, role=role, at=at)
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    return address
