"""Keys: never stored, dead at the next request, rotated with two alive and no more."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.credentials import digest_of
from lib.refusals import NotAllowedError, RefusedError
from partners.choices import KeyState
from partners.models import Key, Partner, PartnerChange
from partners.services import keys, partners
from tests.partners import newsrooms

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_keys_secret_is_in_no_table_and_no_log(caplog: Any, people: SimpleNamespace) -> None:
    key, secret = newsrooms.key(by=people.administrator)
    new, successor = keys.rotate_key(
        key=key, overlap_until=timezone.now() + DAY, at=timezone.now(), by=people.administrator
    )
    keys.use_key(secret=secret, at=timezone.now())
    keys.revoke_key(key=new, at=timezone.now(), by=people.administrator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        assert {"partners_key", "partners_partnerchange", "partners_bucket"} <= set(tables)
        for table in tables:
            for word in (secret, successor, secret[20:]):
                query = f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s'  # noqa: S608
                cursor.execute(query, [f"%{word}%"])
                assert cursor.fetchone() == (0,), table
    assert secret not in caplog.text
    assert bytes(Key.objects.get(pk=key.pk).digest) == digest_of(secret)


def test_a_key_expires_at_its_time_and_not_before() -> None:
    ends = timezone.now() + DAY
    key, secret = newsrooms.key(expires_at=ends)
    assert keys.use_key(secret=secret, at=ends - timedelta(microseconds=1)) == key
    assert keys.use_key(secret=secret, at=ends) is None
    assert key.state(at=ends) == KeyState.EXPIRED
    assert key.state(at=ends - timedelta(days=2)) == KeyState.EXPIRING
    assert key.state(at=ends - timedelta(days=30)) == KeyState.LIVE


def test_a_keys_last_use_is_stored_to_the_minute() -> None:
    key, secret = newsrooms.key()
    first = timezone.now()
    for at, noted in (
        (first, first),
        (first + timedelta(seconds=59), first),
        (first + timedelta(seconds=61), first + timedelta(seconds=61)),
    ):
        keys.use_key(secret=secret, at=at)
        key.refresh_from_db()
        assert key.last_used_at == noted


def test_a_rotation_leaves_two_live_keys_and_no_third() -> None:
    at = timezone.now()
    old, old_secret = newsrooms.key("read", "submit", rate="7/min")
    until = at + 7 * DAY
    new, new_secret = keys.rotate_key(key=old, overlap_until=until, at=at)
    assert (new.scopes, new.rate, new.replaces) == (["read", "submit"], "7/min", old)
    for moment, alive in ((until - DAY, {old, new}), (until, {new})):
        assert {k for s in (old_secret, new_secret) if (k := keys.use_key(secret=s, at=moment))} == alive
    for key, moment, code in (
        (old, at, "already_rotated"),
        (new, at, "two_live_keys"),
        (old, until, "not_live"),
    ):
        with pytest.raises(RefusedError) as refused:
            keys.rotate_key(key=key, overlap_until=moment + DAY, at=moment)
        assert refused.value.code == code
    assert Key.objects.count() == 2
    third, _ = keys.rotate_key(key=new, overlap_until=until + DAY, at=until)
    assert Key.objects.get(pk=old.pk).state(at=until) == KeyState.REPLACED
    assert third.replaces == new


def test_a_rotation_never_lengthens_a_keys_life() -> None:
    at = timezone.now()
    old, _ = newsrooms.key(expires_at=at + DAY)
    keys.rotate_key(key=old, overlap_until=at + 7 * DAY, at=at)
    old.refresh_from_db()
    assert old.expires_at == at + DAY


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"scopes": []}, ValidationError),
        ({"scopes": ["everything"]}, ValidationError),
        ({"scopes": ["read"], "rate": "fast"}, ValidationError),
        ({"scopes": ["read"], "rate": "0/min"}, ValidationError),
        ({"scopes": ["read"], "expires_at": timezone.now() - DAY}, RefusedError),
    ],
    ids=["no scope", "unknown scope", "no rate", "rate of nothing", "past"],
)
def test_an_invalid_key_request_is_refused_and_nothing_is_stored(
    fields: dict[str, Any], error: type[Exception]
) -> None:
    partner = newsrooms.partner()
    with pytest.raises(error):
        keys.issue_key(partner=partner, name="x", **fields)
    assert not Key.objects.exists()
    assert partner.changes.count() == 1


@pytest.mark.parametrize("role", ["reporter", "checker", "editor"])
def test_only_administrators_manage_keys(role: str, people: SimpleNamespace) -> None:
    user, at = getattr(people, role), timezone.now()
    key, _ = newsrooms.key()
    acts = [
        lambda: keys.issue_key(partner=key.partner, name="x", scopes=["read"], by=user),
        lambda: keys.rotate_key(key=key, overlap_until=at + DAY, at=at, by=user),
        lambda: keys.revoke_key(key=key, at=at, by=user),
        lambda: partners.add_partner(name="y", contact_email="a@b.example", by=user, at=at),
        lambda: partners.change_partner(partner=key.partner, is_active=False, by=user, at=at),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert Key.objects.get().revoked_at is None
    assert Partner.objects.get().is_active


def test_the_history_of_keys_cannot_be_changed(people: SimpleNamespace) -> None:
    boss, at = people.administrator, timezone.now()
    partner = partners.add_partner(name="Herald", contact_email="a@b.example", by=boss, at=at)
    key, _ = newsrooms.key(of=partner, by=boss)
    keys.revoke_key(key=key, at=at, by=boss)
    keys.revoke_key(key=key, at=at, by=boss)
    partners.change_partner(partner=partner, is_active=False, by=boss, at=at)
    acts = list(partner.changes.order_by("id").values_list("act", "by__username"))
    assert acts == [(act, "administrator") for act in ("added", "issued", "revoked", "changed")]
    assert "is_active: yes → no" in partner.changes.first().what
    for act in (
        lambda: PartnerChange.objects.update(what=""),
        lambda: PartnerChange.objects.filter(act="added")._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_an_operator_issues_a_key_at_the_command_line() -> None:
    out, said = StringIO(), StringIO()
    with pytest.raises(CommandError, match="no partner called"):
        call_command("partner_key", partner="Herald", scopes=["read"])
    call_command(
        "partner_key",
        "--partner=Herald",
        "--contact-email=a@b.example",
        "--scopes=read,submit",
        "--expires-in-days=30",
        stdout=out,
        stderr=said,
    )
    secret = out.getvalue().strip()
    key = keys.use_key(secret=secret, at=timezone.now())
    assert key is not None
    assert (key.partner.name, key.scopes) == ("Herald", ["read", "submit"])
    assert secret not in said.getvalue()
    assert keys.use_key(secret=secret, at=timezone.now() + 31 * DAY) is None
    for bad in (["--scopes=all"], ["--scopes=read", "--expires-in-days=0"], ["--scopes=read", "--rate=fast"]):
        with pytest.raises(CommandError):
            call_command("partner_key", "--partner=Herald", *bad)
