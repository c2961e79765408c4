"""The inbox: which rows whom it shows, one act for each, and what can be marked as done."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from lxml import html

from accounts.models import User
from articles.models import Address, Claim
from articles.services import reports
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies, experts
from tests import newsroom
from tests.desk import statements
from tests.desk.pages import page_of, signed_in, text_of
from tests.newsroom import AT
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db
INBOX = "/admin/inbox/"


def groups(user: User) -> dict[str, list[str]]:
    """The words of each row, by group."""
    root = html.fromstring(signed_in(user).get(INBOX).content.decode())
    return {
        section.get("id"): [" ".join(row.text_content().split()) for row in section.xpath(".//li")]
        for section in root.xpath("//main//section[@id]")
    }


def assigned(claim: Claim, to: User, by: User, **fields) -> Claim:
    return claims.edit(claim=claim, assignee=to, by=by, at=AT, version=claim.version, **fields)


def test_the_first_page_of_the_desk_is_the_inbox(people) -> None:
    client = signed_in(people.reporter)
    for address in (INBOX, reverse("admin:index")):
        page = client.get(address)
        assert "You are done." in text_of(page)
        assert not html.fromstring(page.content.decode()).xpath("//main//section[@id]"), "empty groups are not drawn"


def test_claims_that_are_only_marked_stay_with_their_article(people) -> None:
    article = newsroom.article(people.reporter)
    given = {"article_version": article.current_version(), "by": people.reporter, "at": AT}
    for quote in ("The old ferry made 20 trips", "Critics call it too narrow"):
        claim = newsroom.draft(people.reporter, assignee=people.reporter)
        claims.mark(claim=claim, exact=quote, version=claim.version, **given)
    other = newsroom.draft(people.reporter, assignee=people.reporter, text="Entered without an article")
    found = groups(people.reporter)
    assert set(found) == {"marked", "assigned"}
    assert found["marked"] == [f"{article.title} 2 claims marked in this article Open article"]
    assert [other.text in row for row in found["assigned"]] == [True]


def test_a_claim_that_was_sent_back_says_by_whom_and_why(people) -> None:
    claim = newsroom.in_stage("review", people)
    assert set(groups(people.reporter)) == set()
    newsroom.take(claim, "send_back", people.checker, comment="Page 4 says 14 million.")
    [row] = groups(people.reporter)["sent-back"]
    assert row.startswith("Checker Test sent back")
    assert "Page 4 says 14 million." in row


def test_reviews_are_for_those_who_may_do_them(people) -> None:
    newsroom.in_stage("review", people, text="By the reporter")
    own = newsroom.complete(people.checker, text="By the checker")
    newsroom.take(own, "submit", people.checker)
    assert "review" not in groups(people.reporter)
    assert ["By the reporter" in row for row in groups(people.checker)["review"]] == [True]
    assert len(groups(people.editor)["review"]) == 2


def test_approved_claims_are_for_those_who_publish(people) -> None:
    newsroom.in_stage("approved", people)
    assert groups(people.editor)["approved"][0].endswith("Publish…")
    assert "approved" not in groups(people.checker)


def test_approved_claims_wait_for_others_where_one_may_not_publish(people) -> None:
    claim = newsroom.in_stage("approved", people, assignee=people.reporter, due_on=date(2026, 1, 1))
    page = text_of(signed_in(people.reporter).get(INBOX))
    assert "You are done." in page
    assert claim.text in page.partition("Waiting for others")[2]
    assigned(claim, people.editor, people.editor)
    assert "Waiting for others" not in text_of(signed_in(people.editor).get(INBOX))


def test_overdue_claims_of_others_are_for_editors(people) -> None:
    claim = newsroom.draft(people.reporter, due_on=localdate() - timedelta(days=2))
    assigned(claim, people.reporter, people.editor)
    assert groups(people.reporter)["overdue"][0].startswith("2 days late")
    assert groups(people.editor)["late-others"][0].startswith("2 days late")
    assert "late-others" not in groups(people.checker)


def test_a_mention_is_marked_as_read(people) -> None:
    claim = newsroom.draft(people.reporter)
    first = comments.write(claim=claim, text="@checker which year?", by=people.reporter, at=AT).comment
    article = newsroom.article(people.reporter)
    comments.write(article=article, text="@checker complete?", by=people.reporter, at=AT)
    client = signed_in(people.checker)
    root = html.fromstring(client.get(INBOX).content.decode())
    links = root.xpath("//section[@id='mentions']//a[@data-open]/@href")
    assert f"{page_of(claim)}#comment-{first.pk}" in links
    assert any(link.startswith(reverse("admin:articles_article_desk", args=[article.pk])) for link in links)
    address = reverse("admin:inbox_done")
    done = client.post(address, {"kind": "mention", "row": first.pk}, headers={"accept": "application/json"})
    assert done.json()["message"] == "Marked as read."
    assert Address.objects.get(comment=first).seen_at
    assert len(groups(people.checker)["mentions"]) == 1
    root = html.fromstring(client.get(INBOX).content.decode())
    assert root.xpath("//h2[@id='done-heading']/..//a")[0].text == claim.text


@pytest.mark.parametrize("row", ["999", "x", "", "-1", "9" * 30])
def test_what_is_not_there_cannot_be_marked_as_done(row: str, people) -> None:
    client = signed_in(people.checker)
    for kind in ("mention", "note", "claim", ""):
        assert client.post(reverse("admin:inbox_done"), {"kind": kind, "row": row}).status_code == 404
    assert client.get(reverse("admin:inbox_done")).status_code == 405


def test_marking_does_not_reach_mentions_of_others(people) -> None:
    comment = comments.write(
        claim=newsroom.draft(people.reporter), text="@checker which year?", by=people.reporter, at=AT
    ).comment
    signed_in(people.editor).post(reverse("admin:inbox_done"), {"kind": "mention", "row": comment.pk})
    assert Address.objects.get().seen_at is None


def test_what_comes_from_outside_is_for_those_who_decide(people) -> None:
    published = newsroom.published(people)
    words = {"what": "It cost 14 million", "email": "reader@mail.example"}
    reports.receive(form="1", claim_id=published.pk, revision=1, at=AT, **words)
    assert "It cost 14 million" in groups(people.checker)["reports"][0]
    assert "reports" not in groups(people.reporter)


def test_a_note_of_an_expert_is_marked_as_read(people) -> None:
    claim, at = newsroom.draft(people.reporter, assignee=people.reporter), timezone.now()
    link, _ = experts.invite(claim=claim, invited="A", question="?", days=7, by=people.editor, at=at)
    given = {"name": "Ada", "expertise": "x", "text": "It is wide.", "interests": "z", "may_be_named": False}
    note = experts.leave_note(link=link, at=at, **given)
    assert groups(people.reporter)["notes"][0].startswith("Ada sent a note")
    signed_in(people.reporter).post(reverse("admin:inbox_done"), {"kind": "note", "row": note.pk})
    assert "notes" not in groups(people.reporter)


def test_what_waits_for_others_is_listed_apart(people) -> None:
    claim = newsroom.in_stage("review", people, assignee=people.reporter)
    past = {"since": date(2026, 1, 1), "until": date(2026, 1, 9)}
    dependencies.begin(claim=claim, kind="document", note="The accounts", by=people.reporter, at=AT, **past)
    dependencies.begin(claim=claim, kind="review", colleague=people.editor, by=people.reporter, at=AT)
    page = text_of(signed_in(people.reporter).get(INBOX))
    assert "Waiting for others" in page
    assert "The accounts" in page
    assert groups(people.editor)["mentions"][0].startswith("Reporter Test asks for your review")


def test_words_of_people_are_escaped(people) -> None:
    comments.write(
        claim=newsroom.draft(people.reporter, text="<b>bold</b>"),
        text="@checker <script>x</script>",
        by=people.reporter,
        at=AT,
    )
    page = signed_in(people.checker).get(INBOX).content.decode()
    assert "<script>x" not in page
    assert "<b>bold" not in page


def test_who_may_not_see_the_desk_gets_a_reason(people) -> None:
    stranger = signed_in(User.objects.create_user("stranger", is_staff=True))
    assert "Your role does not let you see claims" in text_of(stranger.get(reverse("admin:index")))
    assert stranger.get(INBOX).status_code == 403


def fill(people: SimpleNamespace, count: int, reviews: int) -> None:
    for number in range(reviews):
        newsroom.in_stage("review", people, text=f"Review {number}")
    for _ in range(count):
        newsroom.draft(people.editor, assignee=people.editor, due_on=date(2026, 1, 1))
        claim = newsroom.draft(people.reporter, assignee=people.reporter, due_on=date(2026, 1, 1))
        comments.write(claim=claim, text="@editor please", by=people.reporter, at=AT)


@sized
def test_the_inbox_costs_the_same_with_many_rows(people) -> None:
    client = signed_in(people.editor)
    fill(people, 1, 1)
    few = statements.of(client, INBOX)
    fill(people, 24, size(4, whole=24))
    assert statements.of(client, INBOX) == few
    assert len(few) <= 28
    assert "20+" in text_of(client.get(INBOX))
