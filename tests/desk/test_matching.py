"""Like claims on the desk: the answer while typing, the lists on the page, the pages that make and undo a repeat."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Claim
from lib.refusals import StaleError
from tests import newsroom
from tests.desk.pages import form_of, page_of, signed_in, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/articles/claim/similar/"


def test_the_answer_says_what_is_there_how_it_was_rated_and_why_it_is_shown(people: SimpleNamespace) -> None:
    public = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns", rating="false")
    mine = newsroom.draft(people.reporter, text="The bridge in Velmstad cost 48 million crowns")
    client = signed_in(people.reporter)
    answer = client.get(ADDRESS, {"text": "Velmstad bridge: 47 million!", "language": "en", "exclude": str(mine.pk)})
    (row,) = answer.json()["results"]
    assert (row["id"], row["stage"], row["rating_label"], row["rating_tone"]) == (
        str(public.pk),
        "published",
        "False",
        "negative",
    )
    assert (row["common"], row["why"]) == (
        ["Velmstad", "bridge", "47", "million"],
        "In common: Velmstad, bridge, 47, million",
    )
    assert (row["url"], row["public_url"]) == (page_of(public), f"/claims/{public.slug}/")
    assert row["repeat_url"] == reverse("admin:articles_claim_repeat", args=[mine.pk, public.pk])
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "query",
    [
        {"text": "a\x00b"},
        {"text": "a", "language": "!"},
        {"text": "a", "language": "\x00"},
        {"text": "a", "exclude": "no id"},
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(people: SimpleNamespace, query: dict[str, str]) -> None:
    answer = signed_in(people.reporter).get(ADDRESS, query)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_nothing_is_asked_and_a_novel_is_asked(people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    assert client.get(ADDRESS).json() == {"results": []}
    assert client.post(ADDRESS, {"text": "a " * 50_000}).status_code == 405
    assert client.get(ADDRESS, {"text": "слово 😀 " * 500}).json() == {"results": []}


def test_nobody_outside_the_desk_is_answered(people: SimpleNamespace) -> None:
    assert Client().get(ADDRESS, {"text": "bridge"}).status_code == 302
    people.reporter.groups.clear()
    assert signed_in(people.reporter).get(ADDRESS, {"text": "bridge"}).status_code == 403


def test_without_scripts_the_page_lists_like_claims_and_precedents(people: SimpleNamespace) -> None:
    newsroom.published(people, text="The Velmstad bridge cost 47 million crowns", rating="false")
    mine = newsroom.draft(people.reporter, text="The bridge in Velmstad cost 48 million crowns")
    client = signed_in(people.reporter)
    page = client.get(page_of(mine))
    words = text_of(page)
    assert "Already checked?" in words
    assert "In common: Velmstad, bridge, cost, million, crowns" in words
    assert "How similar claims were rated" in words
    assert b"desk/matching/similar.js" in page.content
    assert "Already checked?" in text_of(client.get(reverse("admin:articles_claim_add")))


def test_one_click_makes_it_a_repeat_and_another_undoes_it(people: SimpleNamespace) -> None:
    public = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    mine = newsroom.draft(people.reporter, text="The bridge in Velmstad cost 48 million crowns")
    client = signed_in(people.reporter)
    address = reverse("admin:articles_claim_repeat", args=[mine.pk, public.pk])
    asked = client.get(address)
    assert "passages are added when that claim is checked again" in text_of(asked)
    assert "Start a re-check" not in text_of(asked)  # which is for checkers
    assert "Start a re-check" in text_of(signed_in(people.checker).get(address))
    done = client.post(address, form_of(asked), follow=True)
    assert "The claim is dropped as a duplicate." in text_of(done)
    assert Claim.objects.get(pk=mine.pk).stage == "dropped"
    assert StaleError.TEXT in text_of(client.post(address, form_of(asked), follow=True))
    assert "Dropped as a duplicate of “The Velmstad bridge" in text_of(client.get(page_of(mine)))
    undo = reverse("admin:articles_claim_undo_repeat", args=[mine.pk])
    client.post(undo, form_of(client.get(undo)))
    assert Claim.objects.get(pk=mine.pk).stage == "draft"


def test_waiting_passages_are_taken_over_from_the_panel(people: SimpleNamespace) -> None:
    public = newsroom.published(people)
    client = signed_in(people.reporter)
    article = newsroom.article(people.reporter, title="A speech", body="We all paid for that bridge in Lindholm.")
    passage = reverse("admin:articles_claim_passage", args=[public.pk])
    passage += f"?article={article.pk}&quote=We all paid for that bridge"
    client.post(passage, form_of(client.get(passage)))
    page = text_of(client.get(page_of(public)))
    assert "1 passage of a duplicate is not taken over yet. That is possible once" in page
    public.refresh_from_db()
    public = newsroom.take(public, "recheck", people.checker)
    take_over = reverse("admin:articles_claim_take_over", args=[public.pk])
    assert take_over in client.get(page_of(public)).content.decode()
    client.post(take_over, form_of(client.get(take_over)))
    assert public.appearances.count() == 2


def test_pages_about_nothing_are_not_there(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    client = signed_in(people.reporter)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("admin:articles_claim_repeat", args=[claim.pk, nobody])).status_code == 404
    passage = reverse("admin:articles_claim_passage", args=[claim.pk])
    for query in ("", "?article=x&quote=y", "?quote=y", f"?article={nobody}&quote=y"):
        assert client.get(passage + query).status_code == 302
