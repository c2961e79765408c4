"""Readers report errors: by a form without cookies or scripts, and see at an address of their own what became of it."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone, translation
from lxml import html

from articles.choices import ReportState
from articles.models import Change, Report, Submission
from articles.services import reports, submissions
from articles.services.claims import duplicates
from articles.services.verification.publishing import Correction
from followers.models import AnswerRequest
from followers.services import answers
from lib.refusals import NotAllowedError
from notifications.models import Message
from readers.http import form_tokens, form_views
from tests import newsroom
from tests.desk.pages import form_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = {
    "what": "The bridge cost 14 million, the final accounts say so.",
    "how_known": "I kept the books.",
    "link": "https://city.example/accounts",
    "email": "reader@mail.example",
}


@pytest.fixture(autouse=True)
def _people_type_fast(settings: Any) -> None:
    settings.REPORT_MIN_SECONDS = 0.0


@pytest.fixture
def claim(people: SimpleNamespace) -> Any:
    return newsroom.published(people, text="The bridge of Lindholm cost 12 million")


def send(claim: Any, client: Client | None = None, headers: Any = None, **words: str) -> Any:
    client, address = client or Client(enforce_csrf_checks=True), f"/claims/{claim.slug}/report/"
    data = form_of(client.get(address)) | WORDS | words
    return client.post(address, data, headers=headers)


def text_of(response: Any) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def test_an_error_report_reaches_the_desk_and_its_answer_reaches_the_reader(claim: Any, people: Any) -> None:
    client = Client()
    [link] = html.fromstring(client.get(f"/claims/{claim.slug}/").content).xpath(
        "//section[@aria-labelledby='report']//a[contains(@class, 'button')]/@href"
    )
    assert link == f"/claims/{claim.slug}/report/"
    sent = send(claim)
    report = Report.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/reports/{report.reference}/")
    assert not sent.cookies
    assert (report.claim, report.revision, report.email) == (claim, 1, "reader@mail.example")
    state = client.get(sent.headers["Location"])
    assert "We have received your report and will look at it" in text_of(state)
    assert report.reference in text_of(state)
    for word in WORDS.values():
        assert word not in text_of(state), "whoever has the address reads the state, not the report"
    assert state.headers["Cache-Control"] == "private, no-store"
    assert state.headers["Referrer-Policy"] == "no-referrer"
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", report.reference)


def test_the_reader_sees_a_reports_outcome_in_standard_words(claim: Any, people: Any, now: Any) -> None:
    send(claim)
    report = Report.objects.get()
    client, address = Client(), f"/reports/{report.reference}/"
    reports.take(report=report, by=people.checker, at=now)
    assert "We are looking into it" in text_of(client.get(address))
    reports.dismiss(report=report, by=people.checker, at=now, answer="The accounts of 2019 say 12.")
    answered = text_of(client.get(address))
    assert "changed nothing" in answered
    assert "The accounts of 2019 say 12." in answered
    reports.reopen(report=report, by=people.checker, at=now)
    assert "The accounts of 2019 say 12." not in text_of(client.get(address)), "no decision, no answer"


def test_a_report_can_become_a_correction(claim: Any, people: Any, now: Any) -> None:
    send(claim)
    report = Report.objects.get()
    with pytest.raises(NotAllowedError):
        reports.recheck(report=report, by=people.reporter, at=now, version=claim.version, comment="Look.")
    claim.refresh_from_db()
    reports.recheck(report=report, by=people.checker, at=now, version=claim.version, comment="A reader has the books.")
    claim.refresh_from_db()
    assert (claim.stage, Report.objects.get().state) == ("checking", ReportState.IN_WORK)
    with pytest.raises(Exception, match="corrected or retracted nothing"):
        reports.settle(report=report, revision=1, by=people.checker, at=now)
    claim = newsroom.propose(claim, people.reporter, rating="false", summary="It cost 14 million.")
    for step, by in (("submit", people.reporter), ("approve", people.second_checker)):
        claim = newsroom.take(claim, step, by)
    newsroom.take(claim, "publish", people.editor, correction=Correction("verdict", "It cost 14 million, not 12."))
    reports.settle(report=report, revision=2, by=people.checker, at=now, answer="Thank you.")
    state = Client().get(f"/reports/{report.reference}/")
    assert "It led to a correction" in text_of(state)
    assert f"/claims/{claim.slug}/r2/" in state.content.decode()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"what": ""}, "required"),
        ({"what": "https://spam.example/a https://spam.example/b"}, "A link alone is not enough"),
        ({"what": "a" * 4001}, "at most 4000"),
        ({"link": "javascript:alert(1)"}, "full address"),
        ({"email": "nobody"}, "valid email"),
        ({"website": "https://spam.example"}, "tell programs from people"),
        ({"what": "Zero \x00 byte in a sentence"}, "Null characters"),
        ({"seal": "made up"}, "This form has expired"),
        ({"seal": ""}, "This form has expired"),
    ],
)
def test_a_refused_report_form_keeps_what_was_typed(claim: Any, words: dict[str, str], complaint: str) -> None:
    answer = send(claim, **words)
    assert answer.status_code == 400
    assert complaint in text_of(answer)
    assert WORDS["how_known"] in answer.content.decode()
    assert not Report.objects.exists()
    again = Client().post(f"/claims/{claim.slug}/report/", form_of(answer) | WORDS | {"website": ""})
    assert again.status_code == 303, "put right, the same form is taken"


def test_a_form_that_comes_back_too_fast_is_shown_again(claim: Any, settings: Any) -> None:
    settings.REPORT_MIN_SECONDS = 3.0
    answer = send(claim)
    assert (answer.status_code, Report.objects.count()) == (400, 0)
    settings.REPORT_MIN_SECONDS = 0.0
    kept = form_of(answer)
    assert kept["what"] == WORDS["what"]
    assert Client().post(f"/claims/{claim.slug}/report/", kept).status_code == 303


def test_a_form_token_expires_after_a_day_and_is_valid_for_one_page(claim: Any, people: Any) -> None:
    seal = form_tokens.issue("report", str(claim.pk))
    assert form_tokens.verify(seal, "report", str(claim.pk), at=timezone.now()).number
    for purpose, about in (("report", "page"), ("suggest", str(claim.pk))):
        with pytest.raises(form_tokens.InvalidFormTokenError):
            form_tokens.verify(seal, purpose, about, at=timezone.now())


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_a_report_form_sent_from_another_site_is_refused(claim: Any, headers: dict[str, str]) -> None:
    answer = send(claim, headers=headers)
    assert (answer.status_code, Report.objects.count()) == (403, 0)
    assert "sent from another site" in text_of(answer)


def test_a_report_form_sent_from_the_own_site_is_taken(claim: Any) -> None:
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert send(claim, headers=headers).status_code == 303


def test_an_oversized_report_is_refused_unread(claim: Any) -> None:
    answer = Client().post(f"/claims/{claim.slug}/report/", {"what": "x" * 70_000})
    assert (answer.status_code, Report.objects.count()) == (413, 0)


def test_the_same_form_sent_twice_is_one_report(claim: Any) -> None:
    client, address = Client(), f"/claims/{claim.slug}/report/"
    data = form_of(client.get(address)) | WORDS
    first, second = client.post(address, data), client.post(address, data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1


def test_more_reports_than_allowed_from_one_network_are_refused(claim: Any, settings: Any) -> None:
    settings.REPORT_RATE = "2/hour"
    answers = [send(claim) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert WORDS["what"] in answers[-1].content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert send(claim, elsewhere).status_code == 303
    assert send(claim, Client(REMOTE_ADDR="198.51.100.9")).status_code == 303, "the network's second"
    assert send(claim, Client(REMOTE_ADDR="198.51.100.11")).status_code == 429


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "in 1 minute."),
        ("en", 2, "in 2 minutes."),
        ("ar", 2, "دقيقتين."),
        ("ar", 3, "3 دقائق."),
        ("ru", 1, "1 минуту."),
    ],
)
def test_the_waiting_time_is_worded_in_the_pages_language(language: str, n: int, said: str) -> None:
    with translation.override(language):
        assert form_views.wait_words(60 * n).endswith(said)


def test_an_error_can_be_reported_on_any_page(people: Any, settings: Any) -> None:
    client = Client()
    data = form_of(client.get("/report/")) | WORDS
    assert client.post("/report/", data | {"page": "https://elsewhere.example/"}).status_code == 400
    sent = client.post("/report/", data | {"page": f"{settings.SITE_URL}/methodology/"})
    assert sent.status_code == 303
    assert Report.objects.get().page == "/methodology/"
    data = form_of(client.get("/report/")) | WORDS
    assert client.post("/report/", data | {"page": settings.SITE_URL}).status_code == 303, "as browsers show it"
    assert Report.objects.filter(page="/").exists()


def test_report_pages_of_unknown_claims_and_references_are_not_found(people: Any) -> None:
    newsroom.draft(people.reporter, text="Not public")
    for address in ("/claims/not-public/report/", "/reports/0000-0000-0000-0000/", "/suggestions/x/"):
        assert Client().get(address).status_code == 404


def test_a_reports_words_are_in_no_history_and_can_be_erased(claim: Any, people: Any, now: Any) -> None:
    send(claim)
    report = Report.objects.get()
    reports.erase(report=report, by=people.checker, at=now)
    assert (Report.objects.get().email, Report.objects.get().what) == ("", WORDS["what"])
    reports.erase(report=report, by=people.checker, at=now, all_words=True)
    told = [f"{row.before} {row.after}" for row in Change.objects.filter(table="articles_report")]
    assert len(told) == 2, "received, and erased"
    assert not [line for line in told for word in WORDS.values() if word in line]
    assert {row.surface for row in Change.objects.filter(table="articles_report", kind="insert")} == {"site"}


def test_a_reports_words_cannot_be_edited(claim: Any) -> None:
    send(claim)
    with pytest.raises(DatabaseError, match="can be erased, not changed"), transaction.atomic():
        Report.objects.update(what="All is well.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_report SET email = ''")


def test_reporters_addresses_are_deleted_after_their_time(claim: Any, people: Any, capsys: Any) -> None:
    send(claim)
    report = Report.objects.get()
    reports.dismiss(report=report, by=people.checker, at=timezone.now() - timedelta(days=89), answer="It is right.")
    call_command("forget_readers")
    assert Report.objects.get().email
    call_command("forget_readers", "--days", "80")
    assert (Report.objects.get().email, Report.objects.get().what) == ("", WORDS["what"])


def test_a_suggested_claim_joins_the_queue_and_is_answered(people: Any, now: Any) -> None:
    client = Client()
    data = form_of(client.get("/suggest/")) | {"text": "The ferry made 30 trips a day", "claimant_name": "Ada Berg"}
    sent = client.post("/suggest/", data)
    assert sent.status_code == 303
    assert client.post("/suggest/", data).headers["Location"] == sent.headers["Location"]
    submission = Submission.objects.get()
    assert "no decision yet" in text_of(client.get(sent.headers["Location"]))
    submissions.decline(submission=submission, by=people.checker, at=now, note="An opinion, not a claim.")
    assert "An opinion, not a claim." in text_of(client.get(sent.headers["Location"]))


def suggested(people: Any, now: Any) -> tuple[Any, str]:
    """The draft that came of a reader's suggestion, and the address at which the reader follows it."""
    client = Client()
    sent = client.post("/suggest/", form_of(client.get("/suggest/")) | {"text": "The ferry made 30 trips a day"})
    draft = submissions.accept(
        submission=Submission.objects.get(), by=people.checker, at=now, text="The ferry made 30 trips", language="en"
    )
    return draft, sent.headers["Location"]


def test_a_suggested_claims_page_says_when_it_is_dropped_and_reopened(people: Any, now: Any) -> None:
    draft, address = suggested(people, now)
    assert "we are checking it" in text_of(Client().get(address))
    draft = newsroom.take(draft, "drop", people.checker, comment="Nobody will ever find the timetable.")
    told = text_of(Client().get(address))
    assert "We are not taking it further" in told
    assert "being checked" not in told
    assert "timetable" not in told, "why is said to colleagues"
    newsroom.take(draft, "reopen", people.checker)
    again = text_of(Client().get(address))
    assert "we are checking it" in again
    assert "not taking it further" not in again


def test_a_suggested_duplicate_links_to_the_existing_claim(people: Any, now: Any) -> None:
    draft, address = suggested(people, now)
    other, third = newsroom.draft(people.checker, text="Thirty trips"), newsroom.complete(people.reporter)
    for claim, of in ((draft, other), (other, third)):
        claim.refresh_from_db()
        duplicates.mark_duplicate(
            claim=claim, of=of, by=people.checker, at=now, version=claim.version, of_version=of.version
        )
    assert "we are checking it" in text_of(Client().get(address)), "the third is, and not public"
    third.refresh_from_db()
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        third = newsroom.take(third, step, by)
    told = Client().get(address)
    assert "We have checked the same claim in other words" in text_of(told)
    assert f"/claims/{third.slug}/" in told.content.decode()


def test_the_reader_gets_one_email_with_the_answer_and_is_forgotten(claim: Any, people: Any, now: Any) -> None:
    send(claim, is_answer_wanted="on", email=" Reader@Bücher.example ")
    report = Report.objects.get()
    desk = signed_in(people.checker)
    shown = text_of(desk.get(f"/admin/articles/report/{report.pk}/change/"))
    assert "The reader gets one when it is decided" in shown
    assert (answers.send_due(at=now), Message.objects.count()) == (0, 0)
    reports.dismiss(report=report, by=people.checker, at=now, answer="The final accounts say 12.")
    assert [answers.send_due(at=now) for _again in range(2)] == [1, 0]
    letter = Message.objects.get()
    assert letter.to == "Reader@xn--bcher-kva.example"
    assert letter.subject.endswith(": Your report")
    decided = "We looked into it and changed nothing"
    for said in (decided, claim.text, "The final accounts say 12.", f"/reports/{report.reference}/"):
        assert said in letter.text
    assert WORDS["what"] not in letter.text, "anybody may have typed this address"
    Message.objects.update(sent_at=now)
    answers.send_due(at=now)
    report.refresh_from_db()
    assert (AnswerRequest.objects.count(), Message.objects.count(), report.email) == (0, 0, "")
    reports.reopen(report=report, by=people.checker, at=now)
    reports.dismiss(report=report, by=people.checker, at=now, answer="The final accounts say 12.")
    assert answers.send_due(at=now) == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("az", "Bildirişiniz"),
        ("hy", "Ձեր հաղորդումը"),
        ("ru", "Ваше сообщение"),
        ("tr", "Bildiriminiz"),
        ("ar", "بلاغك"),
    ],
)
def test_the_answer_is_in_the_language_of_the_form(claim: Any, people: Any, now: Any, language: str, said: str) -> None:
    client, address = Client(), f"/{language}/report/"
    words = WORDS | {"page": "/figures/", "is_answer_wanted": "on"}
    assert client.post(address, form_of(client.get(address)) | words).status_code == 303
    reports.dismiss(report=Report.objects.get(), by=people.checker, at=now, answer="The figures are right.")
    assert answers.send_due(at=now) == 1
    letter = Message.objects.get()
    assert said in letter.subject
    assert f"/{language}/reports/" in letter.text
    for english in ("We have decided", "Looked into", "Read the answer", "Somebody entered"):
        assert english not in letter.text


def test_an_answer_by_email_needs_an_address_and_is_asked_for(claim: Any, people: Any, now: Any, settings: Any) -> None:
    sent = send(claim, is_answer_wanted="on", email="")
    assert sent.status_code == 400
    assert "Enter a valid e-mail address." in text_of(sent)
    assert form_of(sent)["what"] == WORDS["what"]
    send(claim)
    assert not AnswerRequest.objects.exists(), "an address alone asks for nothing"
    settings.FOLLOW_BY_EMAIL = False
    assert "is_answer_wanted" not in Client().get(f"/claims/{claim.slug}/report/").content.decode()


@pytest.mark.parametrize("all_words", [True, False])
def test_who_is_erased_at_the_desk_gets_no_answer(claim: Any, people: Any, now: Any, all_words: bool) -> None:
    send(claim, is_answer_wanted="on")
    report = Report.objects.get()
    reports.erase(report=report, by=people.checker, at=now, all_words=all_words)
    report.refresh_from_db()
    reports.dismiss(report=report, by=people.checker, at=now, answer="The final accounts say 12.")
    assert answers.send_due(at=now) == 0
    assert not AnswerRequest.objects.exists()


def test_an_address_that_the_mail_server_refuses_is_erased_too(claim: Any, people: Any, now: Any) -> None:
    send(claim, is_answer_wanted="on")
    reports.dismiss(report=Report.objects.get(), by=people.checker, at=now, answer="The final accounts say 12.")
    answers.send_due(at=now)
    Message.objects.update(failed_at=now, refused=True)
    assert answers.send_due(at=now) == 0
    assert (AnswerRequest.objects.count(), Report.objects.get().email) == (0, "")
