"""People: who they are, which role they have, and whether they may sign in."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from accounts import rules
from accounts.choices import AccountAct
from accounts.groups import role_text
from accounts.models import PersonalToken, RolePolicy, User
from accounts.roles import REPORTER, Role
from accounts.selectors import has_second_factor, role_names
from accounts.services.events import record_event
from accounts.services.roles import ensure_roles
from lib.refusals import NotAllowedError

#: What an administrator changes of a person besides the role.
FIELDS = ("first_name", "last_name", "email", "is_active")
#: What only a superuser changes.
ADVANCED = ("username", "is_staff", "is_superuser")


@transaction.atomic
def ensure_user(
    *, username: str, password: str, role: Role, full_name: str = "", email: str = "", is_superuser: bool = False
) -> User:
    """The user called ``username``, made with that password and role when there is none yet."""
    user = User.objects.filter(username=username).first()
    if user is None:
        first, _, last = full_name.partition(" ")
        user = User.objects.create_user(
            username,
            email,
            password,
            first_name=first,
            last_name=last,
            is_staff=True,
            is_superuser=is_superuser,
        )
    user.groups.add(Group.objects.get(name=role.name))
    return user


@transaction.atomic
def ensure_import_user() -> User:
    """The user in whose name files are brought in when nobody is named: a reporter who can never sign in."""
    user, created = User.objects.get_or_create(
        username="import",
        defaults={"first_name": "Import", "password": make_password(None), "is_staff": False},
    )
    if created:
        if not Group.objects.filter(name=REPORTER.name).exists():
            ensure_roles()
        user.groups.add(Group.objects.get(name=REPORTER.name))
    return user


def assert_may_change(by: User, person: User) -> None:
    """Raises ``NotAllowedError`` when ``by`` may not change the account of ``person``."""
    if not rules.may_manage_people(by):
        raise NotAllowedError.for_(gettext("You do not have permission to change people's accounts."))
    if not rules.may_change_person(by, person):
        if person.is_superuser:
            raise NotAllowedError(gettext("Only a superuser changes the account of a superuser."))
        raise NotAllowedError(gettext("This person may do more than you may, so you cannot change the account."))


@transaction.atomic
def change_person(*, by: User, person: User, values: dict[str, Any]) -> User:
    """Set these fields of a person's account and write down which changed. Raises ``NotAllowedError``.

    A person who is made inactive is signed out everywhere, and their tokens stop working.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    assert_may_change(by, row)
    changed = [name for name in (*FIELDS, *ADVANCED) if name in values and getattr(row, name) != values[name]]
    if set(changed) & set(ADVANCED) and not by.is_superuser:
        raise NotAllowedError(gettext("Only a superuser changes this."))
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    if "is_active" in changed:
        record_event(AccountAct.ACTIVATED if row.is_active else AccountAct.DEACTIVATED, user=row, by=by)
    if rest := [name for name in changed if name != "is_active"]:
        record_event(AccountAct.CHANGED, user=row, by=by, what=", ".join(rest))
    return row


@transaction.atomic
def set_role(*, by: User | None, person: User, group: Group | None) -> None:
    """Give ``person`` this role and no other; None takes every role away. Raises ``NotAllowedError``.

    ``by`` is None for the command line and for single sign-on. Sessions end when the new role needs a second factor
    that the person does not have.
    """
    if by is not None:
        assert_may_change(by, person)
        if group is not None and not rules.may_give_role(by, group):
            raise NotAllowedError(
                gettext("You cannot give the role %(name)s: it may do more than you may.")
                % {"name": role_text(group.name)}
            )
    before = role_names(person)
    person.groups.set([group] if group else [])
    after = [group.name] if group else []
    if before == after:
        return
    what = f"{', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
    record_event(AccountAct.ROLE, user=person, by=by, what=what)
    policy = RolePolicy.objects.filter(group=group).first() if group else None
    if policy and policy.needs_second_factor and not has_second_factor(person):
        _end_sessions(person)


@transaction.atomic
def set_permissions(*, by: User, person: User, groups: Any, permissions: Any) -> None:
    """Set groups and single permissions directly. For superusers alone: raises ``NotAllowedError``."""
    if not by.is_superuser:
        raise NotAllowedError(gettext("Only a superuser changes single permissions."))
    before = role_names(person)
    person.groups.set(groups)
    person.user_permissions.set(permissions)
    if (after := role_names(person)) != before:
        what = f"{', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
        record_event(AccountAct.ROLE, user=person, by=by, what=what)


@transaction.atomic
def change_policy(*, by: User, policy: RolePolicy, summary: str, needs_second_factor: bool) -> None:
    """Say what a role is for, and whether it needs a second factor. Raises ``NotAllowedError``.

    When it needs one from now on, people with the role who have none are signed out and set one up when they return.
    """
    if not by.has_perm("auth.change_group"):
        raise NotAllowedError.for_(gettext("You do not have permission to change roles."))
    starts = needs_second_factor and not policy.needs_second_factor
    policy.summary, policy.needs_second_factor = summary, needs_second_factor
    policy.save(update_fields=["summary", "needs_second_factor"])
    if starts and policy.group is not None:
        for person in User.objects.filter(groups=policy.group):
            if not has_second_factor(person):
                _end_sessions(person)


@transaction.atomic
def end_sessions(*, by: User, person: User) -> None:
    """Sign ``person`` out everywhere. People do it for themselves; else raises ``NotAllowedError``."""
    if by.pk != person.pk:
        assert_may_change(by, person)
    _end_sessions(person)
    record_event(AccountAct.SESSIONS_ENDED, user=person, by=by)


def revoke_tokens(*, by: User, person: User, at: Any) -> int:
    """Make every personal token of ``person`` useless; returns how many there were. Raises ``NotAllowedError``."""
    assert_may_change(by, person)
    return PersonalToken.objects.filter(user=person, revoked_at=None).update(revoked_at=at)


def _end_sessions(person: User) -> None:
    User.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    person.refresh_from_db(fields=["session_generation"])
