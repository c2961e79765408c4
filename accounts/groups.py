"""Which groups hold a permission. Groups are data: an administrator renames them and changes what they may do."""

from collections.abc import Collection, Sequence

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def role_text(stored: str) -> str:
    """The name or the summary of a role in the language in force. What a newsroom wrote itself stays as it is."""
    return pgettext("a role", stored) if stored else ""


def groups_with(permission: str) -> list[str]:
    """The names of the groups that hold ``permission`` ("app.codename"), in the order in which they were made."""
    return groups_by_permission({permission})[permission]


def who_may(permission: str) -> str:
    """A sentence that names the groups with ``permission``; empty where there are none."""
    return groups_sentence(groups_with(permission))


def groups_sentence(names: Sequence[str]) -> str:
    """A sentence that names these groups; empty for none."""
    return _("Groups that have it: %(groups)s.") % {"groups": ", ".join(names)} if names else ""


def groups_by_permission(permissions: Collection[str]) -> dict[str, list[str]]:
    """For each of these permissions the names of the groups that hold it. One query, none for no permission."""
    if not permissions:
        return {}
    rows = (
        Group.objects.filter(permissions__codename__in={name.partition(".")[2] for name in permissions})
        .order_by("pk")
        .values_list("name", "permissions__content_type__app_label", "permissions__codename")
    )
    found: dict[str, list[str]] = {permission: [] for permission in permissions}
    for group, app, codename in rows:
        if (names := found.get(f"{app}.{codename}")) is not None:
            names.append(role_text(group))
    return found
