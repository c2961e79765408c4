"""Roles as groups: what a release adds is granted, what a newsroom changed stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.models import RolePolicy
from accounts.roles import ROLES, Role, made_from


@dataclass(frozen=True, slots=True)
class RoleUpdate:
    """What applying the product's table to one role adds: its group, or permissions by name ("app.codename")."""

    role: Role
    is_new: bool
    added: tuple[str, ...]


@transaction.atomic
def ensure_roles() -> list[RoleUpdate]:
    """Grant each role what the product added since the last call; returns what was done.

    New is what the product's table has now and had not when it was last applied. What the newsroom granted or removed
    stays. A group that the newsroom deleted does not come back.
    """
    done = list(pending_updates())
    known = _permissions()
    for update in done:
        _apply(update, known)
    return done


def pending_updates() -> Iterator[RoleUpdate]:
    """What ``ensure_roles`` would do."""
    known = _permissions()
    policies = {policy.key: policy for policy in RolePolicy.objects.select_related("group").exclude(key=None)}
    for role in ROLES:
        policy = policies.get(role.key)
        if policy and policy.group is None:
            continue
        group = policy.group if policy else Group.objects.filter(name=role.name).first()
        wanted = [name for name in role.permissions if name in known]
        added = tuple(name for name in wanted if name not in _granted_before(role, group, policy))
        if added or policy is None:
            yield RoleUpdate(role=role, is_new=group is None, added=added)


def _apply(update: RoleUpdate, known: dict[str, Permission]) -> None:
    role = update.role
    policy = RolePolicy.objects.filter(key=role.key).first()
    if policy is None:
        group, _made = Group.objects.get_or_create(name=role.name)
        policy = RolePolicy(key=role.key, group=group, summary=role.summary, needs_second_factor=False)
    if policy.group is not None:
        policy.group.permissions.add(*(known[name] for name in update.added))
    policy.granted = sorted({name for name in role.permissions if name in known})
    policy.save()


def _granted_before(role: Role, group: Group | None, policy: RolePolicy | None) -> frozenset[str]:
    """What the product granted the role when its table was last applied."""
    if policy:
        return frozenset(policy.granted)
    if group is None:
        return frozenset()
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return made_from(role.key, frozenset(f"{app}.{name}" for app, name in rows))


def policy_of(group: Group) -> RolePolicy:
    """What is known of the role besides its permissions; made when there is nothing yet."""
    return RolePolicy.objects.get_or_create(group=group)[0]


def _permissions() -> dict[str, Permission]:
    """Every permission there is by its name."""
    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
