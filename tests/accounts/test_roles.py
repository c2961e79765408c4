"""Roles follow the product, and what a newsroom changed stays."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from accounts import roles
from accounts.models import RolePolicy
from accounts.services import ensure_roles
from accounts.services.roles import pending_updates

pytestmark = pytest.mark.django_db


def permissions_of(name: str) -> set[str]:
    rows = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def permission(name: str) -> Permission:
    app, _, codename = name.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def forget(role: roles.Role, *names: str) -> None:
    """As if an earlier release had granted the role everything but these."""
    group = Group.objects.get(name=role.name)
    group.permissions.remove(*(permission(name) for name in names))
    policy = RolePolicy.objects.get(key=role.key)
    policy.granted = [name for name in policy.granted if name not in names]
    policy.save()


def test_a_new_installation_has_every_role_with_its_sentence() -> None:
    for role in roles.ROLES:
        assert permissions_of(role.name) == set(role.permissions)
        policy = RolePolicy.objects.get(key=role.key)
        assert (policy.group.name, policy.summary, policy.needs_second_factor) == (role.name, role.summary, False)
    assert list(pending_updates()) == []


def test_what_a_release_adds_is_granted_once() -> None:
    forget(roles.EDITOR, "articles.publish_page", "articles.view_page")
    ensure_roles()
    assert permissions_of("Editor") == set(roles.EDITOR.permissions)
    Group.objects.get(name="Editor").permissions.remove(permission("articles.publish_page"))
    ensure_roles()
    assert "articles.publish_page" not in permissions_of("Editor")


def test_what_the_newsroom_changed_stays() -> None:
    reporter = Group.objects.get(name="Reporter")
    reporter.permissions.remove(permission("articles.add_claimant"))
    reporter.permissions.add(permission("articles.review_claim"))
    Group.objects.filter(name="Reporter").update(name="Writer")
    forget(roles.CHECKER, "articles.handle_report")
    ensure_roles()
    assert permissions_of("Writer") == {*roles.REPORTER.permissions, "articles.review_claim"} - {
        "articles.add_claimant"
    }
    assert "articles.handle_report" in permissions_of("Checker")
    assert not Group.objects.filter(name="Reporter").exists()


def test_a_deleted_role_does_not_come_back() -> None:
    Group.objects.get(name="Checker").delete()
    ensure_roles()
    assert not Group.objects.filter(name="Checker").exists()


@pytest.mark.parametrize("removed", [set(), {"articles.add_claimant"}])
def test_a_group_from_before_gets_what_was_added_since_and_nothing_that_was_taken_away(removed: set[str]) -> None:
    """Groups of early first editions lack what came later; nothing says from which table they were made."""
    early = frozenset(roles.EDITOR.permissions) - roles._ADDED[0] - roles._ADDED[1]
    group = Group.objects.get(name="Editor")
    group.permissions.set(permission(name) for name in early - removed)
    RolePolicy.objects.filter(key="editor").delete()
    ensure_roles()
    assert permissions_of("Editor") == set(roles.EDITOR.permissions) - removed


def test_a_group_from_the_last_first_edition_keeps_what_its_newsroom_removed() -> None:
    group = Group.objects.get(name="Editor")
    group.permissions.remove(permission("articles.publish_page"), permission("articles.add_claimant"))
    RolePolicy.objects.filter(key="editor").delete()
    ensure_roles()
    assert permissions_of("Editor") == set(roles.EDITOR.permissions) - {
        "articles.publish_page",
        "articles.add_claimant",
    }


def test_the_command_shows_and_grants() -> None:
    forget(roles.EDITOR, "articles.publish_page")
    out = io.StringIO()
    with pytest.raises(CommandError, match="roles --apply"):
        call_command("roles", "--check", stdout=out)
    assert out.getvalue() == "Editor: articles.publish_page\n"
    assert "articles.publish_page" not in permissions_of("Editor")
    call_command("roles", "--apply", stdout=out)
    assert "articles.publish_page" in permissions_of("Editor")
    out = io.StringIO()
    call_command("roles", "--check", stdout=out)
    assert out.getvalue() == "Every role has what the product grants it.\n"
