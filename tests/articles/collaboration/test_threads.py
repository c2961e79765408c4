"""Threads of comments on claims and articles, and whom they call."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Comment
from articles.selectors.collaboration import activity
from articles.services.collaboration import comments
from articles.services.collaboration.comments import CommentSettledError
from notifications.choices import Kind
from notifications.models import Message, Notice
from notifications.services import composing
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


def said(about: dict, by: User, text: str, **given) -> Comment:
    return comments.write(**about, text=text, by=by, at=AT, refuses_unknown=True, **given).comment


def refusal(people: SimpleNamespace, text: str) -> str:
    with pytest.raises(ValidationError) as refused:
        said({"claim": newsroom.draft(people.reporter)}, people.reporter, text)
    assert not Comment.objects.exists()
    assert not Notice.objects.exists()
    return " ".join(refused.value.message_dict["text"])


@pytest.fixture(params=["claim", "article"])
def about(request, people) -> dict:
    row = newsroom.draft(people.reporter) if request.param == "claim" else newsroom.article(people.reporter)
    return {request.param: row}


# --- Threads ------------------------------------------------------------------------------------------
def test_a_reply_to_a_reply_stays_in_the_thread(about, people) -> None:
    first = said(about, people.reporter, "Which year?")
    reply = said(about, people.checker, "2019", parent=first)
    again = said(about, people.editor, "Sure?", parent=reply)
    other = said(about, people.editor, "Something else")
    found = activity.threads(activity.comments(*about.values()))
    assert [(one.first, one.replies) for one in found] == [(first, [reply, again]), (other, [])]


def test_a_thread_is_resolved_as_one_and_a_reply_opens_it_again(about, people) -> None:
    first = said(about, people.reporter, "Which year?")
    reply = said(about, people.checker, "@editor 2019", parent=first)
    resolved = comments.resolve(comment=reply, by=people.editor, at=AT)
    assert (resolved.pk, resolved.resolved_by, resolved.resolved_at) == (first.pk, people.editor, AT)
    assert not Comment.objects.open().exists()
    assert not activity.unseen(people.editor).exists()
    with pytest.raises(CommentSettledError, match="Editor Test has resolved this already"):
        comments.resolve(comment=first, by=people.checker, at=AT)
    said(about, people.checker, "Once more", parent=first)
    assert Comment.objects.open().count() == 3
    with pytest.raises(CommentSettledError):
        comments.reopen(comment=first, by=people.checker)


def test_a_thread_whose_first_comment_was_removed_can_still_be_resolved(about, people) -> None:
    first = said(about, people.reporter, "Which year?")
    comments.remove(comment=first, by=people.reporter, at=AT)
    with pytest.raises(CommentSettledError, match="removed"):
        comments.resolve(comment=first, by=people.checker, at=AT)
    said(about, people.checker, "2019", parent=first)
    assert comments.resolve(comment=first, by=people.checker, at=AT).resolved_by == people.checker


def test_a_reply_stays_with_what_its_thread_is_about(people) -> None:
    claim, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    first = said({"claim": claim}, people.reporter, "Which year?")
    for elsewhere in ({"claim": other}, {"article": newsroom.article(people.reporter)}):
        with pytest.raises(ValidationError, match="about something else"):
            said(elsewhere, people.checker, "2019", parent=first)


def test_ones_own_reply_is_changed_shortly_after(about, people) -> None:
    first = said(about, people.reporter, "Which year?")
    reply = said(about, people.checker, "@reporter 2019", parent=first)
    changed = comments.reword(comment=reply, text="@editor 2018", by=people.checker, at=AT + SOON).comment
    assert (changed.parent, [str(one) for one in changed.addresses.all()]) == (first, ["@editor"])


# --- Mentions -----------------------------------------------------------------------------------------
def test_a_mention_reaches_inbox_and_mail_and_leads_to_the_comment(about, people) -> None:
    User.objects.filter(pk=people.checker.pk).update(email="checker@news.example")
    comment = said(about, people.reporter, "@checker, is this the right year?")
    assert [one.comment for one in activity.unseen(people.checker)] == [comment]
    notice = Notice.objects.get(user=people.checker)
    assert (notice.kind, notice.path.partition("#")[2]) == (Kind.MENTIONED, f"comment-{comment.pk}")
    composing.compose_due(at=AT)
    mail = Message.objects.get(to="checker@news.example")
    assert "is this the right year?" in mail.text
    assert notice.path in mail.text


def test_an_unknown_name_is_refused_with_the_nearest_names(people) -> None:
    words = refusal(people, "@cheker please look, and @edit too")
    assert "Nobody on the desk is called @cheker. Did you mean @checker (Checker Test)" in words
    assert "Did you mean @editor (Editor Test)" in words
    assert "leave out the @" in refusal(people, "@zzzzqqqq said so")


def test_somebody_who_left_is_named_and_not_called(people) -> None:
    User.objects.filter(pk=people.colleague.pk).update(is_active=False)
    words = refusal(people, f"@{people.colleague.username} please")
    assert f"(@{people.colleague.username}) does not work on this desk any more." in words


def test_somebody_who_may_not_see_the_desk_is_not_called(people) -> None:
    User.objects.create_user("outsider", is_staff=True)
    assert "does not work on this desk" in refusal(people, "@outsider hello")


@pytest.mark.parametrize("text", ["@", "@ checker", "a@checker.example", "@@", "@.", "5 @ 3 crowns"])
def test_what_is_no_name_calls_nobody(text: str, about, people) -> None:
    comment = said(about, people.reporter, text)
    assert (comment.text, comment.addresses.count()) == (text, 0)


def test_a_sign_in_name_that_is_an_address_can_be_called(about, people) -> None:
    User.objects.filter(pk=people.checker.pk).update(username="chris@news.example")
    comment = said(about, people.reporter, "Please look, @Chris@news.example.")
    assert [one.user for one in comment.addresses.all()] == [people.checker]


def test_colleagues_are_found_by_the_beginning_of_a_name_first(people) -> None:
    found = activity.colleagues_named("ed", limit=8)
    assert found[0] == people.editor
    assert activity.colleagues_named("zzz", limit=8) == []
    assert len(activity.colleagues_named("", limit=2)) == 2
