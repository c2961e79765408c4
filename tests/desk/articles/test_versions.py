"""Bringing in a newer text, and deciding in its report: without scripts, as a form."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.choices import AnchorDecision, CaptureMethod
from articles.models import AnchorCheck, Appearance, Article, ArticleVersion, Claim
from articles.services.articles import fetching
from lib.safehttp.policy import Policy
from tests import newsroom
from tests.desk import pages
from tests.lib.safehttp.receivers import answer, receiver

pytestmark = pytest.mark.django_db
NEW = newsroom.BODY.replace("12 million", "14 million")


def report_of(article: Article, number: int = 2) -> str:
    return reverse("admin:articles_article_report", args=[article.pk, number])


@pytest.fixture
def client(people: SimpleNamespace) -> Client:
    return pages.signed_in(people.reporter)


@pytest.fixture
def changed(people: SimpleNamespace, client: Client) -> SimpleNamespace:
    """A claim whose article got a newer text through the page."""
    claim = newsroom.complete(people.reporter)
    article = Article.objects.get()
    response = pages.bring_in(client, article=str(article.pk), body=NEW)
    assert response.url == report_of(article)
    return SimpleNamespace(claim=Claim.objects.get(pk=claim.pk), article=article, check=AnchorCheck.objects.get())


def decide(client: Client, changed: SimpleNamespace, act: str, **more: Any) -> str:
    version = Claim.objects.get(pk=changed.claim.pk).version
    data = {"check": changed.check.pk, "version": version, "act": act, **more}
    return client.post(report_of(changed.article), data, follow=True).content.decode()


def test_a_passage_is_confirmed_and_taken_back(client: Client, changed: SimpleNamespace) -> None:
    page = client.get(report_of(changed.article)).content.decode()
    assert "0 of 1 decided" in page
    assert "<del>12</del><ins>14</ins>" in page
    assert "1 of 1 decided" in decide(client, changed, "confirm", candidate="0")
    assert Appearance.objects.get().exact == "the new bridge cost 14 million crowns"
    assert "0 of 1 decided" in decide(client, changed, "undo")
    assert "Marked as lost by" in decide(client, changed, "lost")


@pytest.mark.parametrize(
    "bad",
    [
        {"act": "confirm", "candidate": "9"},
        {"act": "confirm", "candidate": "-1"},
        {"act": "confirm", "candidate": "x"},
        {"act": "confirm"},
        {"act": "quote", "quote": ""},
        {"act": "quote", "quote": "never written"},
        {"act": "quote", "quote": "a\x00b"},
        {"act": "nothing"},
        {"act": "lost", "version": "1"},
        {"act": "lost", "version": ""},
        {"act": "exact", "exact": ["x:y", "1", "99999999999999999999:1"]},
        {"act": "confirm", "check": "9" * 30},
    ],
)
def test_bad_decisions_decide_nothing(client: Client, changed: SimpleNamespace, bad: dict[str, Any]) -> None:
    page = decide(client, changed, **bad)
    assert "Nothing was decided" in page or "0 confirmed" in page
    assert AnchorCheck.objects.get().decision == AnchorDecision.PENDING


def test_the_claim_and_the_landing_page_say_it(client: Client, changed: SimpleNamespace) -> None:
    assert "Moved: see the report" in client.get(pages.page_of(changed.claim)).content.decode()
    listed = client.get(reverse("admin:articles_claim_changelist"), {"passages": "unsettled"}).content.decode()
    assert str(changed.claim) in listed
    assert "Passages to confirm" in client.get(reverse("admin:index")).content.decode()


def test_exact_ones_are_confirmed_by_one_button(client: Client, people: SimpleNamespace) -> None:
    for _ in range(2):
        newsroom.complete(people.reporter)
    article = Article.objects.get()
    pages.bring_in(client, article=str(article.pk), body="A new first line.\n\n" + newsroom.BODY)
    page = client.get(report_of(article))
    assert "Confirm 2 exact passages at once" in page.content.decode()
    exact = [f"{check.pk}:{check.claim.version}" for check in page.context["exact"]]
    client.post(report_of(article), {"act": "exact", "exact": exact})
    assert {row.article_version.number for row in Appearance.objects.all()} == {2}


def test_what_differs_between_two_texts_is_readable(client: Client, changed: SimpleNamespace) -> None:
    address = reverse("admin:articles_article_comparison", args=[changed.article.pk, 2])
    page = client.get(address).content.decode()
    assert "1 paragraph differs" in page
    assert "<del>12</del><ins>14</ins>" in page
    assert client.get(reverse("admin:articles_article_comparison", args=[changed.article.pk, 1])).status_code == 200
    assert client.get(reverse("admin:articles_article_comparison", args=[changed.article.pk, 9])).status_code == 404


def test_a_corrected_address_that_is_known_is_said_before_anything_is_saved(
    client: Client, people: SimpleNamespace
) -> None:
    article = newsroom.article(people.reporter, url="https://herald.example/bridge")
    known = {"url": "https://herald.example/bridge?utm_source=x"}
    response = pages.bring_in(client, body=NEW, saved=known)
    assert "There is an article with this address:" in response.content.decode()
    assert ArticleVersion.objects.count() == 1
    client.post(reverse("admin:articles_article_add"), pages.form_of(response) | {"belongs": "newer"})
    assert article.current_version().number == 2


def test_a_known_address_can_be_said_to_be_another_article(client: Client, people: SimpleNamespace) -> None:
    article = newsroom.article(people.reporter, url="https://herald.example/bridge")
    response = pages.bring_in(client, body=NEW, saved={"url": "https://herald.example/bridge"})
    sent = pages.form_of(response) | {"belongs": "another", "title": "Another bridge"}
    client.post(reverse("admin:articles_article_add"), sent)
    assert article.current_version().number == 1
    assert Article.objects.get(title="Another bridge").current_version().number == 1


def test_a_text_whose_language_is_unknown_asks_for_it(client: Client) -> None:
    url = reverse("admin:articles_article_add")
    found = pages.form_of(client.post(url, {"body": "Kalbajar 2020"}))
    assert found["language"] == ""
    refused = client.post(url, found | {"title": "K"})
    assert "Choose the language of the text." in refused.content.decode()
    assert client.post(url, found | {"title": "K", "language": "az"}).status_code == 302
    assert Article.objects.get(title="K").language == "az"


def test_a_language_that_the_text_contradicts_is_asked_about(client: Client) -> None:
    words = "Belediye başkanı pazartesi günü köprünün on iki milyona mal olduğunu ve yıl sonunda açılacağını söyledi. "
    page = f"<html lang=en><body><article><p>{words * 3}</p><p>{words * 2}</p></article></body></html>"
    response = client.post(reverse("admin:articles_article_add"), {"body": page})
    assert "The page says that its language is English, but the text looks like Türkçe." in response.content.decode()
    assert pages.form_of(response)["language"] == "tr"


def test_an_address_is_fetched_shown_and_saved_as_what_it_was(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch_policy", lambda: Policy(http=True, loopback=True))
    html = (
        f"<html lang=en><body><article><p>{'</p><p>'.join(NEW.strip().split(chr(10) * 2))}</p></article></body></html>"
    )
    served = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(html)}\r\n\r\n{html}".encode()
    for correction, how in (("", CaptureMethod.ADDRESS), (" Corrected.", CaptureMethod.CORRECTED)):
        with receiver(answer(served)) as there:
            url = reverse("admin:articles_article_add")
            found = pages.form_of(client.post(url, {"url": there.url}))
        assert "14 million" in found["body"]
        saved = client.post(url, found | {"body": found["body"] + correction, "url": f"https://a.example/{how}"})
        assert saved.status_code == 302
        assert ArticleVersion.objects.latest("id").how == how


def test_a_refused_address_keeps_what_was_typed(client: Client) -> None:
    response = client.post(reverse("admin:articles_article_add"), {"url": "https://10.0.0.1/a"})
    assert "leads into a private network" in response.content.decode()
    assert pages.form_of(response)["url"] == "https://10.0.0.1/a"


def test_who_only_looks_is_not_asked(people: SimpleNamespace, changed: SimpleNamespace) -> None:
    people.colleague.groups.clear()
    looker = pages.signed_in(type(people.colleague).objects.get(pk=people.colleague.pk))
    assert looker.get(report_of(changed.article)).status_code == 403
    assert looker.post(report_of(changed.article), {"act": "lost"}).status_code == 403


def test_a_text_of_the_wrong_article_is_made_another_one(client: Client, people: SimpleNamespace) -> None:
    article = newsroom.article(people.reporter)
    pages.bring_in(client, body=NEW, article=str(article.pk))
    assert article.current_version().number == 2
    url = reverse("admin:articles_article_separate", args=[article.pk, 2])
    assert b"This text becomes an article of its own." in client.get(url).content
    response = client.post(url, {"title": "The other bridge", "url": "https://herald.example/other"})
    other = Article.objects.get(title="The other bridge")
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[other.pk])
    assert (article.current_version().number, other.current_version().number) == (1, 1)


def test_the_only_text_of_an_article_is_not_separated(client: Client, people: SimpleNamespace) -> None:
    article = newsroom.article(people.reporter)
    response = client.post(
        reverse("admin:articles_article_separate", args=[article.pk, 1]), {"title": "X"}, follow=True
    )
    assert "only text" in response.content.decode()
    assert Article.objects.count() == 1
