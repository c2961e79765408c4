"""Who is notified of which act on a claim, and that nobody is notified of their own."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.services import reports
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies, experts, notices
from notifications.choices import Frequency, Kind
from notifications.models import Message, Notice
from notifications.services import preferences
from tests import newsroom
from tests.desk.pages import page_of, save, signed_in
from tests.notifications.colleagues import notified, send, with_addresses
from tests.notifications.smtp import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues(people: SimpleNamespace) -> SimpleNamespace:
    return with_addresses(people)


def assign(claim: Any, assignee: User, by: User) -> Any:
    return claims.edit(claim=claim, assignee=assignee, by=by, at=newsroom.AT, version=claim.version)


def test_an_assignment_notifies_the_assignee_once_and_not_who_assigned(colleagues: SimpleNamespace) -> None:
    claim = assign(newsroom.draft(colleagues.reporter), colleagues.colleague, colleagues.editor)
    claim = claims.edit(claim=claim, due_on=newsroom.AT.date(), by=colleagues.editor, at=newsroom.AT, version=2)
    assert notified(colleagues.colleague) == [Kind.ASSIGNED]
    assign(claim, colleagues.editor, colleagues.editor)
    assert notified(colleagues.editor) == notified(colleagues.reporter) == []


def test_a_new_claim_notifies_its_assignee(colleagues: SimpleNamespace) -> None:
    newsroom.draft(colleagues.editor, assignee=colleagues.reporter)
    newsroom.draft(colleagues.reporter, assignee=colleagues.reporter)
    assert notified(colleagues.reporter) == [Kind.ASSIGNED]


def test_a_mention_notifies_each_colleague_once_but_not_its_author(colleagues: SimpleNamespace) -> None:
    claim = newsroom.draft(colleagues.reporter)
    said = {"by": colleagues.reporter, "at": newsroom.AT}
    written = comments.write(claim=claim, text="@checker, @reporter and @nobody: is page 4 right?", **said)
    assert written.unknown == ["nobody"]
    comments.reword(comment=written.comment, text="@checker and @editor: is page 5 right?", **said)
    assert notified(colleagues.checker) == notified(colleagues.editor) == [Kind.MENTIONED]
    assert notified(colleagues.reporter) == []
    assert Notice.objects.get(user=colleagues.editor).detail == "@checker and @editor: is page 5 right?"


def test_the_steps_of_a_claim_notify_those_who_worked_on_it(colleagues: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", colleagues)
    claim = newsroom.take(claim, "send_back", colleagues.checker, comment="Page 4 says 11 million.")
    claim = newsroom.take(claim, "submit", colleagues.reporter)
    claim = newsroom.take(claim, "approve", colleagues.checker)
    newsroom.take(claim, "publish", colleagues.editor)
    assert notified(colleagues.reporter) == [Kind.SENT_BACK, Kind.APPROVED, Kind.PUBLISHED]
    assert notified(colleagues.checker) == notified(colleagues.editor) == []
    assert Notice.objects.get(kind=Kind.SENT_BACK).detail == "Page 4 says 11 million."


def test_an_act_that_is_refused_notifies_nobody(colleagues: SimpleNamespace) -> None:
    claim = newsroom.draft(colleagues.reporter)
    with pytest.raises(Exception, match="not possible now"):
        newsroom.take(claim, "approve", colleagues.checker)
    assert not Notice.objects.exists()


def test_an_answer_notifies_who_asked(colleagues: SimpleNamespace) -> None:
    claim, by, at = newsroom.draft(colleagues.reporter), colleagues.reporter, newsroom.AT
    waits = [dependencies.begin(claim=claim, kind="document", note=f"Minutes {n}", by=by, at=at) for n in (1, 2, 3)]
    dependencies.settle(dependency=waits[0], outcome="received", by=colleagues.colleague, at=at)
    dependencies.settle(dependency=waits[1], outcome="abandoned", by=colleagues.colleague, at=at)
    dependencies.settle(dependency=waits[2], outcome="received", by=by, at=at)
    assert notified(by) == [Kind.ANSWERED]
    asked = {"asked": "Mayor", "asked_on": at.date(), "means": "email"}
    reply = claims.record_reply(claim=claim, by=by, at=at, version=claim.version, **asked)
    for answer in ("It was 12 million.", "It was 12 million, we think."):
        version = reply.claim.version
        reply = claims.edit_reply(reply=reply, answer=answer, by=colleagues.checker, at=at, version=version)
    assert notified(by) == [Kind.ANSWERED] * 2
    assert Notice.objects.latest("id").detail == "Mayor: It was 12 million."


def test_an_experts_note_notifies_who_sent_the_link(colleagues: SimpleNamespace) -> None:
    claim, at = newsroom.draft(colleagues.reporter), timezone.now()
    invited = {"invited": "Ada Lind", "question": "How wide is it?", "days": 3}
    link, _secret = experts.invite(claim=claim, by=colleagues.checker, at=at, **invited)
    words = {"name": "Ada Lind", "expertise": "Engineer", "text": "Nine metres.", "interests": "none"}
    for _again in range(2):
        experts.leave_note(link=link, at=at, may_be_named=True, **words)
    assert notified(colleagues.checker) == [Kind.ANSWERED]


def test_a_review_that_is_waited_for_notifies_the_colleague(colleagues: SimpleNamespace) -> None:
    claim = newsroom.draft(colleagues.reporter)
    dependencies.begin(claim=claim, kind="review", colleague=colleagues.checker, by=colleagues.reporter, at=newsroom.AT)
    assert notified(colleagues.checker) == [Kind.MENTIONED]


def test_a_readers_report_notifies_without_the_readers_words(colleagues: SimpleNamespace) -> None:
    claim = newsroom.draft(colleagues.reporter, assignee=colleagues.reporter)
    given = {"claim_id": claim.pk, "what": "The bridge is older.", "email": "reader@example.org"}
    for _again in range(2):
        report = reports.receive(form="form-1", at=newsroom.AT, **given)
    assert notified(colleagues.reporter) == [Kind.REPORTED]
    assert Notice.objects.get().detail == "", "a reader's words can be erased, so they are not copied"
    reports.take(report=report, by=colleagues.checker, at=newsroom.AT, assignee=colleagues.editor)
    assert notified(colleagues.editor) == [Kind.ASSIGNED]


def test_an_overdue_claim_notifies_once_for_each_due_day(colleagues: SimpleNamespace) -> None:
    today = newsroom.AT.date()
    yesterday = today - timedelta(days=1)
    claim = newsroom.draft(colleagues.reporter, due_on=yesterday)
    newsroom.draft(colleagues.reporter, due_on=today)
    assert [notices.overdue(today=today, at=newsroom.AT) for _ in range(2)] == [1, 1]
    assert notified(colleagues.reporter) == [Kind.OVERDUE]
    at = {"by": colleagues.reporter, "at": newsroom.AT}
    claims.edit(claim=claim, due_on=today, version=claim.version, **at)
    notices.overdue(today=today + timedelta(days=1), at=newsroom.AT)
    assert notified(colleagues.reporter) == [Kind.OVERDUE] * 3


def test_people_who_left_or_chose_none_are_not_notified(colleagues: SimpleNamespace) -> None:
    User.objects.filter(pk=colleagues.colleague.pk).update(is_active=False)
    preferences.choose(user=colleagues.checker, choices={Kind.ASSIGNED: Frequency.NONE}, language="")
    for assignee in (colleagues.colleague, colleagues.checker):
        newsroom.draft(colleagues.editor, assignee=assignee)
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_an_assignment_made_on_the_desk_arrives_in_a_mail_server(people: SimpleNamespace, settings: Any) -> None:
    colleagues = with_addresses(people)
    claim = newsroom.draft(colleagues.reporter, text="The bridge cost 12 million <crowns> & more")
    saved = save(signed_in(colleagues.editor), page_of(claim), assignee=str(colleagues.colleague.pk))
    assert saved.status_code == 302
    with mail_server(settings) as server:
        assert send().sent == 1
    [message] = server.to("colleague@newsroom.example")
    assert message["Subject"] == "Factcheck: Assigned to you: The bridge cost 12 million <crowns> & more"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "The bridge cost 12 million <crowns> & more" in text
    assert "By Editor Test" in text
    assert f"{settings.SITE_URL}{page_of(claim)}" in text
    assert "12 million &lt;crowns&gt; &amp; more" in html
    assert send().sent == 0
    assert mail.outbox == []
    assert Message.objects.get().sent_at
    assert reverse("admin:notifications_choices") in text
