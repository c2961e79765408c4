"""Who may do what about people and roles: small named predicates."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from accounts.models import User


def may_manage_people(user: User) -> bool:
    """Whether ``user`` invites people and changes their accounts."""
    return user.is_active and user.has_perm("accounts.change_user")


def may_change_person(by: User, person: User) -> bool:
    """Whether ``by`` may change the account of ``person``.

    Only a superuser changes a superuser, and nobody changes those who may do more than they may themselves: who changes
    an e-mail address can take the account over.
    """
    if by.is_superuser:
        return by.is_active
    return may_manage_people(by) and not person.is_superuser and _held(person) <= by.get_all_permissions()


def may_give_role(by: User, group: Group) -> bool:
    """Whether ``by`` may give people the role ``group``: nobody hands out more than they may do themselves."""
    if by.is_superuser:
        return True
    return may_manage_people(by) and _names(group.permissions.all()) <= by.get_all_permissions()


def _held(person: User) -> set[str]:
    """What the person may do, or could do again once the account is active."""
    return _names(Permission.objects.filter(Q(group__user=person) | Q(user=person)))


def _names(permissions: QuerySet[Permission]) -> set[str]:
    rows = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def may_use_the_desk(user: User) -> bool:
    """Whether ``user`` has a reason to sign in: staff with a role, or a superuser."""
    return user.is_active and user.is_staff and (user.is_superuser or bool(user.get_all_permissions()))
