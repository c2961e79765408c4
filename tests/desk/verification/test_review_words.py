"""Headline, key points and what is not known in review: shown, marked, ticked, commented, hidden."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from articles.models import Claim, Comment
from articles.selectors.verification import statements
from articles.services.claims import claims
from articles.services.verification import second_verdicts
from tests import newsroom
from tests.articles.verification.test_review import in_review
from tests.desk import pages
from tests.newsroom import AT

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {
    "headline": "The loan of 86,600 crowns is repaid",
    "key_points": ["The accounts show 11,800 crowns a year."],
    "unknowns": ["Who signed for the bank."],
}


def _with_words(people: SimpleNamespace, **words: Any) -> Claim:
    claim = in_review(people)
    return claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, **(words or WORDS))


def _review(claim: Claim) -> str:
    return reverse("admin:articles_claim_review", args=[claim.pk])


def test_the_review_page_shows_them_with_their_figures_and_the_names(people: SimpleNamespace) -> None:
    User.objects.filter(pk=people.reporter.pk).update(public_name="Rita Reporter")
    claim = _with_words(people)
    page = pages.signed_in(people.checker).get(_review(claim))
    said, html = pages.text_of(page), page.content.decode()
    for words in (WORDS["headline"], WORDS["key_points"][0], WORDS["unknowns"][0], "Rita Reporter"):
        assert words in said
    for part in ("headline", "key_points", "unknowns"):
        assert f'data-part="{part}"' in html
    found = {(item.part, item.words) for item in statements.of_claim(claim)}
    assert any(part == "headline" and "86,600" in words for part, words in found)
    assert any(part == "key_points" and "11,800" in words for part, words in found)


def test_a_changed_headline_is_marked_since_the_sending_back(people: SimpleNamespace) -> None:
    claim = newsroom.take(_with_words(people), "send_back", people.checker, comment="Which loan?")
    given: dict[str, Any] = {"by": people.reporter, "at": AT, "version": claim.version}
    claim = claims.edit(claim=claim, headline="The bridge loan of 86,600 crowns is repaid", **given)
    claim = newsroom.take(claim, "submit", people.reporter)
    html = pages.signed_in(people.checker).get(_review(claim)).content.decode()
    assert "1 change in the words" in pages.text_of(pages.signed_in(people.checker).get(_review(claim)))
    assert "bridge</ins>" in html or "bridge </ins>" in html


def test_a_comment_can_be_about_the_headline(people: SimpleNamespace) -> None:
    claim = _with_words(people)
    sent = {"text": "Is it?", "part": "headline", "exact": "is repaid", "start": 28}
    address = reverse("admin:articles_claim_review_comments", args=[claim.pk])
    client = pages.signed_in(people.checker)
    answer = client.post(address, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert f'data-comment="{Comment.objects.get().pk}"' in client.get(_review(claim)).content.decode()


def test_who_is_asked_for_a_second_verdict_does_not_see_them(people: SimpleNamespace) -> None:
    claim = _with_words(people)
    second_verdicts.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    other = pages.signed_in(people.second_checker)
    for address in (_review(claim), pages.page_of(claim)):
        assert "is repaid" not in other.get(address, follow=True).content.decode()
