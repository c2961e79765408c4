"""The review page: what is on it, who may do what there, what is refused and how."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Change, Claim, Comment, Rating, Reading, SecondVerdict, Tick
from articles.selectors.verification import statements
from articles.services.claims import claims
from articles.services.verification import readings, second_verdicts
from desk.http import versions
from tests import newsroom
from tests.articles.verification.test_review import EXPLANATION, explain, in_review
from tests.desk import pages
from tests.newsroom import AT

pytestmark = pytest.mark.django_db


def at(claim: Claim, name: str = "review", *args: str) -> str:
    return reverse(f"admin:articles_claim_{name}", args=[claim.pk, *args])


def post(client: Client, address: str, **sent: Any) -> Any:
    return client.post(address, json.dumps(sent), content_type="application/json")


def test_the_page_is_for_reading_and_has_figures_beside_their_sources(people: SimpleNamespace) -> None:
    claim = in_review(people)
    page = pages.signed_in(people.checker).get(at(claim))
    said = pages.text_of(page)
    assert "The sum of 86,600 crowns was paid in full by 2019." in said
    assert "Calculated: 11,800 ÷ 86,600 = 13.63 %" in said
    assert "No evidence has this figure." in said
    assert f"0 of {len(statements.of_claim(claim))} ticked" in said
    html = page.content.decode()
    assert 'name="summary"' not in html
    assert 'name="explanation_html"' not in html
    assert html.count('class="review-item review-figure review-open"') >= 4


def test_what_changed_since_the_sending_back_is_marked_and_can_be_chosen(people: SimpleNamespace) -> None:
    claim = newsroom.take(in_review(people), "send_back", people.checker, comment="Which city?")
    explain(claim, people.reporter, EXPLANATION.replace("The city says", "The mayor of Lindholm says"))
    claim = newsroom.take(Claim.objects.get(pk=claim.pk), "submit", people.reporter)
    client = pages.signed_in(people.checker)
    page = client.get(at(claim)).content.decode()
    assert '<del data-change="1">city</del><ins data-change="1">mayor of Lindholm</ins>' in page
    assert "1 change in the words since it was sent back" in pages.text_of(client.get(at(claim)))
    assert "“<bdi>Which city?</bdi>”" in page
    for since in ("none", "published", "nonsense\x00"):
        assert client.get(at(claim), {"since": since}).status_code == 200
    assert "<ins" not in client.get(at(claim), {"since": "none"}).content.decode()


def test_text_of_the_claim_is_never_markup(people: SimpleNamespace) -> None:
    claim = in_review(people)
    claims.edit(claim=claim, by=people.reporter, at=AT, version=claim.version, text="<img src=x> cost 12 <b>crowns")
    page = pages.signed_in(people.checker).get(at(claim)).content.decode()
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt; cost <span" in page


def test_opening_the_page_is_noted_and_approving_needs_it(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    data = {"step": "approve", "comment": "Compared.", "_version": versions.sign(claim)}
    assert "have not opened it as it is now" in pages.text_of(client.post(at(claim), data))
    assert Claim.objects.get().stage == "review"
    client.get(at(claim))
    assert Reading.objects.get().user == people.checker
    assert "Approve: done." in pages.text_of(client.post(at(claim), data, follow=True))
    assert Claim.objects.get().stage == "approved"
    said = pages.text_of(pages.signed_in(people.editor).get(at(claim)))
    assert f"approved by {people.checker.display_name()}" in said
    assert "“Compared.”" in said


def test_open_ticks_ask_for_a_reason_and_what_was_typed_stays(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    client.get(at(claim))
    data = {"step": "approve", "comment": "", "_version": versions.sign(claim)}
    assert "Say why you approve it all the same." in pages.text_of(client.post(at(claim), data))
    refused = client.post(at(claim), data | {"comment": "x" * 2001})
    assert refused.status_code == 200
    assert "x" * 2001 in refused.content.decode()
    stale = client.post(at(claim), data | {"comment": "I compared them.", "_version": "forged"}, follow=True)
    assert "You had written: “I compared them.”" in pages.text_of(stale)
    assert Claim.objects.get().stage == "review"


def test_sending_back_needs_words(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    data = {"step": "send_back", "comment": " ", "_version": versions.sign(claim)}
    assert "Say what is missing" in pages.text_of(client.post(at(claim), data))
    client.post(at(claim), data | {"comment": "The year."})
    assert Claim.objects.get().stage == "checking"
    assert client.get(at(claim)).status_code == 302  # nothing to review any more
    assert client.post(at(claim), {"step": "publish"}).status_code == 302


def test_who_is_called_when_a_claim_is_sent_back_has_it_in_the_inbox(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    page = client.get(at(claim)).content.decode()
    field = page[page.index('id="send_back_comment"') - 300 :][:600]
    assert f'data-mentions="{reverse("admin:collaboration_colleagues")}"' in field
    data = {"step": "send_back", "_version": versions.sign(claim)}
    refused = client.post(at(claim), data | {"comment": "Ask @nobody-here for the year."})
    assert "Nobody on the desk is called @nobody-here." in pages.text_of(refused)
    assert "Ask @nobody-here for the year." in refused.content.decode()
    assert Claim.objects.get().stage == "review"
    client.post(at(claim), data | {"comment": f"Ask @{people.colleague.username} for the year."})
    comment = Comment.objects.get()
    assert Claim.objects.get().stage == "checking"
    assert (comment.text, comment.created_by) == (f"Ask @{people.colleague.username} for the year.", people.checker)
    assert [one.user for one in comment.addresses.all()] == [people.colleague]


def test_a_sending_back_that_calls_nobody_is_no_comment(people: SimpleNamespace) -> None:
    newsroom.take(in_review(people), "send_back", people.checker, comment="The year; write to desk@city.example.")
    assert not Comment.objects.exists()


def test_somebody_who_left_is_not_called_by_a_sending_back(people: SimpleNamespace) -> None:
    claim = in_review(people)
    people.colleague.is_active = False
    people.colleague.save()
    data = {"_version": versions.sign(claim), "comment": f"@{people.colleague.username} knows the year."}
    for address, more in ((at(claim), {"step": "send_back"}), (pages.address_of_step(claim, "send_back"), {})):
        said = pages.text_of(pages.signed_in(people.checker).post(address, data | more))
        assert f"(@{people.colleague.username}) does not work on this desk any more." in said
    assert Claim.objects.get().stage == "review"


def test_a_reason_is_asked_for_only_where_the_claim_can_be_approved(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    assert 'id="approve_comment"' in client.get(at(claim)).content.decode()
    newsroom.take(claim, "approve", people.checker)
    page = client.get(at(claim)).content.decode()
    assert 'id="review-approve"' in page
    assert 'id="approve_comment"' not in page


def test_ticks_are_set_and_taken_back_by_those_who_may(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    items = statements.of_claim(claim)
    answer = post(client, at(claim, "review_ticks"), key=items[0].key, is_ticked=True)
    assert answer.json() == {
        "tick": {"by": people.checker.display_name(), "at": answer.json()["tick"]["at"]},
        "ticked": 1,
        "total": len(items),
    }
    assert post(client, at(claim, "review_ticks"), key=items[0].key, is_ticked=False).json()["ticked"] == 0
    for who in (people.reporter, people.colleague):
        refused = post(pages.signed_in(who), at(claim, "review_ticks"), key=items[0].key, is_ticked=True)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert not Tick.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"key": "0" * 64, "is_ticked": True}, 409),
        ({"key": "short", "is_ticked": True}, 400),
        ({"is_ticked": True}, 400),
        ({"key": ["a"], "is_ticked": True}, 400),
        ({"key": {"a": 1}}, 400),
    ],
)
def test_a_tick_of_nothing_is_refused_in_words(people: SimpleNamespace, sent: dict[str, Any], status: int) -> None:
    answer = post(pages.signed_in(people.checker), at(in_review(people), "review_ticks"), **sent)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_comment_is_about_words_of_the_claim(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    sent = {"text": "@reporter which year?", "part": "explanation", "exact": "paid in full by 2019", "start": 60}
    answer = post(client, at(claim, "review_comments"), **sent)
    assert (answer.status_code, answer.json()["quoted"]) == (201, "paid in full by 2019")
    page = client.get(at(claim)).content.decode()
    assert f'data-comment="{Comment.objects.get().pk}"' in page
    claim_page = pages.text_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    assert "paid in full by 2019 @reporter which year?" in claim_page
    for change in ({"exact": "not there"}, {"text": ""}, {"exact": "x" * 600}, {"part": "slug"}, {"start": -1}):
        refused = post(client, at(claim, "review_comments"), **{**sent, **change})
        assert refused.status_code == 400, change
        assert refused.json()["errors"], change
    assert Comment.objects.count() == 1


def test_a_second_verdict_hides_the_first_on_every_page_until_it_is_given(people: SimpleNamespace) -> None:
    claim = in_review(people)
    explain(claim, people.reporter, "<p>The hidden explanation.</p>", summary="The hidden summary.", rating="false")
    checker, other = pages.signed_in(people.checker), pages.signed_in(people.second_checker)
    asked = checker.post(at(claim, "review_second", "ask"), {"person": people.second_checker.pk}, follow=True)
    assert "is asked for a verdict" in pages.text_of(asked)
    addresses = [at(claim), pages.page_of(claim), at(claim, "history"), at(claim, "step", "send_back")]
    addresses += [reverse("admin:articles_claim_changelist"), at(claim, "together"), at(claim, "evidence")]
    for address in addresses:
        seen = other.get(address, follow=True)
        assert seen.status_code == 200, address
        html = seen.content.decode()
        assert "hidden summary" not in html, address
        assert "hidden explanation" not in html, address
        assert "desk-rating-negative" not in html, address
    give = at(claim, "review_second", "give")
    typed = other.post(give, {"reason": "Because."})
    assert "Choose a rating." in pages.text_of(typed)
    assert "Because." in typed.content.decode()
    rating = Rating.objects.current().get(key="true")
    given = other.post(give, {"rating": rating.pk, "reason": "The minutes."}, follow=True)
    assert "The hidden summary." in pages.text_of(given)
    assert "differs" in pages.text_of(checker.get(at(claim)))
    again = other.post(give, {"rating": rating.pk, "reason": "Again."}, follow=True)
    assert "given already" in pages.text_of(again)


def test_asking_for_a_second_verdict_says_what_is_wrong(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    for person in ("", people.checker.pk, people.reporter.pk, "99999", "x\x00"):
        answer = client.post(at(claim, "review_second", "ask"), {"person": person}, follow=True)
        assert answer.status_code == 200
    assert not SecondVerdict.objects.exists()
    assert client.post(at(claim, "review_second", "ask"), {"person": people.editor.pk}).status_code == 302
    row = SecondVerdict.objects.get()
    withdraw = at(claim, "review_second", "withdraw")
    assert client.post(withdraw, {"row": "x"}, follow=True).status_code == 200
    client.post(withdraw, {"row": row.pk})
    assert SecondVerdict.objects.get().withdrawn_at
    assert client.post(at(claim, "review_second", "nothing")).status_code == 404
    assert client.get(at(claim, "review_second", "ask")).status_code == 302


def test_who_may_only_look_sees_no_buttons(people: SimpleNamespace) -> None:
    claim = in_review(people)
    page = pages.signed_in(people.colleague).get(at(claim)).content.decode()
    assert 'id="review-approve"' not in page
    assert 'role="checkbox"' in page
    assert "disabled" in page
    assert Client().get(at(claim)).status_code == 302
    assert not Reading.objects.exists()


def test_what_no_person_saw_is_no_reading(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    assert client.head(at(claim)).status_code == 200
    assert client.get(at(claim), headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 200
    assert client.head(f"/api/v1/desk/claims/{claim.pk}/").status_code == 200
    assert not Reading.objects.exists()


def test_reading_writes_no_history_and_the_history_names_the_tick(people: SimpleNamespace) -> None:
    claim, client = in_review(people), pages.signed_in(people.checker)
    before = Change.objects.count()
    client.get(at(claim))
    assert Change.objects.count() == before
    post(client, at(claim, "review_ticks"), key=statements.of_claim(claim)[0].key, is_ticked=True)
    assert "Tick added" in pages.text_of(client.get(at(claim, "history")))


def test_a_withdrawn_request_is_answered_in_words(people: SimpleNamespace) -> None:
    claim = in_review(people)
    readings.note(claim=claim, by=people.checker, at=AT)
    row = second_verdicts.ask(claim=claim, person=people.second_checker, by=people.checker, at=AT)
    second_verdicts.withdraw(second=row, by=people.checker, at=AT)
    rating = Rating.objects.current().get(key="true")
    give = at(claim, "review_second", "give")
    answer = pages.signed_in(people.second_checker).post(give, {"rating": rating.pk, "reason": "Mine."})
    assert answer.status_code == 404
