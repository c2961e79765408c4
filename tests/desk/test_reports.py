"""The queue of reported errors, and the pages about the newsroom, as the people of the desk use them."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Page, PageRevision, Report
from articles.services import reports
from lib.refusals import StaleError
from tests import newsroom
from tests.desk.pages import form_of, page_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(people: Any) -> Report:
    claim = newsroom.published(people, text="The bridge of Lindholm cost 12 million")
    words = {"what": "It cost <b>14</b> million", "email": "reader@mail.example"}
    return reports.receive(form="1", claim_id=claim.pk, revision=1, at=newsroom.AT, **words)


def act(user: Any, row: Report, how: str, **words: str) -> Any:
    client, address = signed_in(user), reverse("admin:articles_report_act", args=[row.pk, how])
    shown = client.get(address)
    return shown if shown.status_code != 200 else client.post(address, form_of(shown) | words, follow=True)


def test_everybody_sees_the_queue_and_those_who_answer_see_the_address(people: Any, report: Report) -> None:
    client = signed_in(people.reporter)
    assert "It cost <b>14</b> million" in text_of(client.get(reverse("admin:articles_report_changelist")))
    shown = text_of(client.get(page_of(report)))
    assert "You do not have permission to decide." in shown
    assert "reader@mail.example" not in shown
    assert report.reference not in shown
    assert "reader@mail.example" in text_of(signed_in(people.checker).get(page_of(report)))
    assert act(people.reporter, report, "dismiss", answer="No.").status_code == 403
    guess = client.get(reverse("admin:articles_report_changelist") + "?email__startswith=r")
    assert guess.status_code in (302, 400), "no letter of an address can be asked for"


def test_the_menu_counts_what_nobody_decided(people: Any, report: Report) -> None:
    from desk.reports.admin import badge

    assert badge(type("R", (), {"user": people.checker})) == "1"  # type: ignore[arg-type]
    act(people.checker, report, "dismiss", answer="The accounts say 12.")
    assert badge(type("R", (), {"user": people.checker})) == ""  # type: ignore[arg-type]
    assert Report.objects.get().answer == "The accounts say 12."


def test_the_claims_page_says_that_readers_disagree_until_somebody_decides(people: Any, report: Report) -> None:
    page = signed_in(people.checker).get(page_of(report.claim))
    assert "1 reader reported an error that nobody has decided on" in text_of(page)
    queue = f"{reverse('admin:articles_report_changelist')}?claim__id__exact={report.claim_id}"
    assert queue in page.content.decode()
    assert "It cost <b>14</b> million" in text_of(signed_in(people.checker).get(queue))
    act(people.checker, report, "dismiss", answer="The accounts say 12.")
    assert "reader says" not in text_of(signed_in(people.checker).get(page_of(report.claim)))


def test_a_report_is_taken_checked_again_and_reopened(people: Any, report: Report) -> None:
    assert "looks into it" in text_of(act(people.checker, report, "take"))
    assert "being checked again" in text_of(act(people.checker, report, "recheck"))
    report.refresh_from_db()
    assert (report.state, report.assignee, report.claim.stage) == ("in_work", people.checker, "checking")
    assert "required" in text_of(act(people.checker, report, "dismiss", answer=" "))
    act(people.checker, report, "dismiss", answer="No.")
    assert "decided on this report already" in text_of(act(people.editor, report, "take"))
    assert "open again" in text_of(act(people.editor, report, "reopen"))
    assert "Erased." in text_of(act(people.editor, report, "erase", all_words="on"))
    report.refresh_from_db()
    assert (report.state, report.what, report.email) == ("in_work", "", "")


def test_a_page_is_written_previewed_and_published(people: Any) -> None:
    client, listed = signed_in(people.editor), reverse("admin:articles_page_changelist")
    assert "Funding and ownership: not written yet" in text_of(client.get(listed))
    add = reverse("admin:articles_page_add") + "?key=funding"
    data = form_of(client.get(add)) | {"body_html": "<h2>Income</h2><p>Readers pay.</p>"}
    assert data["title"] == "Funding and ownership"
    client.post(add, data)
    row = Page.objects.get()
    assert "Funding and ownership: written, not published" in text_of(client.get(listed))
    preview = client.get(reverse("admin:articles_page_preview", args=[row.pk]))
    assert "readers do not see this text yet" in text_of(preview)
    assert "no-store" in preview.headers["Cache-Control"]
    publish = reverse("admin:articles_page_act", args=[row.pk, "publish"])
    asked = client.get(publish)
    assert "Readers pay." in text_of(asked)
    assert "required" in text_of(client.post(publish, form_of(asked)))
    client.post(publish, form_of(asked) | {"note": "First published."})
    assert client.get("/funding/").status_code == 200
    assert "Funding and ownership: " not in text_of(client.get(listed))
    withdraw = reverse("admin:articles_page_act", args=[row.pk, "withdraw"])
    client.post(withdraw, form_of(client.get(withdraw)) | {"note": "Out of date."})
    assert PageRevision.objects.latest("number").is_withdrawn


def test_who_may_do_what_with_a_page(people: Any) -> None:
    checker = signed_in(people.checker)
    add = reverse("admin:articles_page_add")
    checker.post(add, form_of(checker.get(add)) | {"key": "about", "title": "We", "body_html": "<p>Two of us.</p>"})
    row = Page.objects.get()
    assert "You do not have permission to publish it." in text_of(checker.get(page_of(row)))
    assert checker.get(reverse("admin:articles_page_act", args=[row.pk, "publish"])).status_code == 403
    reporter = signed_in(people.reporter)
    assert reporter.get(add).status_code == 403
    assert reporter.get(page_of(row)).status_code == 200


def test_a_page_saved_meanwhile_is_not_published_unseen(people: Any) -> None:
    client, add = signed_in(people.editor), reverse("admin:articles_page_add")
    client.post(add, form_of(client.get(add)) | {"key": "about", "title": "We", "body_html": "<p>Two of us.</p>"})
    row = Page.objects.get()
    publish = reverse("admin:articles_page_act", args=[row.pk, "publish"])
    asked = form_of(client.get(publish)) | {"note": "First published."}
    data = form_of(client.get(page_of(row))) | {"title": "Who we are"}
    client.post(page_of(row), data)
    assert StaleError.TEXT in text_of(client.post(publish, asked, follow=True))
    assert not PageRevision.objects.exists()
