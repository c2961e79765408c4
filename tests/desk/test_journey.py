"""From an article to a public claim through the admin alone, each step by whom it belongs to."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.choices import Surface
from articles.models import Article, Change, Claim, PublishedClaim, Rating, Record
from articles.services.claims import claims
from articles.services.log import log_clock
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


def _enter_claim(reporter, article):
    address = reverse("admin:articles_claim_add") + f"?article={article.pk}"
    page = reporter.get(address)
    data = pages.form_of(page)
    assert data["appearances-0-article"] == str(article.pk)
    data |= {
        "text": "The new bridge of Lindholm cost 12 million crowns",
        "is_unattributed": "on",
        "appearances-0-exact": newsroom.QUOTE,
        "topics": "bridges, money",
    }
    return reporter.post(address, data, follow=True)


def test_reporter_checker_editor(people):
    reporter, checker, editor = map(pages.signed_in, (people.reporter, people.checker, people.editor))
    first, second = newsroom.source(people.reporter), newsroom.source(people.reporter)

    file = SimpleUploadedFile("bridge.txt", newsroom.BODY.encode())
    pages.bring_in(reporter, file=file, saved={"publisher": "Lindholm Herald"})
    article = Article.objects.get()
    assert article.title.startswith("The mayor of Lindholm said on Monday")

    response = _enter_claim(reporter, article)
    assert not pages.errors(response)
    claim = Claim.objects.get()
    assert response.redirect_chain[-1][0] == pages.page_of(claim)
    assert claim.topics == ["bridges", "money"]
    assert claim.assignee == people.reporter
    assert claim.appearances.get().exact == newsroom.QUOTE

    data = pages.form_of(reporter.get(pages.page_of(claim)))
    data |= {"rating": Rating.objects.current().get(key="true").pk, "summary": "The minutes show it."}
    data = pages.add_row(data, "evidence", source=first.pk, stance="supports", locator="page 4", quote="", note="")
    data = pages.add_row(data, "evidence", source=second.pk, stance="context", locator="page 9", quote="", note="")
    assert reporter.post(pages.page_of(claim), data).status_code == 302
    pages.press(reporter, claim, "start")
    pages.press(reporter, claim, "submit")
    claim.refresh_from_db()
    assert (claim.stage, claim.evidence.count()) == ("review", 2)

    pages.approve(checker, claim)
    pages.confirm(editor, claim, "publish")
    claim.refresh_from_db()
    assert claim.stage == "published"
    assert PublishedClaim.objects.get().rating_key == "true"
    assert set(Change.objects.filter(claim_id=claim.pk).values_list("surface", flat=True)) == {Surface.ADMIN}


def _bare_draft(people):
    """Marked in an article, with two sources."""
    claim, article = newsroom.draft(people.reporter), newsroom.article(people.reporter)
    given = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
    claim = claims.mark(claim=claim, article_version=article.current_version(), exact=newsroom.QUOTE, **given).claim
    return newsroom.sourced(claim, people.reporter)


def test_a_draft_that_lacks_nothing_is_submitted_at_once_and_the_history_has_both_steps(people):
    claim, reporter = _bare_draft(people), pages.signed_in(people.reporter)
    typed = {"rating": Rating.objects.current().get(key="true").pk, "summary": "The minutes show it."}
    conditions = reverse("admin:articles_claim_conditions", args=[claim.pk])
    foot = pages.text_of(reporter.post(conditions, pages.form_of(reporter.get(pages.page_of(claim))) | typed))
    assert foot.index("Submit for review") < foot.index("Start checking")
    pages.press(reporter, claim, "submit", **typed)
    assert Claim.objects.get().stage == "review"
    steps = Change.objects.filter(claim_id=claim.pk, after__has_key="stage", kind="update").order_by("id")
    assert [change.after["stage"] for change in steps] == ["checking", "review"]


def test_a_draft_that_lacks_something_is_not_started_by_submitting_it(people):
    claim, reporter = _bare_draft(people), pages.signed_in(people.reporter)
    refused = pages.press(reporter, claim, "submit", summary="")
    assert pages.errors(refused)
    assert Claim.objects.get().stage == "draft"


def test_who_submitted_a_claim_is_offered_to_take_it_back_and_others_to_send_it_back(people):
    claim = newsroom.in_stage("review", people)
    own, other = (
        pages.text_of(pages.signed_in(who).get(pages.page_of(claim))) for who in (people.reporter, people.checker)
    )
    assert own.index("Take back") < own.index("Send back…")
    assert "Take back" not in other
    assert "Send back…" in other


def test_publishing_with_a_clock_that_is_behind_shows_the_reason(people):
    ahead = log_clock.now() + timedelta(days=2)
    newsroom.take(newsroom.in_stage("approved", people), "publish", people.editor, at=ahead)
    claim = newsroom.in_stage("approved", people)
    refused = pages.confirm(pages.signed_in(people.editor), claim, "publish")
    assert "The clock of the database is probably wrong" in pages.text_of(refused)
    assert Record.objects.count() == 1


def test_correction_and_retraction_need_words(people):
    claim = newsroom.published(people)
    checker, editor = pages.signed_in(people.checker), pages.signed_in(people.editor)
    pages.press(checker, claim, "recheck")
    rating = Rating.objects.current().get(key="false").pk
    pages.save(pages.signed_in(people.reporter), pages.page_of(claim), rating=rating, summary="It cost twenty.")
    pages.press(pages.signed_in(people.reporter), claim, "submit")
    pages.approve(checker, claim)

    response = pages.press(editor, claim, "publish")
    assert response.redirect_chain[-1][0].endswith("/publish/")
    assert Record.objects.count() == 1
    data = pages.form_of(response)
    assert (data["change"], data["severity"]) == ("correction", "verdict")

    pages.confirm(editor, claim, "publish", change="update", severity="verdict", note="It was 20.")
    pages.confirm(editor, claim, "publish", change="correction", severity="", note="")
    assert Record.objects.count() == 1
    refused = pages.confirm(editor, claim, "publish", change="correction", severity="minor", note="It was 20.")
    assert "choose “the verdict changed”" in pages.text_of(refused)
    assert Record.objects.count() == 1
    pages.confirm(editor, claim, "publish", change="correction", severity="verdict", note="It was 20 million.")
    assert newsroom.record_of(claim).document()["corrections"][0]["note"] == "It was 20 million."

    pages.confirm(editor, claim, "retract", comment="")
    assert Record.objects.count() == 2
    pages.confirm(editor, claim, "retract", comment="We mixed up two bridges.")
    assert newsroom.record_of(claim).document()["retraction"]["note"] == "We mixed up two bridges."


def test_the_desk_reads_the_day_of_the_next_check_as_readers_have_it(people):
    claim = newsroom.published(people, recheck_on=date(2026, 12, 1))
    claims.edit(claim=claim, by=people.editor, at=newsroom.AT, version=claim.version, recheck_on=date(2027, 1, 1))
    told = pages.text_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    assert "They are told that it is due to be checked again on 1 Dec 2026." in told


def test_published_claim_is_read_only_but_its_work_is_not(people):
    claim = newsroom.published(people)
    reporter = pages.signed_in(people.reporter)
    page = reporter.get(pages.page_of(claim))
    assert not {"text", "rating", "summary", "evidence-0-source"} & set(pages.form_of(page))
    assert "start a re-check" in pages.text_of(page)
    assert "Readers see revision 1: True" in pages.text_of(page)
    response = pages.save(reporter, pages.page_of(claim), recheck_on="2026-12-01", text="Something else", stage="draft")
    assert response.status_code == 302
    after = Claim.objects.get()
    assert (after.text, after.stage, str(after.recheck_on)) == (claim.text, "published", "2026-12-01")


def test_newer_draft_is_told_apart_from_what_readers_see(people):
    claim = newsroom.take(newsroom.published(people), "recheck", people.checker)
    page = pages.text_of(pages.signed_in(people.reporter).get(pages.page_of(claim)))
    assert "This page shows newer content that is not public." in page


def test_same_act_leaves_the_same_history_through_admin_and_service(people):
    client = pages.signed_in(people.reporter)
    by_hand, by_service = newsroom.draft(people.reporter, text="One"), newsroom.draft(people.reporter, text="One")
    pages.save(client, pages.page_of(by_hand), summary="Seen.", rating=Rating.objects.current().get(key="true").pk)
    pages.press(client, by_hand, "start")
    newsroom.take(
        _propose_plain(by_service, people.reporter),
        "start",
        people.reporter,
    )

    def told(claim):
        rows = Change.objects.filter(claim_id=claim.pk).order_by("id").values("table", "kind", "actor_id", "after")
        volatile = {"id", "claim_id", "slug", "updated_at", "proposed_at", "created_at"}
        return [{**row, "after": {k: v for k, v in row["after"].items() if k not in volatile}} for row in rows]

    assert told(by_hand) == told(by_service)
    later = Change.objects.filter(claim_id=by_hand.pk, kind="update")
    assert set(later.values_list("surface", flat=True)) == {Surface.ADMIN}


def _propose_plain(claim, by):
    from articles.services.verification import verdicts

    return verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="true"),
        summary="Seen.",
        by=by,
        at=newsroom.AT,
        version=claim.version,
    ).claim
