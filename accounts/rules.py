"""Who may do what about people and roles: small named predicates."""

from django.contrib.auth.models import Group

from accounts.models import User


def may_manage_people(user: User) -> bool:
    """Whether ``user`` invites people and changes their accounts."""
    return user.is_active and user.has_perm("accounts.change_user")


def may_change_person(by: User, person: User) -> bool:
    """Whether ``by`` may change the account of ``person``. Only a superuser changes a superuser."""
    return may_manage_people(by) and (by.is_superuser or not person.is_superuser)


def may_give_role(by: User, group: Group) -> bool:
    """Whether ``by`` may give people the role ``group``: nobody hands out more than they may do themselves."""
    if by.is_superuser:
        return True
    names = group.permissions.values_list("content_type__app_label", "codename")
    return may_manage_people(by) and {f"{app}.{name}" for app, name in names} <= by.get_all_permissions()


def may_use_the_desk(user: User) -> bool:
    """Whether ``user`` has a reason to sign in: staff with a role, or a superuser."""
    return user.is_active and user.is_staff and (user.is_superuser or bool(user.get_all_permissions()))
