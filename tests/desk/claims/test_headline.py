"""Headline, key points, what is not known and authors on the claim's page, without scripts."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from articles.models import Claim
from tests import newsroom
from tests.desk.pages import form_of, page_of, save, signed_in, text_of

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {
    "headline": "The bridge cost 17 million, not 12",
    "key_points": "The accounts give 17.4 million.\r\n\r\n  The budget was 12 million.  \r\n",
    "unknowns": "Who decided about the second contract.",
}


def test_the_words_are_typed_and_shown_again(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    desk = signed_in(people.reporter)
    assert save(desk, page_of(claim), **WORDS).status_code == 302
    stored = Claim.objects.get(pk=claim.pk)
    assert stored.headline == WORDS["headline"]
    assert stored.key_points == ["The accounts give 17.4 million.", "The budget was 12 million."]
    assert stored.unknowns == [WORDS["unknowns"]]
    shown = form_of(desk.get(page_of(claim)))
    assert shown["key_points"] == "The accounts give 17.4 million.\nThe budget was 12 million."


def test_lines_that_did_not_change_are_no_change(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter, key_points=["One", "Two"])
    assert save(signed_in(people.reporter), page_of(claim), key_points="One\r\nTwo\r\n").status_code == 302
    assert Claim.objects.get(pk=claim.pk).version == claim.version


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("headline", "x" * 300, "at most 110 characters (it has 300)"),
        ("headline", "a\x00b", "Null characters are not allowed"),
        ("headline", "10 \u202enoillim\u202c", "reverse the order of its letters"),
        ("key_points", "1\n2\n3\n4\n5", "Write at most 4, each on a line of its own: there are 5."),
        ("key_points", "one\n" + "x" * 241, "Line 2 has 241 characters: at most 240 are possible."),
        ("unknowns", "x" * 301, "Line 1 has 301 characters: at most 300 are possible."),
        ("chosen_authors", ["999999"], "Choose authors among the people who work at the desk now."),
        ("chosen_authors", ["nobody"], "Select a valid choice."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_stays_typed(
    people: SimpleNamespace, field: str, typed: Any, said: str
) -> None:
    claim = newsroom.complete(people.reporter)
    refused = save(signed_in(people.reporter), page_of(claim), **{"summary": "Another summary.", field: typed})
    assert refused.status_code == 200
    assert said in text_of(refused)
    assert form_of(refused)["summary"] == "Another summary."
    assert Claim.objects.get(pk=claim.pk).version == claim.version


def test_one_long_word_and_four_scripts_are_kept(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    desk = signed_in(people.reporter)
    for words in ("x" * 90, "Bridge мост جسر կամուրջ"):
        assert save(desk, page_of(claim), headline=words).status_code == 302
        assert Claim.objects.get(pk=claim.pk).headline == words


def test_the_editor_chooses_authors_and_sees_whom_readers_do_not_see(people: SimpleNamespace) -> None:
    User.objects.filter(pk=people.colleague.pk).update(public_name="Cora Colleague")
    claim = newsroom.complete(people.reporter)
    desk = signed_in(people.editor)
    page = text_of(desk.get(page_of(claim)))
    assert "Cora Colleague" in page
    assert f"{people.reporter.display_name()} (readers do not see this name)" in page
    chosen = [str(people.colleague.pk), str(people.reporter.pk)]
    assert save(desk, page_of(claim), chosen_authors=chosen).status_code == 302
    assert set(Claim.objects.get(pk=claim.pk).chosen_authors) == {people.colleague.pk, people.reporter.pk}


def test_an_author_who_left_is_still_shown_and_stays_chosen(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter, chosen_authors=[people.colleague.pk])
    User.objects.filter(pk=people.colleague.pk).update(is_active=False, public_name="Cora Colleague")
    desk = signed_in(people.reporter)
    assert "Cora Colleague" in text_of(desk.get(page_of(claim)))
    assert save(desk, page_of(claim), headline="A headline").status_code == 302
    assert Claim.objects.get(pk=claim.pk).chosen_authors == [people.colleague.pk]


def test_a_published_claim_shows_the_words_and_has_no_fields_for_them(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, headline="A headline", key_points=["A point"], unknowns=["An open question"])
    answer = signed_in(people.reporter).get(page_of(claim))
    for words in ("A headline", "A point", "An open question"):
        assert words in text_of(answer)
    assert "headline" not in form_of(answer)
