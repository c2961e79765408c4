"""What the desk's pages ask of the database, statement by statement, with one row and with twenty."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Claim
from articles.services import reports, submissions
from articles.services.claims import claims
from articles.services.collaboration import comments
from articles.services.evidence import evidence
from articles.services.submissions import Sender
from partners.models import Partner
from tests import newsroom
from tests.desk import statements
from tests.desk.pages import page_of, signed_in
from tests.sizes import size, sized

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

#: Of every page: who is signed in, what they may do (two statements), and the numbers in the menu.
EVERYWHERE = ["session", "user", "permission", "permission", "menu"]
CLAIM_PAGE = [
    *EVERYWHERE,
    "claim",  # with claimant, assignee and original
    "verdict",
    "appearance",  # with articles
    "evidence",  # with sources and copies
    "rightofreply",
    "relation",
    "publishedclaim",  # what readers see
    "count of appearance",  # passages that are no longer found
    "count of report",
    "appearance",  # passages of its repeats that wait
    "claim",  # its translations
    "comment",
    "expertnote",
    "wait",
    "expertlink",
    "search",  # claims like it, and its precedents
    "rating",
    "user",  # who works here
    "unsavedform",  # what this person typed and did not save
]
#: Whether somebody who wrote none of it edited it: since when to look, and what they changed.
CONTRIBUTION = ["change", "change"]
#: Where something is found by the search: the words in common, the claims, and what readers see of them.
LIKE = ["search", "claim", "publishedclaim"]


def add_evidence(people: SimpleNamespace, count: int) -> None:
    claim = Claim.objects.get()
    given: dict[str, Any] = {"stance": "supports", "locator": "p. 4", "by": people.reporter, "at": newsroom.AT}
    for _ in range(count):
        claim = evidence.add(claim=claim, source=newsroom.source(people.reporter), version=claim.version, **given).claim


@pytest.mark.parametrize("count", [1, 20])
def test_claim_page_budget(people: SimpleNamespace, count: int) -> None:
    claim = newsroom.draft(people.reporter)
    add_evidence(people, count)
    assert statements.of(signed_in(people.reporter), page_of(claim)) == sorted(CLAIM_PAGE)


@pytest.mark.parametrize(
    ("stage", "more", "fewer"),
    [
        ("checking", ["change"], []),  # whether it was sent back
        ("review", [], []),
        ("approved", ["group"], []),  # who may take the steps that this person may not
        ("published", ["group", "frontpin"], ["rating"]),
    ],
)
def test_claim_page_budget_of_somebody_who_wrote_none_of_it(
    people: SimpleNamespace, stage: str, more: list[str], fewer: list[str]
) -> None:
    claim = newsroom.in_stage(stage, people)
    expected = [*CLAIM_PAGE, *CONTRIBUTION, *more]
    for name in fewer:
        expected.remove(name)
    assert statements.of(signed_in(people.checker), page_of(claim)) == sorted(expected)


def test_claim_page_budget_with_like_claims_and_comments(people: SimpleNamespace) -> None:
    for number in range(3):
        newsroom.published(people, text=f"The Lindholm bridge cost 12 million crowns, said number {number}")
    claim = newsroom.in_stage("review", people, text="The Lindholm bridge cost 12 million crowns")
    comments.write(claim=claim, text="@checker please look", by=people.reporter, at=newsroom.AT)
    found = statements.of(signed_in(people.checker), page_of(claim))
    assert found == sorted([*CLAIM_PAGE, *CONTRIBUTION, *LIKE, "address"])
    assert len(found) <= 30


#: The review page of a claim, beside ``EVERYWHERE``; the same for any number of figures and sources.
REVIEW = [
    *EVERYWHERE,
    "claim",  # with claimant, assignee and original, and whether a second verdict is asked for
    "verdict",
    "appearance",  # with articles and the text around
    "evidence",
    "rightofreply",
    "relation",
    "secondverdict",  # whether the verdict is hidden
    "reading",  # whether it is noted already
    "tick",
    "comment",
    "change",  # the last sending back
    "change",  # who wrote the verdict
    "user",  # under which public names
    "record",  # the last publication
    "secondverdict",
    "secondverdict",  # which differ
    "publishedclaim",
    "count of appearance",
    *CONTRIBUTION,
    "reading",  # whether it was opened
    "reading",  # by whom
    "user",  # who can be asked for a second verdict
]


@pytest.mark.parametrize("count", [1, 20])
def test_review_page_budget(people: SimpleNamespace, count: int) -> None:
    claim = newsroom.complete(people.reporter)
    add_evidence(people, count)
    claim = newsroom.take(Claim.objects.get(), "submit", people.reporter)
    client, address = signed_in(people.checker), reverse("admin:articles_claim_review", args=[claim.pk])
    client.get(address)  # the first time it is noted, which is one statement more
    found = statements.of(client, address)
    assert found == sorted(REVIEW)


# --- Articles -------------------------------------------------------------------------------------------
ARTICLE_DESK = [
    *EVERYWHERE,
    "article",
    "articleversion",  # the text
    "claim",
    "appearance",
    "claim",  # the name of the state: which claims, in which versions
    "articleversion",  # and the newest text
]
ARTICLE_PAGE = [
    *EVERYWHERE,
    "article",
    "articleversion",  # the newest text
    "articleversion",  # all its texts
    "appearance",
    "claim",  # of the passages
    "appearance",  # the order of the claims
    "claim",
]


@pytest.fixture
def article(people: SimpleNamespace) -> Article:
    sentences = [f"The bridge number {number} cost {number} million crowns." for number in range(20)]
    return newsroom.article(people.reporter, body="\n\n".join(sentences))


@pytest.mark.parametrize("count", [1, 20])
def test_article_budgets(people: SimpleNamespace, article: Article, count: int) -> None:
    given: dict[str, Any] = {"article_version": article.current_version(), "by": people.editor, "at": newsroom.AT}
    for number in range(count):
        claim = newsroom.draft(people.editor, assignee=people.checker)
        claims.mark(claim=claim, exact=f"The bridge number {number} cost", version=claim.version, **given)
    client = signed_in(people.reporter)
    desk = reverse("admin:articles_article_desk", args=[article.pk])
    assert statements.of(client, desk) == sorted(ARTICLE_DESK)
    assert statements.of(client, page_of(article)) == sorted(ARTICLE_PAGE)


# --- Lists ----------------------------------------------------------------------------------------------
def a_list(name: str, *filters: str) -> list[str]:
    """The rows, how many there are with the filters and without, and what the filters offer."""
    return [*EVERYWHERE, name, f"count of {name}", f"count of {name}", *filters]


LISTS = {
    # The count, the ids of the page, its claims, their articles; the columns and the views of this person.
    "articles_claim": [*EVERYWHERE, "claim", "claim", "claim", "appearance", "listcolumns", "savedview"],
    "articles_article": a_list("article"),
    "articles_source": a_list("source", "source", "source"),  # which may be one, and those rows
    "articles_submission": a_list("submission", "partner"),
    "articles_report": a_list("report"),
}
INBOX = [
    *EVERYWHERE,
    "claim",  # mine
    "address",  # mentions
    "wait",  # reviews I am asked for
    "claim",  # to review
    "report",
    "submission",
    "expertnote",
    "claim",  # re-checks due
    "appearance",  # passages to confirm
    "claim",  # in review
    "wait",
    "rightofreply",
    "verdict",  # what I approved
    "claim",  # what was published of mine
    "address",  # what I read
    "article",  # in work
]


def fill(people: SimpleNamespace, count: int) -> None:
    """``count`` rows of every kind, some of them for the checker."""
    partner = Partner.objects.create(name="Morning Post", contact_email="desk@post.example")
    for number in range(count):
        published = newsroom.published(people, text=f"The bridge number {number} cost {number} million")
        words = {"what": "It cost 14 million", "email": "reader@mail.example"}
        reports.receive(form=str(number), claim_id=published.pk, revision=1, at=newsroom.AT, **words)
        waits = newsroom.in_stage("review", people, text=f"The ferry {number} is old", assignee=people.reporter)
        comments.write(claim=waits, text="@checker please look", by=people.reporter, at=newsroom.AT)
        newsroom.article(people.reporter, body=f"Text number {number}.")
        sent = {"text": f"The tunnel {number} is long", "language": "en", "claimant_name": "Ada Berg"}
        sent |= {"appearance_url": f"https://herald.example/{number}", "appearance_title": "A tunnel"}
        submissions.receive(sender=Sender(partner), payload={"claim": str(number)}, at=newsroom.AT, **sent)


@sized
@pytest.mark.parametrize("count", [1, size(4, whole=20)])
def test_list_and_inbox_budgets(people: SimpleNamespace, count: int) -> None:
    fill(people, count)
    client = signed_in(people.checker)
    found = {name: statements.of(client, reverse(f"admin:{name}_changelist")) for name in LISTS}
    assert found == {name: sorted(expected) for name, expected in LISTS.items()}
    assert statements.of(client, reverse("admin:index")) == sorted(INBOX)
