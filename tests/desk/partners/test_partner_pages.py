"""Partners in the admin: who sees what, and a secret that is shown once."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Key, Partner
from partners.services import keys
from tests.desk.pages import form_of, page_of, save, signed_in, text_of
from tests.partners import newsrooms

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/partner/"
SECRET = re.compile(r"fcp_[A-Za-z0-9_-]{43}")


def key_page(what: str, partner: Partner, *key: int) -> str:
    return reverse(f"admin:partners_key_{what}", args=[partner.pk, *key])


@pytest.fixture
def boss(people: SimpleNamespace) -> Client:
    """The administrator's browser."""
    return signed_in(people.administrator)


#: Who gets which status from: list, add, page, issue, rotate, revoke.
MATRIX = {
    "reporter": (403, 403, 403, 403, 403, 403),
    "checker": (403, 403, 403, 403, 403, 403),
    "editor": (200, 403, 200, 403, 403, 403),
    "administrator": (200, 200, 200, 200, 200, 200),
}


@pytest.mark.parametrize("role", list(MATRIX))
def test_who_may_do_what(role: str, people: SimpleNamespace) -> None:
    key, _ = newsrooms.key()
    client = signed_in(getattr(people, role))
    pages = [LIST, f"{LIST}add/", page_of(key.partner), key_page("issue", key.partner)]
    pages += [key_page("rotate", key.partner, key.pk), key_page("revoke", key.partner, key.pk)]
    assert tuple(client.get(page).status_code for page in pages) == MATRIX[role]
    menu = client.get("/admin/").content.decode()
    assert (LIST in menu) == (role in ("editor", "administrator"))
    if role != "administrator":
        for page in pages[3:]:
            assert (
                client.post(page, {"name": "x", "scopes": ["read"], "overlap_until": "2999-01-01"}).status_code == 403
            )
        client.post(page_of(key.partner), {"name": "changed", "contact_email": "a@b.example"})
        assert Key.objects.get().revoked_at is None
        assert Partner.objects.get().name != "changed"
        assert "Issue a key" not in client.get(page_of(key.partner)).content.decode()


def test_a_partner_is_added_changed_and_turned_off(boss: Client) -> None:
    saved = save(boss, f"{LIST}add/", name="Herald", contact_email="desk@herald.example", is_active="on")
    partner = Partner.objects.get()
    assert saved["Location"] == page_of(partner)
    data = form_of(boss.get(page_of(partner)))
    data.pop("is_active")
    boss.post(page_of(partner), data)
    partner.refresh_from_db()
    assert (partner.name, partner.is_active) == ("Herald", False)
    page = text_of(boss.get(page_of(partner)))
    assert "is_active: yes → no" in page
    assert "Administrator Test" in page
    assert save(boss, f"{LIST}add/", name="Herald", contact_email="x@y.example").status_code == 200
    assert boss.post(f"{LIST}{partner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Partner.objects.count() == 1


def test_a_secret_is_shown_once(boss: Client, caplog: Any) -> None:
    partner = newsrooms.partner()
    issue = key_page("issue", partner)
    answer = boss.post(issue, form_of(boss.get(issue)) | {"name": "mirror", "scopes": ["read", "submit"]})
    (secret,) = set(SECRET.findall(answer.content.decode()))
    key = keys.use_key(secret=secret, at=timezone.now())
    assert key is not None
    assert key.scopes == ["read", "submit"]
    assert answer["Cache-Control"] == "private, no-store"
    pages = (issue, page_of(partner), LIST, key_page("rotate", partner, key.pk), key_page("revoke", partner, key.pk))
    for page in pages:
        again = boss.get(page)
        assert secret not in again.content.decode() + str(again.headers) + str(again.cookies)
    assert secret not in caplog.text + str(dict(boss.session)) + str(boss.cookies)
    page = text_of(boss.get(page_of(partner)))
    assert key.prefix in page
    assert "Live" in page


def test_a_key_is_rotated_and_the_old_one_revoked(boss: Client) -> None:
    key, old = newsrooms.key()
    rotate = key_page("rotate", key.partner, key.pk)
    answer = boss.post(rotate, form_of(boss.get(rotate)))
    (new,) = set(SECRET.findall(answer.content.decode()))
    in_time, too_late = timezone.now() + timedelta(days=6), timezone.now() + timedelta(days=9)
    assert keys.use_key(secret=old, at=in_time)
    assert keys.use_key(secret=old, at=too_late) is None
    assert keys.use_key(secret=new, at=too_late)
    assert "rotated already" in text_of(boss.post(rotate, {"overlap_until": "2999-01-01"}))
    assert "Expires soon" in text_of(boss.get(page_of(key.partner)))
    revoke = key_page("revoke", key.partner, key.pk)
    assert boss.post(revoke, form_of(boss.get(revoke)))["Location"] == page_of(key.partner)
    assert keys.use_key(secret=old, at=timezone.now()) is None
    assert keys.use_key(secret=new, at=timezone.now())
    assert "Revoked" in text_of(boss.get(page_of(key.partner)))


@pytest.mark.parametrize(
    "bad",
    [
        {"scopes": []},
        {"scopes": ["all"]},
        {"name": ""},
        {"name": "a\x00b"},
        {"name": "x" * 81},
        {"rate": "fast"},
        {"expires_at": "2001-01-01"},
        {"expires_at": "9999-12-31"},
        {"expires_at": "soon"},
    ],
    ids=str,
)
def test_a_form_filled_in_wrongly_says_so_and_makes_no_key(bad: dict[str, Any], boss: Client) -> None:
    answer = boss.post(key_page("issue", newsrooms.partner()), {"name": "x", "scopes": ["read"], **bad})
    assert answer.status_code == 200
    assert not SECRET.search(answer.content.decode())
    assert not Key.objects.exists()


def test_addresses_that_name_nothing_are_not_found(boss: Client) -> None:
    key, _ = newsrooms.key()
    other = newsrooms.partner()
    for page in (key_page("revoke", other, key.pk), key_page("rotate", key.partner, 10**30)):
        assert boss.post(page).status_code == 404
    assert boss.get(f"{LIST}?keys__digest__startswith=a").status_code in (302, 400)
    assert boss.get(f"{LIST}?q=a%00b").status_code == 200
    key.refresh_from_db()
    assert key.revoked_at is None
