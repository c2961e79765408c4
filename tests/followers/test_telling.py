"""Followers get one e-mail for each event, in the language of the page where they asked."""

from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Record
from articles.services.library import claimants
from followers import links
from followers.models import DigestEntry, Follow, Follower, FollowState
from followers.selectors import described, followers_of
from followers.services import following, telling, tidying
from notifications.models import Message
from notifications.services import sending
from tests import newsroom
from tests.articles.archive.files import imported, row, written
from tests.followers.reading import correct, follow, is_known, tell
from tests.lib.safehttp.test_client import HERE
from tests.notifications.smtp import mail_server
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
READER = "reader@mail.example"


@pytest.fixture
def claim(people: SimpleNamespace) -> Any:
    return newsroom.published(people, text="The bridge of Lindholm cost 12 million", topics=["Transport"])


def test_a_correction_is_one_email_with_both_verdicts_and_the_claims_address(
    claim: Any, people: SimpleNamespace, settings: Any
) -> None:
    for kind, target in (("claim", str(claim.pk)), ("topic", "Transport"), ("corrections", "")):
        follow(READER, kind, target)
    correct(claim, people)
    [message] = tell()
    assert (message.to, message.subject) == (READER, f"Factcheck: Corrected: {claim.text}")
    for part in (message.text, message.html):
        assert "Old verdict: True" in part
        assert "New verdict: Misleading" in part
        assert "We had misread the accounts." in part
        assert f"{settings.SITE_URL}/claims/{claim.slug}/" in part
    assert "<img" not in message.html
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.headers["List-Unsubscribe"].startswith(f"<{settings.SITE_URL}/follow/")
    assert tell() == []


def test_an_email_is_in_the_language_of_the_page_where_the_reader_asked(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, "claim", str(claim.pk), language="ru")
    correct(claim, people)
    [message] = tell()
    assert 'lang="ru"' in message.html
    assert "Вводит в заблуждение" in message.text
    assert f"/ru/claims/{claim.slug}/" in message.text
    assert "/ru/follow/" in message.headers["List-Unsubscribe"]


def test_an_arabic_email_keeps_the_words_of_an_english_claim_together(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, "claim", str(claim.pk), language="ar")
    correct(claim, people)
    [message] = tell()
    assert message.subject == f"Factcheck: مصحَّح: \u2068{claim.text}\u2069"
    assert 'dir="rtl"' in message.html


def test_what_was_published_before_the_confirmation_is_no_news(claim: Any) -> None:
    follow(READER, "topic", "Transport")
    assert tell() == []


def test_new_claims_and_retractions_reach_followers_of_topic_and_claimant(people: SimpleNamespace) -> None:
    follow(READER, "topic", "Transport")
    claim = newsroom.published(people, text="The ferry was sold in 2019", topics=["Transport"])
    newsroom.published(people, text="The school has 300 pupils", topics=["Schools"])
    [message] = tell()
    assert message.subject == "Factcheck: New: The ferry was sold in 2019"
    assert "Verdict: True" in message.text
    newsroom.take(claim, "retract", people.editor, comment="We misread the source.")
    [message] = tell()
    assert message.subject.startswith("Factcheck: Retracted:")
    assert "Old verdict: True" in message.text
    assert "We misread the source." in message.text


def test_who_follows_a_claimant_without_claims_is_not_told_that_they_follow_all_corrections(
    people: SimpleNamespace,
) -> None:
    mayor = claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Ingrid Sundqvist", kind="person")
    claim = newsroom.published(people, text="The ferry was sold in 2019", claimant=mayor)
    wanted = follow(READER, "claimant", str(mayor.pk))
    [before] = described([wanted])
    assert (before.title, before.name) == ("Ingrid Sundqvist", "claimant")
    newsroom.take(claim, "retract", people.editor, comment="We misread it.")
    [after] = described([wanted])
    assert (after.title, after.name) == ("A person or organisation without published fact checks", "claimants")


def test_followers_of_corrections_hear_of_no_new_claim(people: SimpleNamespace) -> None:
    follow(READER)
    newsroom.published(people, text="The ferry was sold in 2019")
    assert tell() == []


def test_a_weekly_reader_gets_one_email_on_monday(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, "topic", "Transport", rhythm="weekly")
    correct(claim, people)
    newsroom.published(people, text="The ferry was sold in 2019", topics=["Transport"])
    assert tell() == []
    assert DigestEntry.objects.count() == 2
    now = timezone.now()
    assert telling.send_digests(at=telling.latest_digest(now)) == 0
    assert [telling.send_digests(at=now + timedelta(days=8)) for _ in range(2)] == [1, 0]
    [message] = Message.objects.filter(to=READER)
    assert message.subject == "Factcheck: Your week"
    assert "Corrected:" in message.text
    assert "The ferry was sold in 2019" in message.text


def test_who_follows_at_once_and_weekly_gets_an_event_at_once_only(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, "claim", str(claim.pk))
    follow(READER, "topic", "Transport", rhythm="weekly")
    correct(claim, people)
    assert len(tell()) == 1
    assert not DigestEntry.objects.exists()


def test_the_import_of_an_archive_tells_nobody(people: SimpleNamespace, tmp_path: Path) -> None:
    names = {"name": "Ferry Company of Lindholm", "kind": "organisation"}
    company = claimants.add_claimant(by=people.editor, at=newsroom.AT, **names)
    follow(READER, "claimant", str(company.pk))
    imported(written(tmp_path, [row(n) for n in range(3)]), people.editor)
    newest = Record.objects.latest("seq")
    assert newest.document()["claim"]["claimant"]["id"] == str(company.pk)
    assert tell() == []
    assert FollowState.objects.get().seq == newest.seq == 3


def test_three_refusals_in_a_row_erase_the_address(claim: Any, people: SimpleNamespace, settings: Any) -> None:
    follow(READER, "claim", str(claim.pk))
    ratings = ("misleading", "false", "true", "false")
    with mail_server(settings, refused=(READER,)) as server:
        for rating in ratings[:2]:
            claim = correct(claim, people, rating)
            _post()
    assert Follower.objects.get().refusals == 2
    with mail_server(settings) as server:
        claim = correct(claim, people, ratings[2])
        _post()
        [received] = server.to(READER)
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = urlsplit(received["List-Unsubscribe"].strip("<>")).path
    assert links.read(stop.split("/")[-3]) == (Follow.objects.get().follower_id, [Follow.objects.get().pk])
    assert Follower.objects.get().refusals == 0
    with mail_server(settings, refused=(READER,)):
        for rating in ("false", "misleading", "true"):
            claim = correct(claim, people, rating)
            _post()
    assert not is_known(READER)


def _post() -> None:
    tell()
    sending.send_due(at=timezone.now() + timedelta(seconds=1), policy=HERE)
    tidying.end_refused()


def test_emails_to_followers_are_erased_after_a_week(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, "claim", str(claim.pk))
    correct(claim, people)
    tell()
    later = timezone.now() + timedelta(days=8)
    assert tidying.erase_old(at=later) == 0, "it is still tried"
    Message.objects.filter(to=READER).update(sent_at=timezone.now())
    assert tidying.erase_old(at=later) == 1


def test_a_record_costs_as_many_statements_for_one_follower_as_for_twenty(claim: Any, people: SimpleNamespace) -> None:
    follow(READER, language="ru")
    counts = []
    for number, rating in ((0, "misleading"), (20, "false")):
        for one in range(number):
            row = Follower.objects.create(email=f"reader{one}@mail.example")
            now = {"confirmed_at": timezone.now(), "asked_at": timezone.now()}
            Follow.objects.create(follower=row, kind="corrections", language="az", rhythm="now", **now)
        claim = correct(claim, people, rating)
        with CaptureQueriesContext(connection) as statements:
            assert len(tell()) == number + 1
        counts.append(len(statements))
    assert counts[1] - counts[0] <= 2


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_who_leaves_and_who_is_told_at_the_same_moment_do_not_lock_each_other_out(claim: Any, people: Any) -> None:
    """The worker has stopped at the second of three followers, whom somebody locks; the third leaves meanwhile."""
    rows = [follow(f"reader{number}@mail.example") for number in range(3)]
    correct(claim, people)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as blocker:
        blocker.execute("SELECT FROM followers_follower WHERE id = %s FOR UPDATE", [rows[1].follower_id])
        told = Thread(target=_tell_and_close)
        told.start()
        wait_until(_is_somebody_waiting)
        assert following.stop(follower=rows[2].follower_id)
        blocker.rollback()
    told.join(10)
    assert sorted(Message.objects.values_list("to", flat=True)) == ["reader0@mail.example", "reader1@mail.example"]
    assert FollowState.objects.get().seq == Record.objects.latest("seq").seq


def _tell_and_close() -> None:
    try:
        tell()
    finally:
        connection.close()


def _is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_only_confirmed_followers_of_the_claim_itself_are_counted(claim: Any) -> None:
    follow(READER, "claim", str(claim.pk))
    follow("other@mail.example", "topic", "Transport")
    given = {"rhythm": "now", "language": "en", "at": timezone.now()}
    following.ask(email="third@mail.example", kind="claim", target=str(claim.pk), **given)
    assert followers_of(claim.pk) == 1
