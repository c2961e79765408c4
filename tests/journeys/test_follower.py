"""A reader follows the lead story, hears once of its correction, and leaves with one click."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles.models import Claim, Rating
from jobs import work
from notifications.services import sending
from tests import newsroom
from tests.desk import pages
from tests.followers.reading import is_known
from tests.lib.safehttp.test_client import HERE
from tests.notifications.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
READER = "reader@mail.example"


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def deliver(mail: MailServer) -> Callable[[], list[EmailMessage]]:
    """Let the worker do its jobs; the e-mails to the reader that came of it."""

    def work_once() -> list[EmailMessage]:
        known = len(mail.to(READER))
        work.tell_followers()
        sending.send_due(at=timezone.now() + timedelta(seconds=1), policy=HERE)
        return mail.to(READER)[known:]

    return work_once


def part(message: EmailMessage, kind: str) -> str:
    """The text or the HTML of an e-mail."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def links_of(message: EmailMessage) -> list[str]:
    """The addresses of the HTML, which the text has too."""
    found = [str(one) for one in html.fromstring(part(message, "html")).xpath("//a/@href")]
    assert set(found) == set(re.findall(r"https?://\S+", part(message, "plain")))
    return found


def path(address: str) -> str:
    return urlsplit(address).path


def pin_as_editor(claim: Claim, people: SimpleNamespace) -> None:
    """Press "Pin to the front page" on the claim's page at the desk."""
    editor = pages.signed_in(people.editor)
    address = reverse("admin:articles_claim_pin", args=[claim.pk])
    assert address in editor.get(pages.page_of(claim)).content.decode()
    assert "It leads the front page until" in pages.text_of(
        editor.post(address, pages.form_of(editor.get(address)), follow=True)
    )


def correct(claim: Claim, people: SimpleNamespace, rating: str, summary: str, note: str) -> None:
    """A re-check by the checker, another verdict by the reporter, an approval, and a correction by the editor."""
    reporter, checker, editor = map(pages.signed_in, (people.reporter, people.checker, people.editor))
    pages.press(checker, claim, "recheck")
    chosen = Rating.objects.current().get(key=rating).pk
    pages.save(reporter, pages.page_of(claim), rating=chosen, summary=summary)
    pages.press(reporter, claim, "submit")
    pages.approve(checker, claim)
    pages.confirm(editor, claim, "publish", change="correction", severity="verdict", note=note)
    assert newsroom.record_of(claim).document()["corrections"][-1]["note"] == note


def follow_the_lead(reader: Client) -> None:
    """From the front page to its lead story, and the form there."""
    [lead] = html.fromstring(reader.get("/").content).xpath("(//section[@class='lead']//a/@href)[1]")
    [form] = html.fromstring(reader.get(lead).content).xpath("//section[@class='follow']/form")
    answer = reader.post(form.action, dict(form.form_values()) | {"email": READER})
    assert answer.status_code == 303
    assert not answer.cookies


def confirm(reader: Client, letter: EmailMessage) -> None:
    """Open the link of the first e-mail and press its button. A program that only opens it confirms nothing."""
    address = next(path(one) for one in links_of(letter) if not one.endswith("/stop/"))
    document = html.fromstring(reader.get(address).content)
    [form] = document.xpath("//form[.//button[@name='confirm']]")
    reader.post(address, dict(form.form_values()) | {"confirm": "1"})


def test_a_follower_of_the_lead_story_gets_one_email_about_its_correction(
    people: SimpleNamespace, deliver: Callable[[], list[EmailMessage]], settings: Any
) -> None:
    story = newsroom.published(people, text="The new bridge of Lindholm cost 12 million crowns")
    newsroom.published(people, text="The ferry was sold in 2019")
    reader = Client(enforce_csrf_checks=True)
    pin_as_editor(story, people)
    follow_the_lead(reader)

    [asking] = deliver()
    assert story.text in part(asking, "plain")
    assert "List-Unsubscribe" in asking
    correct(story, people, "misleading", "It was the budget.", "We took the budget for the cost.")
    assert deliver() == [], "nobody has confirmed yet"
    confirm(reader, asking)
    assert deliver() == [], "what was published before is no news"

    correct(story, people, "false", "It cost 14 million.", "The final accounts say 14 million.")
    [letter] = deliver()
    for kind in ("plain", "html"):
        told = part(letter, kind)
        assert story.text in told
        assert "Old verdict: Misleading" in told
        assert "New verdict: False" in told
        assert "The final accounts say 14 million." in told
    assert f"{settings.SITE_URL}/claims/{story.slug}/" in links_of(letter)
    assert "Corrected" in str(letter["Subject"])
    assert deliver() == [], "nothing is sent twice"

    stop = path(str(letter["List-Unsubscribe"]).strip().strip("<>"))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reader.get(stop).status_code == 200
    assert is_known(READER), "opening the link stops nothing"
    answer = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not is_known(READER)
    correct(story, people, "true", "It cost 12 million after all.", "The final accounts were wrong.")
    assert deliver() == []
