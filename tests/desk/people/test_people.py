"""The people page, invitations, and what an administrator does about people."""

import io
import logging
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, PersonalToken, User
from accounts.services import issue_token
from factcheck.insight.log_lines import TextFormatter
from tests.desk import pages
from tests.desk.people.test_sign_in import acts_of, try_in

pytestmark = pytest.mark.django_db
INVITE = "/admin/accounts/user/invite/"
PHRASE = "a long unguessed phrase"


def invite(client: Client, commits: Any, email: str = "mara@courier.example", role: str = "Checker") -> Any:
    given = {"name": "Mara Moss", "email": email, "role": Group.objects.get(name=role).pk}
    with commits(execute=True):
        return client.post(INVITE, pages.form_of(client.get(INVITE)) | given, follow=True)


def link_in(letter: Any) -> str:
    return re.findall(r"https?://[^/]+(/\S+)", letter.body)[0]


def test_an_invited_person_chooses_a_password_and_signs_in(people: SimpleNamespace, commits: Any) -> None:
    page = invite(pages.signed_in(people.administrator), commits, email="Mara@Courier.example")
    assert "mara@courier.example is invited." in pages.text_of(page)
    assert "invited" in pages.text_of(page)
    [letter] = mail.outbox
    assert letter.to == ["mara@courier.example"]
    link, client = link_in(letter), Client()
    assert link not in page.content.decode()  # the administrator never sees it
    form = pages.form_of(client.get(link))
    assert client.post(link, form | {"new_password1": PHRASE, "new_password2": PHRASE}).status_code == 302
    person = User.objects.get(email="mara@courier.example")
    assert [group.name for group in person.groups.all()] == ["Checker"]
    assert try_in(client, "mara@courier.example", PHRASE).status_code == 302
    assert acts_of(person) == ["role", "invited", "accepted", "signed_in"]
    again = Client().get(link)
    assert again.status_code == 410
    assert "does not work any more" in pages.text_of(again)


@pytest.mark.parametrize("password", ["short", "mara@courier.example", "password1234", "factcheck1234"])
def test_a_weak_password_is_refused_with_its_reason(password: str, people: SimpleNamespace, commits: Any) -> None:
    invite(pages.signed_in(people.administrator), commits)
    link = link_in(mail.outbox[0])
    answer = Client().post(link, {"new_password1": password, "new_password2": password})
    assert answer.status_code == 200
    assert pages.errors(answer)
    assert not User.objects.get(email="mara@courier.example").is_active


@pytest.mark.parametrize("how", ["expired", "withdrawn", "resent", "wrong"])
def test_a_link_that_is_over_sets_no_password(how: str, people: SimpleNamespace, commits: Any) -> None:
    administrator = pages.signed_in(people.administrator)
    invite(administrator, commits)
    link, person = link_in(mail.outbox[0]), User.objects.get(email="mara@courier.example")
    if how == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "wrong":
        link = link[:-3] + "xx/"
    else:
        act = {"withdrawn": "withdraw", "resent": "resend"}[how]
        with commits(execute=True):
            assert administrator.post(f"/admin/accounts/user/{person.pk}/{act}/").status_code == 302
    for answer in (Client().get(link), Client().post(link, {"new_password1": PHRASE, "new_password2": PHRASE})):
        assert answer.status_code == 410
    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password()) == (False, False)
    if how == "resent":
        assert Client().get(link_in(mail.outbox[1])).status_code == 200


def test_no_log_line_has_a_link_that_could_be_used(
    people: SimpleNamespace, commits: Any, caplog: pytest.LogCaptureFixture
) -> None:
    invite(pages.signed_in(people.administrator), commits)
    secret = link_in(mail.outbox[0]).rstrip("/").rpartition("/")[2]
    line = TextFormatter("{levelname} {message}", style="{")
    with caplog.at_level(logging.INFO):
        Client().delete(f"/admin/account/invitation/{secret}/")
        Client().delete("/admin/account/password/reset/key/1-abcdefg/")
    lines = [line.format(record) for record in caplog.records]
    assert lines
    assert "/admin/account/invitation/…/" in "".join(lines)
    assert secret not in "".join(lines)
    assert "abcdefg" not in "".join(lines)


def test_an_expired_invitation_is_not_got_round_by_a_password_reset(people: SimpleNamespace, commits: Any) -> None:
    invite(pages.signed_in(people.administrator), commits)
    with commits(execute=True):
        Client().post("/admin/account/password/reset/", {"email": "mara@courier.example"})
    assert len(mail.outbox) == 1


def test_an_address_that_is_taken_is_refused(people: SimpleNamespace, commits: Any) -> None:
    User.objects.filter(pk=people.reporter.pk).update(email="mara@courier.example")
    page = invite(pages.signed_in(people.administrator), commits, email="MARA@courier.example")
    assert "has an account with this e-mail address" in pages.text_of(page)
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["reporter", "checker", "editor"])
def test_only_those_who_manage_people_invite(who: str, people: SimpleNamespace) -> None:
    client = pages.signed_in(getattr(people, who))
    assert client.get(INVITE).status_code == 403
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get(reverse("admin:accounts_user_history", args=[people.reporter.pk])).status_code == 403


def test_the_list_shows_role_status_second_factor_and_last_sign_in(people: SimpleNamespace, commits: Any) -> None:
    client = pages.signed_in(people.administrator)
    invite(client, commits)
    Invitation.objects.update(expires_at=timezone.now())
    User.objects.filter(pk=people.colleague.pk).update(is_active=False)
    text = pages.text_of(client.get("/admin/accounts/user/"))
    for words in ("Mara Moss (mara@courier.example)", "Checker", "invitation expired", "inactive", "Invite a person"):
        assert words in text


def test_one_role_field_says_what_each_role_may_do(people: SimpleNamespace) -> None:
    client = pages.signed_in(people.administrator)
    page = client.get(pages.page_of(people.reporter))
    assert "Editor: As a checker, and publishes" in pages.text_of(page)
    for raw in ("user_permissions", "groups", "is_staff", "is_superuser", "password"):
        assert raw not in pages.form_of(page)
    editor = Group.objects.get(name="Editor")
    assert pages.save(client, pages.page_of(people.reporter), role=editor.pk).status_code == 302
    assert list(people.reporter.groups.all()) == [editor]
    history = client.get(reverse("admin:accounts_user_history", args=[people.reporter.pk]))
    assert "Reporter → Editor" in pages.text_of(history)
    assert "Administrator Test" in pages.text_of(history)


def test_saving_a_page_without_a_change_changes_nothing(people: SimpleNamespace) -> None:
    pages.save(pages.signed_in(people.administrator), pages.page_of(people.reporter))
    assert [group.name for group in people.reporter.groups.all()] == ["Reporter"]
    assert acts_of(people.reporter) == []


def test_two_people_cannot_have_one_address(people: SimpleNamespace) -> None:
    client = pages.signed_in(people.administrator)
    pages.save(client, pages.page_of(people.editor), email="rana@factcheck.example")
    answer = pages.save(client, pages.page_of(people.reporter), email="Rana@factcheck.example")
    assert "Somebody else has this e-mail address." in pages.errors(answer)


def test_an_inactive_person_is_signed_out_and_their_tokens_stop(people: SimpleNamespace) -> None:
    _token, secret = issue_token(user=people.reporter, name="Laptop")
    theirs = pages.signed_in(people.reporter)
    client = pages.signed_in(people.administrator)
    data = pages.form_of(client.get(pages.page_of(people.reporter)))
    data.pop("is_active")
    client.post(pages.page_of(people.reporter), data)
    assert theirs.get("/admin/").status_code == 302
    answer = Client().get("/api/v1/desk/claims/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert acts_of(people.reporter) == ["deactivated"]


def test_an_administrator_sends_a_password_link_ends_sessions_and_revokes_tokens(
    people: SimpleNamespace, commits: Any
) -> None:
    User.objects.filter(pk=people.reporter.pk).update(email="rana@factcheck.example")
    issue_token(user=people.reporter, name="Laptop")
    client, theirs = pages.signed_in(people.administrator), pages.signed_in(people.reporter)
    for act in ("password-link", "end-sessions", "revoke-tokens"):
        address = f"/admin/accounts/user/{people.reporter.pk}/{act}/"
        assert client.get(address).status_code == 200
        with commits(execute=True):
            assert client.post(address).headers["Location"] == pages.page_of(people.reporter)
    assert [letter.to for letter in mail.outbox] == [["rana@factcheck.example"]]
    assert theirs.get("/admin/").status_code == 302
    assert not PersonalToken.objects.filter(revoked_at=None).exists()
    assert acts_of(people.reporter) == ["password_link", "sessions_ended"]


def test_a_mail_server_that_fails_undoes_nothing(people: SimpleNamespace, commits: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = invite(pages.signed_in(people.administrator), commits)
    assert page.status_code == 200
    assert User.objects.filter(email="mara@courier.example").exists()


def test_one_command_makes_the_first_person_with_a_link_instead_of_a_password(people: SimpleNamespace) -> None:
    out, err = io.StringIO(), io.StringIO()
    given = {"email": "Ada@factcheck.example", "name": "Ada Almond"}
    call_command("first_person", **given, stdout=out, stderr=err)
    link = "/admin/" + out.getvalue().strip().partition("/admin/")[2]
    person = User.objects.get(email="ada@factcheck.example")
    assert (person.is_superuser, person.is_active) == (True, False)
    out_again = io.StringIO()
    call_command("first_person", **given, stdout=out_again, stderr=err)  # the first link was lost
    assert Client().get(link).status_code == 410
    link = "/admin/" + out_again.getvalue().strip().partition("/admin/")[2]
    assert Client().post(link, {"new_password1": PHRASE, "new_password2": PHRASE}).status_code == 302
    client = Client()
    assert try_in(client, "ada@factcheck.example", PHRASE).status_code == 302
    assert client.get("/admin/accounts/user/").status_code == 200
    with pytest.raises(CommandError, match="has an account"):
        call_command("first_person", **given, stdout=out, stderr=err)
    with pytest.raises(CommandError, match="valid email"):
        call_command("first_person", email="ada", name="Ada", stdout=out, stderr=err)
