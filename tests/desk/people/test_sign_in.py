"""Signing in with a name and a password: what is let in, what is counted, what is written down."""

import logging
import re
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import hashing
from accounts.choices import AccountAct
from accounts.models import AccountEvent, User
from accounts.services import people as people_services
from desk.people import session_keys
from tests.conftest import PASSWORD
from tests.desk import pages
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
SESSIONS = "/admin/account/sessions/"
GUESSES = size(60, whole=400)


def try_in(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, "next": more.pop("next", "")}, **more)


def acts_of(user: User) -> list[str]:
    return list(user.account_events.order_by("id").values_list("act", flat=True))


@pytest.fixture
def reporter(people: SimpleNamespace) -> User:
    people.reporter.email = "rana@factcheck.example"
    people.reporter.save()
    return people.reporter  # type: ignore[no-any-return]


@pytest.mark.parametrize("login", ["reporter", "Reporter", "rana@factcheck.example", " RANA@factcheck.example "])
def test_a_name_or_an_address_and_the_password_lead_to_where_one_wanted_to(login: str, reporter: User) -> None:
    client = Client()
    asked = client.get("/admin/articles/claim/")
    assert asked.headers["Location"] == "/admin/login/?next=/admin/articles/claim/"
    form = pages.form_of(client.get(asked.headers["Location"]))
    answer = client.post(LOGIN, form | {"login": login, "password": PASSWORD})
    assert answer.headers["Location"] == "/admin/articles/claim/"
    assert client.get("/admin/articles/claim/").status_code == 200
    assert acts_of(reporter) == ["signed_in"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_address_outside_the_site_is_followed_after_the_sign_in(elsewhere: str, reporter: User) -> None:
    assert try_in(Client(), "reporter", next=elsewhere).headers["Location"] == "/admin/"


def test_an_unknown_name_and_a_wrong_password_read_the_same(reporter: User) -> None:
    unknown, wrong = try_in(Client(), "nobody", "x"), try_in(Client(), "reporter", "x")
    assert pages.errors(unknown) == pages.errors(wrong) != ""
    assert acts_of(reporter) == ["failed"]
    assert AccountEvent.objects.filter(user=None, act=AccountAct.FAILED).count() == 1


def test_the_eleventh_wrong_password_of_an_account_is_refused_even_when_it_is_right(
    reporter: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Each from another network, so that only the account counts."""
    for number in range(10):
        answer = try_in(Client(), "reporter", f"wrong {number}", REMOTE_ADDR=f"10.0.{number}.1")
        assert answer.status_code == 200
    with caplog.at_level(logging.WARNING, "accounts.sign_in"):
        refused = try_in(Client(), "reporter", REMOTE_ADDR="10.0.99.1")
    assert refused.status_code == 429
    assert 300 <= int(refused.headers["Retry-After"]) <= 360
    assert re.search(r"Try again at \d\d:\d\d \(UTC\), in 6 minutes\.", pages.errors(refused))
    assert f"refused: account {reporter.pk} from 10.0.99.0/24" in caplog.text
    assert acts_of(reporter) == ["failed"] * 10 + ["refused"]
    by_address = try_in(Client(), "rana@factcheck.example", REMOTE_ADDR="10.0.98.1")
    assert by_address.status_code == 429  # the same account by its other name
    assert acts_of(reporter).count("refused") == 1  # an attack does not fill the history
    assert try_in(Client(), "checker", REMOTE_ADDR="10.0.97.1").status_code == 302  # others come in


def test_right_passwords_do_not_count(reporter: User) -> None:
    for _ in range(12):
        assert try_in(Client(), "reporter").status_code == 302


@sized
@pytest.mark.parametrize("networks", [1, size(30, whole=200)])
def test_hundreds_of_wrong_passwords_get_no_further_than_the_limits(
    networks: int, reporter: User, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    with caplog.at_level(logging.WARNING, "accounts.sign_in"):
        answers = [
            try_in(client, "reporter", f"guess {n}", REMOTE_ADDR=f"10.{n % networks}.0.1").status_code
            for n in range(GUESSES)
        ]
    assert answers.count(200) == 10
    assert answers.count(429) == GUESSES - 10
    assert len(caplog.records) >= GUESSES
    assert AccountEvent.objects.count() == 11


def test_a_network_that_guesses_many_names_is_refused(people: SimpleNamespace) -> None:
    answers = [try_in(Client(), f"name {n}", "x", REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(61)]
    assert answers == [200] * 60 + [429]
    assert try_in(Client(), "reporter", REMOTE_ADDR="10.0.0.7").status_code == 429
    assert try_in(Client(), "reporter", REMOTE_ADDR="10.0.1.7").status_code == 302


def test_what_was_typed_as_a_name_is_nowhere_in_the_log_or_the_history(
    people: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    """People type their password into the wrong field."""
    with caplog.at_level(logging.DEBUG):
        try_in(Client(), "my secret phrase", "x")
    assert "secret phrase" not in caplog.text
    assert "secret phrase" not in str(list(AccountEvent.objects.values()))


@pytest.mark.parametrize("left", ["role", "staff"])
def test_who_has_no_role_reads_so_instead_of_a_wrong_password(left: str, reporter: User) -> None:
    if left == "role":
        reporter.groups.clear()
    else:
        User.objects.filter(pk=reporter.pk).update(is_staff=False)
    client = Client()
    answer = try_in(client, "reporter")
    assert answer.status_code == 403
    assert "Your account has no role yet" in pages.text_of(answer)
    assert client.get("/admin/").status_code == 302
    wrong = try_in(Client(), "reporter", "x")
    assert "role" not in pages.errors(wrong)  # nobody learns that without the password


def test_an_inactive_account_does_not_come_in(reporter: User) -> None:
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    assert "wrong" in pages.errors(try_in(Client(), "reporter"))


def test_the_admin_sites_own_form_is_nowhere(reporter: User) -> None:
    answer = Client().post(LOGIN, {"username": "reporter", "password": PASSWORD})
    assert answer.status_code == 200
    assert "_auth_user_id" not in answer.client.session
    assert Client().get("/admin/password_change/").status_code == 302


@pytest.mark.parametrize("path", ["signup/", "single-sign-on/signup/"])
def test_sign_up_is_closed(path: str) -> None:
    data = {"email": "x@evil.example", "username": "x", "password1": "a long phrase 123"}
    for answer in (Client().get(f"/admin/account/{path}"), Client().post(f"/admin/account/{path}", data)):
        assert answer.status_code in (200, 302)
    assert not User.objects.exists()


def test_a_first_edition_hash_becomes_argon2_at_the_sign_in(reporter: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashing.Argon2Hasher", "accounts.hashing.EarlierHasher"]
    earlier = PBKDF2PasswordHasher().encode(PASSWORD, "saltsaltsaltsalt", 1000)
    User.objects.filter(pk=reporter.pk).update(password=earlier)
    assert try_in(Client(), "reporter").status_code == 302
    reporter.refresh_from_db()
    assert reporter.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert try_in(Client(), "reporter").status_code == 302


def test_a_crowd_that_signs_in_gives_way_after_a_few_waiters(
    reporter: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashing.Argon2Hasher"]
    monkeypatch.setattr(hashing, "GATE", hashing.HashingGate(places=1, waiting=0, seconds=0.1))
    with hashing.GATE:
        for _ in range(11):  # more than an account's limit: what was not checked does not count
            answer = try_in(Client(), "reporter")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert "Please try again in a moment" in pages.text_of(answer)
    assert try_in(Client(), "reporter", "wrong").status_code == 200


def test_the_gate_lets_a_few_in_and_refuses_at_once_when_enough_wait() -> None:
    gate, entered, leave = hashing.HashingGate(places=1, waiting=1, seconds=30), threading.Event(), threading.Event()
    done: list[str] = []

    def hold(name: str) -> None:
        with gate:
            entered.set()
            leave.wait(30)
            done.append(name)

    first = threading.Thread(target=hold, args=["first"])
    first.start()
    entered.wait(30)
    second = threading.Thread(target=hold, args=["second"])
    second.start()
    refused = False
    while not refused:  # until the second one waits
        try:
            with gate:
                pass
        except hashing.HashingBusyError:
            refused = True
    leave.set()
    first.join(30)
    second.join(30)
    assert sorted(done) == ["first", "second"]
    with gate:
        done.append("third")
    assert done[-1] == "third"


def test_a_stolen_session_ends_with_the_password(reporter: User) -> None:
    owner, thief = Client(), Client()
    for client in (owner, thief):
        try_in(client, "reporter")
    new = "another long phrase"
    assert thief.get("/admin/").status_code == 200
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert owner.post("/admin/account/password/change/", form).status_code == 302
    assert owner.get("/admin/").status_code == 200
    assert thief.get("/admin/").status_code == 302
    assert acts_of(reporter)[-1] == "password_changed"


@pytest.mark.parametrize("by", ["reporter", "administrator"])
def test_all_sessions_of_a_person_can_be_ended(by: str, people: SimpleNamespace) -> None:
    client = Client()
    try_in(client, "reporter")
    people_services.end_sessions(by=getattr(people, by), person=people.reporter)
    assert client.get("/admin/").status_code == 302
    try_in(client, "reporter")
    assert client.get("/admin/").status_code == 200


def test_one_ends_ones_other_sessions_from_the_list(reporter: User) -> None:
    here, elsewhere = Client(), Client()
    try_in(elsewhere, "reporter", HTTP_USER_AGENT="A lost laptop")
    try_in(here, "reporter")
    assert "A lost laptop" in here.get("/admin/account/sessions/").content.decode()
    end(here)
    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def end(client: Client, **given: str) -> Any:
    """Press a button of the list; the page asks for the password before it ends anything."""
    asked = client.post(SESSIONS, given)
    assert asked.headers["Location"].startswith("/admin/account/reauthenticate/")
    return client.post(asked.headers["Location"], {"password": PASSWORD})


def end_button(client: Client, browser: str) -> str:
    """What the button of one row of the list of sessions sends."""
    page = client.get(SESSIONS).content.decode()
    row = next(row for row in page.split("<tr>") if browser in row)
    return re.findall(r'name="end" value="(\d+)"', row)[0]


def test_a_stolen_session_is_ended_alone(reporter: User) -> None:
    """The thief has a copy of the cookie of a browser that the owner lost."""
    here, lost, third, thief = Client(), Client(), Client(), Client()
    for client, browser in ((here, "At work"), (lost, "A lost laptop"), (third, "At home")):
        try_in(client, "reporter", HTTP_USER_AGENT=browser)
    thief.cookies[settings.SESSION_COOKIE_NAME] = lost.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get("/admin/").status_code == 200
    answer = end(here, end=end_button(here, "A lost laptop"))
    assert answer.headers["Location"] == SESSIONS
    assert [client.get("/admin/").status_code for client in (here, third, lost, thief)] == [200, 200, 302, 302]
    assert thief.get("/api/v1/desk/claims/").status_code in (401, 403)
    assert "A lost laptop" not in here.get(SESSIONS).content.decode()
    assert acts_of(reporter)[-1] == "signed_out"


def test_nobody_ends_the_session_of_somebody_else(reporter: User) -> None:
    here, theirs = Client(), Client()
    try_in(here, "reporter")
    try_in(theirs, "editor", HTTP_USER_AGENT="The editor's")
    try_in(Client(), "editor", HTTP_USER_AGENT="Another one")
    of_editor = end_button(theirs, "Another one")
    here.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    for given in (of_editor, "0", "-1", "x", "9" * 30, ""):
        assert here.post(SESSIONS, {"end": given}).status_code == 404
    assert theirs.get("/admin/").status_code == 200
    assert end_button(theirs, "Another one") == of_editor


def test_a_thief_without_the_password_ends_no_session(reporter: User) -> None:
    owner, thief = Client(), Client()
    try_in(owner, "reporter", HTTP_USER_AGENT="The owner at work")
    try_in(thief, "reporter")
    for given in ({}, {"end": end_button(thief, "The owner at work")}):
        asked = thief.post(SESSIONS, given)
        thief.post(asked.headers["Location"], {"password": "a guess"})
    assert owner.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("key", "ago", "is_over"),
    [
        (session_keys.SEEN, timedelta(hours=11, minutes=59), False),
        (session_keys.SEEN, timedelta(hours=12, minutes=1), True),
        (session_keys.BEGAN, timedelta(days=6, hours=23), False),
        (session_keys.BEGAN, timedelta(days=7, hours=1), True),
    ],
)
def test_a_session_ends_when_it_is_unused_or_old(key: str, ago: timedelta, is_over: bool, reporter: User) -> None:
    client = Client()
    try_in(client, "reporter")
    session = client.session
    session[key] = (timezone.now() - ago).timestamp()
    session.save()
    assert client.get("/admin/").status_code == (302 if is_over else 200)


def test_a_reset_link_works_once_and_ends_sessions(reporter: User, commits: Any) -> None:
    client, thief, new = Client(), Client(), "another long phrase"
    try_in(thief, "reporter")
    with commits(execute=True):
        client.post("/admin/account/password/reset/", {"email": "Rana@factcheck.example"})
    [letter] = mail.outbox
    assert letter.to == ["rana@factcheck.example"]
    [link] = re.findall(r"https?://\S+", letter.body)
    form_page = client.get(link, follow=True)
    address = form_page.redirect_chain[-1][0]
    assert client.post(address, {"password1": new, "password2": new}).status_code == 302
    assert try_in(Client(), "reporter", new).status_code == 302
    assert thief.get("/admin/").status_code == 302
    again = Client().get(link, follow=True)
    assert "password1" not in pages.form_of(again)
    assert {"password_link", "password_changed"} <= set(acts_of(reporter))


def test_a_reset_for_an_unknown_address_sends_nothing_and_reads_the_same(reporter: User, commits: Any) -> None:
    with commits(execute=True):
        answers = [
            Client().post("/admin/account/password/reset/", {"email": address}, follow=True)
            for address in ("nobody@factcheck.example", "rana@factcheck.example")
        ]
    assert len({pages.text_of(answer) for answer in answers}) == 1
    assert len(mail.outbox) == 1


def test_passwords_can_be_switched_off(reporter: User, settings: Any) -> None:
    settings.PASSWORD_SIGN_IN = False
    assert "password" not in pages.form_of(Client().get(LOGIN))
    client = Client()
    assert try_in(client, "reporter").status_code == 200
    assert "_auth_user_id" not in client.session
    Client().post("/admin/account/password/reset/", {"email": "rana@factcheck.example"})
    assert mail.outbox == []


def test_the_history_of_accounts_only_grows(reporter: User) -> None:
    try_in(Client(), "reporter")
    for change in (lambda: AccountEvent.objects.update(what="x"), lambda: AccountEvent.objects.all().delete()):
        with pytest.raises(IntegrityError, match="keeps every row"), transaction.atomic():
            change()
    assert not EmailAddress.objects.exists()
