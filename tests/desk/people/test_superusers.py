"""Only a superuser changes a superuser: every way in."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import PersonalToken, User
from accounts.services import ensure_roles, invitations, issue_token, people
from desk.people.pages import ACTS
from lib.refusals import NotAllowedError
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(people: SimpleNamespace) -> User:
    """A superuser with an address, a role and a token."""
    made = User.objects.create_user("owner", "owner@factcheck.example", "an unguessable phrase", is_staff=True)
    made.is_superuser = True
    made.save()
    made.groups.add(Group.objects.get(name="Editor"))
    issue_token(user=made, name="Laptop")
    return made


def state_of(user: User) -> dict[str, Any]:
    """Everything that decides who may sign in as this person, and with which rights."""
    row = User.objects.filter(pk=user.pk).values().get()
    row["groups"] = sorted(user.groups.values_list("name", flat=True))
    row["permissions"] = list(user.user_permissions.values_list("pk", flat=True))
    row["tokens"] = list(PersonalToken.objects.filter(user=user, revoked_at=None).values_list("pk", flat=True))
    return row


def test_an_administrator_cannot_change_a_superuser_by_the_form(people: SimpleNamespace, owner: User) -> None:
    before, client = state_of(owner), pages.signed_in(people.administrator)
    editable = pages.form_of(client.get(pages.page_of(people.reporter)))
    assert "email" in editable  # the same form changes others
    role = Group.objects.get(name="Reporter").pk
    attempt = {**editable, "email": "mine@evil.example", "role": role, "is_superuser": "", "password": "x"}
    assert client.post(pages.page_of(owner), attempt).status_code == 403
    assert state_of(owner) == before


def test_an_administrator_sees_a_superuser_without_fields_to_fill_in(people: SimpleNamespace, owner: User) -> None:
    page = pages.signed_in(people.administrator).get(pages.page_of(owner))
    assert page.status_code == 200
    assert "email" not in pages.form_of(page)
    assert "Only a superuser changes this account." in pages.text_of(page)


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_sets_another_persons_password(people: SimpleNamespace, owner: User, method: str) -> None:
    before, client = state_of(owner), pages.signed_in(people.administrator)
    for user in (owner, people.reporter):
        passwords = {"password1": "taken over 12345", "password2": "taken over 12345", "usable_password": "true"}
        answer = getattr(client, method)(f"/admin/accounts/user/{user.pk}/password/", passwords)
        assert answer.status_code in (302, 404)
        assert not User.objects.get(pk=user.pk).check_password("taken over 12345")
    assert state_of(owner) == before


@pytest.mark.parametrize("act", ACTS)
def test_no_act_on_a_superuser_is_open_to_an_administrator(people: SimpleNamespace, owner: User, act: str) -> None:
    before, client = state_of(owner), pages.signed_in(people.administrator)
    address = f"/admin/accounts/user/{owner.pk}/{act}/"
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert state_of(owner) == before
    assert mail.outbox == []


def test_nobody_deletes_a_superuser(people: SimpleNamespace, owner: User) -> None:
    client = pages.signed_in(people.administrator)
    assert client.post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"}).status_code == 403
    list_address = reverse("admin:accounts_user_changelist")
    client.post(list_address, {"action": "delete_selected", "_selected_action": [owner.pk], "post": "yes"})
    assert User.objects.filter(pk=owner.pk).exists()


def test_an_administrator_makes_nobody_a_superuser(people: SimpleNamespace) -> None:
    client = pages.signed_in(people.administrator)
    for person in (people.administrator, people.reporter):
        client.post(pages.page_of(person), pages.form_of(client.get(pages.page_of(person))) | {"is_superuser": "on"})
        assert not User.objects.get(pk=person.pk).is_superuser


def test_the_services_refuse_too(people: SimpleNamespace, owner: User) -> None:
    before, by = state_of(owner), people.administrator
    group = Group.objects.get(name="Reporter")
    for act in (
        lambda: services_change(by, owner, {"email": "mine@evil.example"}),
        lambda: services_change(by, people.reporter, {"is_superuser": True}),
        lambda: services_role(by, owner, group),
        lambda: services_permissions(by, owner),
        lambda: services_end(by, owner),
        lambda: invitations.withdraw(by=by, person=owner, at=timezone.now()),
        lambda: invitations.resend(by=by, person=owner, at=timezone.now()),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert state_of(owner) == before


def services_change(by: User, person: User, values: dict[str, Any]) -> None:
    people.change_person(by=by, person=person, values=values)


def services_role(by: User, person: User, group: Group) -> None:
    people.set_role(by=by, person=person, group=group)


def services_permissions(by: User, person: User) -> None:
    people.set_permissions(by=by, person=person, groups=[], permissions=[])


def services_end(by: User, person: User) -> None:
    people.end_sessions(by=by, person=person)


def test_the_api_has_no_way_to_change_people(people: SimpleNamespace, owner: User) -> None:
    """No operation names a person to be changed; a desk token of an administrator gets no further."""
    before = state_of(owner)
    _token, secret = issue_token(user=people.administrator, name="Laptop")
    client = Client(headers={"authorization": f"Bearer {secret}"})
    document = Client().get("/api/v1/openapi.json").json()["paths"]
    assert len(document) > 20
    assert [path for path in document if "user" in path or "people" in path or "group" in path] == []
    for path in (f"/api/v1/desk/users/{owner.pk}/", "/api/v1/desk/users/", "/api/v1/desk/groups/"):
        assert client.post(path, {"is_superuser": True}, content_type="application/json").status_code == 404
    assert state_of(owner) == before


def test_a_role_that_may_do_more_than_oneself_is_not_given(people: SimpleNamespace) -> None:
    above = Group.objects.create(name="Owner")
    above.permissions.set(Group.objects.get(name="Administrator").permissions.all())
    above.permissions.add(Permission.objects.get(codename="delete_user"))
    client = pages.signed_in(people.administrator)
    page = client.get(pages.page_of(people.reporter))
    assert "Administrator:" in page.content.decode()
    assert "Owner" not in pages.text_of(page)
    client.post(pages.page_of(people.reporter), pages.form_of(page) | {"role": above.pk})
    assert [group.name for group in people.reporter.groups.all()] == ["Reporter"]


@pytest.mark.parametrize("is_active", [True, False])
def test_nobody_changes_a_person_who_may_do_more(people: SimpleNamespace, is_active: bool) -> None:
    """Who manages people and does nothing else would take over an administrator by a changed address."""
    clerks = Group.objects.create(name="Clerk")
    clerks.permissions.set(Permission.objects.filter(codename__in=("view_user", "change_user", "view_claim")))
    people.reporter.groups.set([clerks])
    User.objects.filter(pk=people.administrator.pk).update(is_active=is_active)
    client = pages.signed_in(people.reporter)
    address = pages.page_of(people.administrator)
    assert client.post(address, {"email": "mine@evil.example", "is_active": "on"}).status_code == 403
    for act in ACTS:
        assert client.post(f"/admin/accounts/user/{people.administrator.pk}/{act}/").status_code == 403
    people.colleague.groups.clear()
    assert pages.save(client, pages.page_of(people.colleague), first_name="Ann").status_code == 302


def test_an_administrator_changes_a_role_but_not_its_single_permissions(people: SimpleNamespace) -> None:
    ensure_roles()
    role, client = Group.objects.get(name="Reporter"), pages.signed_in(people.administrator)
    before = set(role.permissions.values_list("pk", flat=True))
    address = reverse("admin:auth_group_change", args=[role.pk])
    form = pages.form_of(client.get(address))
    assert "permissions" not in form
    client.post(address, form | {"summary": "Writes.", "permissions": ["1"]})
    role.refresh_from_db()
    assert role.policy.summary == "Writes."
    assert set(role.permissions.values_list("pk", flat=True)) == before


def test_a_superuser_changes_a_superuser(people: SimpleNamespace, owner: User) -> None:
    User.objects.filter(pk=people.administrator.pk).update(is_superuser=True)
    client = pages.signed_in(User.objects.get(pk=people.administrator.pk))
    answer = pages.save(client, pages.page_of(owner), first_name="Olga", email="Olga@Factcheck.Example")
    assert answer.status_code == 302, pages.errors(answer)
    owner.refresh_from_db()
    assert (owner.first_name, owner.email, owner.is_superuser) == ("Olga", "olga@factcheck.example", True)
