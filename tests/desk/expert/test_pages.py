"""The page behind a private link, asked over HTTP: what it shows, what it keeps to itself, what it refuses."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone, translation
from lxml import html

from articles.models import Address, Comment, Dependency, ExpertLink, ExpertNote
from articles.services.collaboration import experts
from factcheck.insight.log_lines import TextFormatter
from tests import newsroom

pytestmark = pytest.mark.django_db
NOTE = {
    "name": "Ada Lind",
    "expertise": "Professor of hydrology",
    "text": "The river is <script>alert(1)</script> 40 metres wide.",
    "interests": "none",
    "may_be_named": "on",
}


@pytest.fixture
def claim(people: SimpleNamespace):
    return newsroom.complete(people.reporter, text="The bridge is <b>wide</b>")


@pytest.fixture
def invited(claim, people: SimpleNamespace):
    """A link, its address, and a browser that nobody is signed in with."""
    now = timezone.now()
    link, secret = experts.invite(
        claim=claim, invited="Ada", question="How wide\nis it?", days=14, by=people.reporter, at=now
    )
    return SimpleNamespace(link=link, address=f"/expert/{secret}/", secret=secret, claim=claim)


def headers(response) -> dict[str, str]:
    return {name: response.headers.get(name, "") for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}


HIDDEN = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def test_the_claim_is_shown_without_an_account_and_without_cookies(invited) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(invited.address)
    shown = page.content.decode()
    assert page.status_code == 200
    assert "The bridge is &lt;b&gt;wide&lt;/b&gt;" in shown
    assert "<mark>the new bridge cost 12 million crowns</mark>" in shown
    assert "The minutes show it" not in shown, "no verdict"
    assert headers(page) == HIDDEN
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    sent = client.post(invited.address, NOTE)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{invited.address}?sent=1#note")
    assert headers(sent) == HIDDEN
    assert not client.cookies
    assert "Your note has arrived" in client.get(f"{invited.address}?sent=1").content.decode()
    note = ExpertNote.objects.get()
    assert (note.claim, note.name, note.may_be_named) == (invited.claim, "Ada Lind", True)
    assert "Ada Lind" not in client.get(invited.address).content.decode(), "whoever has the link reads no notes"


def test_wrong_expired_and_revoked_links_cannot_be_told_apart(invited, people: SimpleNamespace, client) -> None:
    now = timezone.now()

    def answer(secret: str, method: str = "get"):
        page = getattr(client, method)(f"/expert/{secret}/", NOTE if method == "post" else None)
        return (
            page.status_code,
            page.content,
            {k: v for k, v in page.headers.items() if "Policy" not in k and k != "X-Request-ID"},
        )

    old, old_secret = experts.invite(claim=invited.claim, invited="A", question="?", days=1, by=people.editor, at=now)
    past = now - timedelta(days=2)
    ExpertLink.objects.filter(pk=old.pk).update(created_at=past, expires_at=now - timedelta(seconds=1))
    gone, gone_secret = experts.invite(claim=invited.claim, invited="A", question="?", days=1, by=people.editor, at=now)
    experts.revoke(link=gone, by=people.editor, at=now)
    wrong = answer("x" * 43)
    assert wrong[0] == 404
    assert [answer(secret) for secret in (old_secret, gone_secret, "é", "a" * 3000, invited.secret[:-1])] == [wrong] * 5
    assert [answer(secret, "post") for secret in (old_secret, gone_secret)] == [wrong] * 2
    assert not ExpertNote.objects.exists()


def test_the_same_statement_finds_or_does_not_find_a_link(invited, client, django_assert_num_queries) -> None:
    """One look-up by hash for every wrong link, whatever is wrong with it (the other query is the limit)."""
    for secret in ("x" * 43, invited.secret[:-1]):
        with django_assert_num_queries(2):
            client.get(f"/expert/{secret}/")


def test_guessing_is_limited_before_anything_is_looked_up(invited, client, settings) -> None:
    settings.EXPERT_RATE = "3/hour"
    codes = [client.get(f"/expert/guess{number}/").status_code for number in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    refused = client.get(invited.address)
    assert (refused.status_code, headers(refused)) == (429, HIDDEN), "a right one does not stand out either"
    assert int(refused.headers["Retry-After"]) > 60
    assert client.get(invited.address, REMOTE_ADDR="198.51.100.7").status_code == 200, (
        "other networks are not concerned"
    )


def test_notes_are_limited_and_what_was_typed_stays(invited, client, settings) -> None:
    settings.EXPERT_NOTE_RATE = "1/day"
    assert client.post(invited.address, NOTE).status_code == 303
    again = client.post(invited.address, {**NOTE, "text": "And it is deep."})
    assert again.status_code == 429
    assert "And it is deep." in again.content.decode()
    assert ExpertNote.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"text": ""}, 400, "This field is required"),
        ({"text": "\u200b"}, 400, "Nothing was sent yet"),
        ({"name": "a\x00b"}, 400, "Null characters are not allowed"),
        ({"name": "x" * 121}, 400, "at most 120 characters"),
        ({"interests": " "}, 400, "This field is required"),
        ({"text": "x" * 10_001}, 400, "at most 10000 characters"),
        ({"text": "x" * 250_000}, 413, "This note is too long"),
    ],
)
def test_what_is_no_note_is_refused_with_words(changes, status, words, invited, client) -> None:
    page = client.post(invited.address, {**NOTE, **changes})
    assert (page.status_code, headers(page)) == (status, HIDDEN)
    assert words in page.content.decode()
    assert not ExpertNote.objects.exists()


@pytest.mark.parametrize("script", ["ж", "漢", "😀"])
def test_a_note_as_long_as_it_may_be_fits_in_any_script(script: str, invited, client) -> None:
    assert client.post(invited.address, {**NOTE, "text": script * 10_000}).status_code == 303


@pytest.mark.parametrize(
    ("code", "direction"), [("en", "ltr"), ("az", "ltr"), ("hy", "ltr"), ("ru", "ltr"), ("tr", "ltr"), ("ar", "rtl")]
)
def test_the_page_is_in_the_language_of_its_address(code: str, direction: str, invited, client, settings) -> None:
    address = invited.address if code == settings.LANGUAGE_CODE else f"/{code}{invited.address}"
    document = html.fromstring(client.get(address).content.decode())
    assert (document.get("lang"), document.get("dir")) == (code, direction)
    [heading] = document.xpath("//h1")
    assert (heading.get("lang"), heading.get("dir")) == ("en", "ltr"), "the claim stays in its own language"
    with translation.override(code):
        said = [translation.gettext(text) for text in ("What we would like to know", "Your expertise", "Supports")]
    shown = document.text_content()
    assert all(words in shown for words in said)
    choice = {a.get("hreflang"): a.get("href") for a in document.xpath("//nav[@class='languages']//a")}
    assert choice == {
        other: invited.address if other == settings.LANGUAGE_CODE else f"/{other}{invited.address}"
        for other, _name in settings.LANGUAGES
    }
    assert document.xpath("//link[@rel='canonical' or @hreflang]") == [], "nobody else is told the address"
    sent = client.post(address, NOTE)
    assert sent.headers["Location"] == f"{address}?sent=1#note"


def test_what_is_refused_is_refused_in_the_pages_language(invited, client, settings) -> None:
    address = f"/tr{invited.address}"
    assert "Notunuz ulaştı" in client.get(f"{address}?sent=1").content.decode()
    missing = client.post(address, {**NOTE, "text": ""}).content.decode()
    assert "Henüz hiçbir şey gönderilmedi." in missing
    assert "Bu alan zorunlu." in missing
    for number in range(experts.MOST_NOTES):
        experts.leave_note(link=invited.link, at=timezone.now(), **{**NOTE, "text": f"{number}", "may_be_named": True})
    full = client.post(address, NOTE)
    assert (full.status_code, "Bu bağlantı artık not almıyor." in full.content.decode()) == (403, True)
    settings.EXPERT_NOTE_RATE = "1/day"
    waits = [client.post(address, NOTE) for _ in range(2)][-1]
    assert (waits.status_code, "Notunuz hâlâ burada" in waits.content.decode()) == (429, True)
    closed = client.get("/tr/expert/nothing/")
    assert (closed.status_code, headers(closed)) == (404, HIDDEN)
    assert "Bu bağlantı çalışmıyor" in closed.content.decode()
    assert "nothing" not in closed.content.decode(), "a wrong secret is not repeated"


def test_other_methods_are_refused(invited, client) -> None:
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(invited.address).status_code == 405
    assert client.head(invited.address).status_code == 200


def test_no_log_line_has_a_secret(invited, client, caplog, settings) -> None:
    assert settings.LOGGING["formatters"]["text"]["()"] == "factcheck.insight.log_lines.TextFormatter"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"text"}
    client.get("/expert/wrong-secret/")
    client.get("/az/expert/wrong-secret/")
    client.get(invited.address)
    client.post(invited.address + "more/")
    line = TextFormatter("{levelname} {message}", style="{")
    written = "\n".join(line.format(record) for record in caplog.records)
    assert "wrong-secret" not in written
    assert invited.secret not in written
    try:
        raise ValueError(f"Something about https://site.example{invited.address}?x=1")
    except ValueError as error:
        record = logging.LogRecord("x", 40, "", 0, "%s", (invited.address,), (ValueError, error, error.__traceback__))
    assert line.format(record).count("/expert/…/") == 2
    assert invited.secret not in line.format(record)


@pytest.mark.parametrize("model", [Address, Comment, ExpertLink, ExpertNote, Dependency])
def test_readers_may_not_look_at_any_of_it(model) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(model.objects.using("readers").all())
