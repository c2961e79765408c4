"""Reads about people and their roles."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import rules
from accounts.groups import role_text
from accounts.models import AccountEvent, RolePolicy, User

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def find_person(login: str) -> User | None:
    """The person whose user name or e-mail address was typed, capitals or not; None for nobody or more than one."""
    login = login.strip()
    if not login or "\0" in login:
        return None
    exact = User.objects.filter(username=login).first()
    if exact is not None:
        return exact
    addresses = EmailAddress.objects.filter(email__iexact=login, verified=True).values("user")
    found = list(User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login) | Q(pk__in=addresses))[:2])
    return found[0] if len(found) == 1 else None


def role_names(person: User) -> list[str]:
    """The names of the person's roles."""
    return sorted(person.groups.values_list("name", flat=True))


def has_second_factor(person: User) -> bool:
    """Whether the person set up an authenticator app, a passkey or a security key."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=_FACTORS).exists())


def needs_second_factor(person: User) -> bool:
    """Whether a role of the person asks for a second factor that the person does not have."""
    asked = RolePolicy.objects.filter(group__user=person, needs_second_factor=True).exists()
    return asked and not has_second_factor(person)


def people_with_status() -> QuerySet[User]:
    """Everybody, with ``has_factor``; roles and invitation at hand, for a list."""
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=_FACTORS)
    return (
        User.objects.annotate(has_factor=Exists(factors))
        .select_related("invitation")
        .prefetch_related("groups__policy")
    )


def status_of(person: User, *, at: datetime) -> str:
    """One word for a list: active, invited, invitation expired, or inactive."""
    invitation = getattr(person, "invitation", None)
    if person.is_active:
        return _("active")
    if invitation is None or invitation.accepted_at is not None or invitation.revoked_at is not None:
        return _("inactive")
    return _("invited") if invitation.is_open(at=at) else _("invitation expired")


def roles_to_give(by: User) -> list[Group]:
    """The roles that ``by`` may give to people, in the order in which they were made."""
    groups = Group.objects.select_related("policy").order_by("pk")
    return [group for group in groups if rules.may_give_role(by, group)]


def role_summary(group: Group) -> str:
    """What people with this role may do, in a sentence."""
    policy: RolePolicy | None = getattr(group, "policy", None)
    return role_text(policy.summary) if policy else ""


def events_of(person: User) -> QuerySet[AccountEvent]:
    """What happened to the person's account, newest first."""
    return person.account_events.select_related("by")
