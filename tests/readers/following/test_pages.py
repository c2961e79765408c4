"""Following by e-mail: a form without cookie or script, a button behind a link, and one click to leave."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles.models import Change
from followers.models import Follow, Follower, FollowState
from followers.services import following
from notifications.models import Message
from tests import newsroom
from tests.followers.reading import follow, is_known
from tests.readers.conftest import words

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
READER = "reader@mail.example"


@pytest.fixture
def claim(people: Any) -> Any:
    return newsroom.published(people, text="The bridge of Lindholm cost 12 million", topics=["Transport/Ferries"])


def ask(client: Client, page: str = "/corrections/", **given: str) -> Any:
    """Send the form of a page, as a browser does."""
    [form] = html.fromstring(client.get(page).content).xpath("//section[@class='follow']/form")
    fields = dict(form.form_values()) | {"email": READER} | given
    return client.post(form.action, fields)


def path_in(message: Message, part: str) -> str:
    """The path of a link of an e-mail: ``own`` page, or the one that ``stop``s."""
    found = re.findall(r"https?://[^/\s]+(/\S*follow/\S+)", message.text)
    return next(path for path in found if path.endswith("/stop/") == (part == "stop"))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/claims/{slug}/", "claim"),
        ("/topics/Transport/Ferries/", "topic"),
        ("/claimants/{claimant}/", "claimant"),
        ("/corrections/", "corrections"),
    ],
)
def test_each_page_has_a_form_and_only_a_pressed_button_confirms(path: str, kind: str, people: Any, now: Any) -> None:
    from articles.services.library import claimants

    mayor = claimants.add_claimant(by=people.reporter, at=now, name="Ingrid Sundqvist", kind="person", role="Mayor")
    claim = newsroom.published(people, claimant=mayor, topics=["Transport/Ferries"])
    client = Client(enforce_csrf_checks=True)
    sent = ask(client, path.format(slug=claim.slug, claimant="ingrid-sundqvist"))
    assert (sent.status_code, sent.headers["Location"]) == (303, "/follow/asked/")
    assert not sent.cookies
    [message] = Message.objects.all()
    own = path_in(message, "own")
    assert "Confirm" in words(html.fromstring(client.get(own).content))
    assert Follow.objects.get().confirmed_at is None, "a program that opens links confirms nothing"
    client.post(own, {"confirm": "1", "follow": str(Follow.objects.get().pk)})
    row = Follow.objects.get()
    assert row.confirmed_at is not None
    assert (row.kind, row.rhythm, row.asked) == (kind, "now", "")


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(claim: Any, client: Client) -> None:
    follow(READER)
    known, unknown = ask(client), ask(client, email="new@mail.example")
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.content == unknown.content


def test_an_address_gets_one_confirmation_an_hour_whose_link_leads_to_everything_asked(
    claim: Any, client: Client
) -> None:
    ask(client)
    ask(client, f"/claims/{claim.slug}/", email=READER.upper())
    [message] = Message.objects.all()
    page = html.fromstring(client.get(path_in(message, "own")).content)
    assert len(page.xpath("//input[@type='checkbox']")) == 2
    assert claim.text in words(page)


def test_a_network_that_asks_too_often_has_to_wait(client: Client, settings: Any) -> None:
    settings.FOLLOW_RATE = "1/hour"
    assert ask(client).status_code == 303
    refused = ask(client, email="other@mail.example")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert b"other@mail.example" in refused.content
    assert Follower.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "reader@",
        "a@b@c.example",
        "reader@mail.example\r\nBcc: all@mail.example",
        f"{'a' * 250}@mail.example",
        "читатель@mail.example",
        "reader@mail.example, other@mail.example",
        "reader@mail\x00.example",
    ],
)
def test_an_address_that_nobody_can_write_to_is_refused_in_words(address: str, client: Client) -> None:
    response = ask(client, email=address)
    assert response.status_code == 400
    assert html.fromstring(response.content).xpath("//p[@id='email-error']")
    assert not Follower.objects.exists()
    assert not Message.objects.exists()


def test_a_domain_of_other_letters_is_one_with_its_punycode(client: Client) -> None:
    ask(client, email="Reader@bücher.example")
    ask(client, email="reader@xn--bcher-kva.EXAMPLE")
    assert Follower.objects.get().email == "Reader@xn--bcher-kva.example"


def test_a_form_of_another_site_or_a_programs_is_refused(client: Client) -> None:
    given = {"email": READER, "rhythm": "now"}
    assert client.post("/follow/", given, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/follow/", given | {"website": "https://spam.example"}).status_code == 400
    assert client.post("/follow/", given | {"rhythm": "hourly"}).status_code == 400
    assert client.post("/follow/", given | {"claim": "no-such-claim"}).status_code == 404
    assert client.post("/follow/", given | {"topic": "No such topic"}).status_code == 404
    assert client.post("/follow/", given | {"topic": "No\x00such topic"}).status_code == 404
    assert not Follower.objects.exists()


def test_one_click_stops_and_erases_and_twice_still_says_done(claim: Any, client: Client) -> None:
    ask(client)
    [message] = Message.objects.all()
    stop = message.headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    follow_id = Follow.objects.get().pk
    client.post(path_in(message, "own"), {"confirm": "1", "follow": str(follow_id)})
    assert b"<button" in client.get(f"/{stop}").content
    assert Follow.objects.exists(), "a program that opens links stops nothing"
    for _ in range(2):
        done = Client(enforce_csrf_checks=True).post(f"/{stop}", {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert "You will not get these e-mails any more." in words(html.fromstring(done.content))
    assert not is_known(READER)
    assert FollowState.objects.get().left == 1
    again = client.get(path_in(message, "own"))
    assert "We have erased your address." in words(html.fromstring(again.content))


def test_the_page_of_an_address_stops_one_or_all(claim: Any, client: Client) -> None:
    ask(client)
    ask(client, f"/claims/{claim.slug}/")
    [message] = Message.objects.all()
    own = path_in(message, "own")
    ids = [str(pk) for pk in Follow.objects.values_list("pk", flat=True)]
    assert client.post(own, {"confirm": "1", "follow": [*ids, "x", "9" * 30]}).status_code == 303
    assert Follow.objects.confirmed().count() == 2
    client.post(own, {"stop": ids[0]})
    assert [str(row.pk) for row in Follow.objects.all()] == ids[1:]
    client.post(own, {"stop": "nonsense"})
    client.post(own, {"all": "1"})
    assert not is_known(READER)


def test_another_rhythm_has_to_be_confirmed_as_well(client: Client) -> None:
    row = follow(READER)
    ask(client, rhythm="weekly")
    row.refresh_from_db()
    assert (row.rhythm, row.asked) == ("now", "weekly")
    following.confirm(follower=row.follower_id, follows=[row.pk], at=timezone.now())
    row.refresh_from_db()
    assert (row.rhythm, row.asked) == ("weekly", "")


def test_what_nobody_confirms_is_erased_after_48_hours(claim: Any, client: Client) -> None:
    ask(client)
    follow("other@mail.example")
    ask(client, f"/claims/{claim.slug}/", email="other@mail.example")
    now = timezone.now()
    assert following.erase_unconfirmed(at=now + timedelta(hours=47)) == 0
    assert following.erase_unconfirmed(at=now + timedelta(hours=49)) == 2
    assert not is_known(READER)
    assert Follow.objects.get().kind == "corrections"


@pytest.mark.parametrize("token", ["x", "WzEsW11d:1x:abc", "a" * 300])
def test_a_link_that_is_not_ours_is_not_found(token: str, client: Client) -> None:
    for name in ("readers:follows", "readers:follow_stop"):
        assert client.get(reverse(name, args=[token])).status_code == 404
        assert client.post(reverse(name, args=[token])).status_code == 404


def test_where_no_email_leaves_there_is_no_form(claim: Any, client: Client, settings: Any) -> None:
    settings.FOLLOW_BY_EMAIL = False
    assert b'class="follow"' not in client.get(f"/claims/{claim.slug}/").content
    assert client.get("/follow/").status_code == 404
    assert client.post("/follow/", {"email": READER, "rhythm": "now"}).status_code == 404


def test_the_readers_connection_and_the_history_know_no_address(client: Client) -> None:
    ask(client)
    assert not Change.objects.filter(after__icontains=READER).exists()
    with connections["readers"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("SELECT email FROM followers_follower")
