"""Roles as data, and personal tokens that are never stored."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission

from accounts import roles, services
from accounts.credentials import digest_of
from accounts.models import PersonalToken, User
from articles import rules, workflow
from tests import newsroom

pytestmark = pytest.mark.django_db

MAY_STEP = {
    "reporter": {"start", "submit", "recall", "drop", "reopen"},
    "checker": {"start", "submit", "recall", "drop", "reopen", "send_back", "approve", "recheck"},
    "editor": set(workflow.BY_KEY),
    "administrator": set(workflow.BY_KEY),
}


def test_each_role_may_take_exactly_its_steps(people: SimpleNamespace) -> None:
    allowed = {
        role: {key for key, step in workflow.BY_KEY.items() if rules.may_take_step(getattr(people, role), step)}
        for role in MAY_STEP
    }
    assert allowed == MAY_STEP


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.key)
def test_every_permission_of_a_role_exists(role: roles.Role, people: SimpleNamespace) -> None:
    known = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")}
    assert set(role.permissions) <= known


def test_a_user_without_a_role_has_no_rights(db: None) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    assert not rules.may_edit_claims(nobody)
    assert not rules.may_import_articles(nobody)
    assert not rules.may_edit_sources(nobody)


@pytest.mark.parametrize(
    ("by", "assignee", "allowed"),
    [
        ("reporter", "reporter", True),
        ("reporter", None, True),
        ("reporter", "colleague", False),
        ("editor", "colleague", True),
    ],
)
def test_only_permitted_roles_assign_a_claim_to_others(
    by: str, assignee: str | None, allowed: bool, people: SimpleNamespace
) -> None:
    who = getattr(people, assignee) if assignee else None
    assert rules.may_assign(getattr(people, by), assignee=who) == allowed


def test_a_role_changed_by_an_administrator_is_not_reset(people: SimpleNamespace) -> None:
    group = Group.objects.get(name="Checker")
    group.permissions.clear()
    services.ensure_roles()
    assert group.permissions.count() == 0


def test_a_token_is_stored_as_its_hash_alone(people: SimpleNamespace) -> None:
    token, secret = services.issue_token(user=people.reporter, name="Laptop")
    stored = PersonalToken.objects.filter(pk=token.pk).values_list().get()
    assert secret not in repr(stored)
    assert PersonalToken.objects.get(digest=digest_of(secret)) == token
    assert token.is_live(at=newsroom.AT)
    services.revoke_token(token=token, at=newsroom.AT)
    token.refresh_from_db()
    assert not token.is_live(at=newsroom.AT)


def test_an_expired_token_is_refused(people: SimpleNamespace) -> None:
    token, _ = services.issue_token(user=people.reporter, name="Script", expires_at=newsroom.AT)
    assert token.is_live(at=newsroom.AT - timedelta(seconds=1))
    assert not token.is_live(at=newsroom.AT)
