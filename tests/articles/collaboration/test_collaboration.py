"""Working together: comments and waits. They are about the work on a claim and change nothing about the claim."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from articles import rules
from articles.choices import Surface
from articles.models import Change, Claim, Comment, Dependency
from articles.selectors.claims import progress, timeline
from articles.selectors.collaboration import activity
from articles.selectors.log import approved_content
from articles.services import audit
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies
from articles.services.collaboration.comments import CommentSettledError
from articles.services.collaboration.dependencies import DependencySettledError
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


def say(claim: Claim, by: User, text: str = "Is this the right figure?", *, at=AT) -> Comment:
    return comments.write(claim=claim, text=text, by=by, at=at).comment


# --- Nothing about the claim changes ------------------------------------------------------------------
def test_comments_and_dependencies_neither_end_an_approval_nor_count_as_contribution(people: SimpleNamespace) -> None:
    """The checker comments, waits, settles: the claim's version, its hash and who may approve it stay as they were."""
    claim = newsroom.in_stage("review", people)
    before = (claim.version, approved_content.sha256(claim), progress.facts(claim, asker=people.checker))
    comment = say(claim, people.checker, "@editor page 4?")
    comments.reword(comment=comment, text="@editor page 5?", by=people.checker, at=AT + SOON)
    wait = dependencies.begin(claim=claim, kind="document", note="The annual accounts", by=people.checker, at=AT)
    dependencies.settle(dependency=wait, outcome="received", by=people.checker, at=AT)
    comments.resolve(comment=comment, by=people.editor, at=AT)
    claim.refresh_from_db()
    assert (claim.version, approved_content.sha256(claim), progress.facts(claim, asker=people.checker)) == before
    approved = newsroom.take(claim, "approve", people.checker)
    say(approved, people.editor, "Good.")
    assert progress.facts(approved, asker=people.editor).approval_fresh
    newsroom.take(approved, "publish", people.editor)
    assert b"page 5" not in bytes(newsroom.record_of(claim).body)


def test_a_comment_can_be_made_in_every_stage(people: SimpleNamespace) -> None:
    for stage in ("draft", "published", "retracted", "dropped"):
        assert say(newsroom.in_stage(stage, people), people.checker).pk


def test_the_history_names_the_author_of_each_comment(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    with audit.surface(Surface.ADMIN):
        comment = say(claim, people.checker, "The old ferry?")
        comments.remove(comment=comment, by=people.checker, at=AT)
    removed, said = timeline.of_claim(claim)[:2]
    assert (said.who, said.happenings[0].title) == ("Checker Test", "Comment added")
    assert [line.before for line in removed.happenings[0].lines if line.field == "text"] == ["The old ferry?"]


# --- Comments -----------------------------------------------------------------------------------------
def test_a_mention_is_listed_until_it_was_seen(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    written = comments.write(
        claim=claim,
        by=people.reporter,
        at=AT,
        text="@Checker, and @editor: see mail@checker.example. @nobody @reporter",
    )
    assert written.unknown == ["nobody"]
    assert {str(address) for address in written.comment.addresses.all()} == {"@checker", "@editor"}
    assert list(activity.mentions_for(people.checker)) == [claim]
    assert list(activity.mentions_for(people.reporter)) == []
    comments.mark_seen(claim=claim, by=people.checker, at=AT)
    assert list(activity.mentions_for(people.checker)) == []
    say(claim, people.editor, "Answered.")
    assert list(activity.mentions_for(people.editor)) == [], "whoever answers has seen it"


def test_a_resolved_or_removed_comment_mentions_nobody(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    first, second = say(claim, people.reporter, "@checker a"), say(claim, people.reporter, "@checker b")
    comments.resolve(comment=first, by=people.editor, at=AT)
    comments.remove(comment=second, by=people.reporter, at=AT)
    assert not activity.unseen(people.checker).exists()
    with pytest.raises(CommentSettledError, match="Editor Test has resolved this already"):
        comments.resolve(comment=first, by=people.checker, at=AT)
    comments.reopen(comment=first, by=people.checker)
    assert activity.unseen(people.checker).count() == 1
    second.refresh_from_db()
    assert (second.text, second.created_by) == ("", people.reporter), "its place stays"


def test_a_comment_can_be_edited_for_15_minutes_by_its_author(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    comment = say(claim, people.reporter, "@checker please")
    late = AT + rules.REWORDING
    changed = comments.reword(
        comment=comment, text="@editor please", by=people.reporter, at=late - timedelta(seconds=1)
    )
    assert [str(a) for a in changed.comment.addresses.all()] == ["@editor"]
    with pytest.raises(NotAllowedError, match="fifteen minutes"):
        comments.reword(comment=comment, text="x", by=people.reporter, at=late)
    with pytest.raises(NotAllowedError, match="Only the person who wrote"):
        comments.reword(comment=comment, text="x", by=people.editor, at=AT)
    comments.resolve(comment=comment, by=people.editor, at=AT)
    with pytest.raises(CommentSettledError):
        comments.reword(comment=comment, text="x", by=people.reporter, at=AT)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "a\x00b", "x" * 4001, " ".join(f"@p{n}" for n in range(21))])
def test_an_invalid_comment_is_refused_with_a_reason(text: str, people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        say(newsroom.draft(people.reporter), people.reporter, text)
    assert "text" in refused.value.message_dict
    assert not Comment.objects.exists()


def test_comments_are_written_edited_and_removed_by_permitted_people_only(people: SimpleNamespace) -> None:
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_claim"))
    stranger = User.objects.create_user("stranger")
    comment = say(newsroom.draft(people.reporter), people.reporter)
    may = {
        user.username: (
            rules.may_comment(user),
            rules.may_reword_comment(user, comment, at=AT + SOON),
            rules.may_remove_comment(user, comment),
        )
        for user in (people.reporter, people.colleague, people.checker, people.editor, looker, stranger)
    }
    assert may == {
        "reporter": (True, True, True),
        "colleague": (True, False, False),
        "checker": (True, False, False),
        "editor": (True, False, True),
        "looker": (True, False, False),
        "stranger": (False, False, False),
    }
    for act in (
        lambda: say(comment.claim, stranger),
        lambda: comments.resolve(comment=comment, by=stranger, at=AT),
        lambda: comments.remove(comment=comment, by=people.checker, at=AT),
        lambda: dependencies.begin(claim=comment.claim, kind="document", note="x", by=looker, at=AT),
    ):
        with pytest.raises(NotAllowedError):
            act()


# --- Waiting ------------------------------------------------------------------------------------------
def test_dependencies_list_overdue_ones_first_and_include_unanswered_replies(people: SimpleNamespace) -> None:
    today = date(2026, 3, 2)
    claim = newsroom.draft(people.reporter, due_on=date(2026, 3, 4))
    other = newsroom.draft(people.reporter)
    dependencies.begin(claim=other, kind="expert", note="A hydrologist", by=people.reporter, at=AT)
    late = {"since": date(2026, 2, 1), "until": date(2026, 3, 1)}
    dependencies.begin(claim=other, kind="review", colleague=people.checker, by=people.reporter, at=AT, **late)
    claims.record_reply(
        claim=claim, by=people.reporter, at=AT, version=claim.version, asked="The mayor", asked_on=today, means="email"
    )
    found = activity.waiting(limit=9)
    assert [(one.label, one.exactly, one.is_late(today)) for one in found] == [
        ("A colleague’s review", "Checker Test", True),
        ("A reply", "The mayor", False),
        ("An expert", "A hydrologist", False),
    ]
    assert activity.waiting(limit=2) == found[:2]
    every = Claim.objects.all()
    assert set(activity.waiting_claims(every)) == {claim, other}
    assert list(activity.waiting_claims(every, kind="reply")) == [claim]
    assert list(activity.waiting_claims(every, late_on=today)) == [other]
    assert list(activity.mentions_for(people.checker)) == [other], "a review that is waited for is for the colleague"
    newsroom.take(Claim.objects.get(pk=claim.pk), "drop", people.reporter, comment="Not worth it")
    assert [one.claim for one in activity.waiting(limit=9)] == [other, other]


def test_a_reply_that_was_answered_is_no_dependency_any_more(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    asked = {"asked": "The mayor", "asked_on": date(2026, 3, 1), "means": "email"}
    reply = claims.record_reply(claim=claim, by=people.reporter, at=AT, version=claim.version, **asked)
    assert len(activity.dependencies_of(claim)) == 1
    version = reply.claim.version
    claims.edit_reply(
        reply=reply, by=people.reporter, at=AT, version=version, answer="No", answered_on=date(2026, 3, 2)
    )
    assert activity.dependencies_of(claim) == []


def test_a_dependency_can_be_postponed_and_settled_once(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    wait = dependencies.begin(claim=claim, kind="document", note="Minutes", by=people.reporter, at=AT)
    assert wait.since == date(2026, 3, 2)
    assert dependencies.postpone(dependency=wait, until=date(2026, 3, 9), by=people.colleague).until == date(2026, 3, 9)
    with pytest.raises(ValidationError, match="before the waiting began"):
        dependencies.postpone(dependency=wait, until=date(2026, 3, 1), by=people.colleague)
    dependencies.settle(dependency=wait, outcome="abandoned", by=people.colleague, at=AT)
    with pytest.raises(DependencySettledError, match="Colleague Test has noted this already: abandoned"):
        dependencies.settle(dependency=wait, outcome="received", by=people.reporter, at=AT)
    assert activity.dependencies_of(claim) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "document"},
        {"kind": "weather", "note": "x"},
        {"kind": "document", "note": "x", "until": date(2020, 1, 1)},
        {"kind": "document", "note": "x", "colleague": "checker"},
    ],
)
def test_an_invalid_dependency_is_refused(fields: dict, people: SimpleNamespace) -> None:
    if "colleague" in fields:
        fields = {**fields, "colleague": people.checker}
    with pytest.raises(ValidationError):
        dependencies.begin(claim=newsroom.draft(people.reporter), by=people.reporter, at=AT, **fields)
    assert not Dependency.objects.exists()


def test_claims_due_soon_are_listed(people: SimpleNamespace) -> None:
    days = {day: newsroom.draft(people.reporter, due_on=date(2026, 3, day)) for day in (1, 2, 8, 9)}
    assert set(activity.due_soon(Claim.objects.all(), today=date(2026, 3, 2))) == {days[2], days[8]}


@pytest.mark.parametrize(
    ("constraint", "sql"),
    [
        ("comment_has_words_until_removed", "UPDATE articles_comment SET text = ''"),
        ("comment_resolution_is_whole", "UPDATE articles_comment SET resolved_at = now()"),
        ("wait_is_settled_as_a_whole", "UPDATE articles_wait SET outcome = 'received'"),
        ("wait_says_for_what", "UPDATE articles_wait SET note = ''"),
    ],
)
def test_the_database_refuses_invalid_comments_and_dependencies(
    constraint: str, sql: str, people: SimpleNamespace
) -> None:
    claim = newsroom.draft(people.reporter)
    say(claim, people.reporter)
    dependencies.begin(claim=claim, kind="document", note="Minutes", by=people.reporter, at=AT)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_history_rows_of_comments_name_their_claim(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    say(claim, people.checker, "@editor look")
    change = Change.objects.filter(table="articles_comment").latest("id")
    assert (change.claim_id, change.actor) == (claim.pk, people.checker)
