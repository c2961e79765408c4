"""Two people on one page: the second is told, keeps their words, and decides."""

import pytest

from articles.models import Change, Claim, Rating
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.evidence import evidence
from articles.services.library import claimants, sources
from articles.services.verification import verdicts
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db


def test_stale_save_keeps_the_text_and_shows_the_others_change(people):
    claim = newsroom.in_stage("checking", people)
    client, address = pages.signed_in(people.reporter), pages.page_of(claim)
    data = pages.form_of(client.get(address)) | {"text": "My words", "summary": "My summary"}
    claims.edit(claim=claim, by=people.colleague, at=newsroom.AT, version=claim.version, text="Their words")
    verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="false"),
        summary="Their summary",
        by=people.colleague,
        at=newsroom.AT,
        version=claim.version + 1,
    )
    refused = client.post(address, data)
    said = pages.text_of(refused)
    assert Claim.objects.get().text == "Their words"
    assert pages.form_of(refused)["text"] == "My words"
    for words in ("Colleague Test", "Their words", "My words", "Their summary", "My summary", claim.text):
        assert words in said

    client.post(address, pages.form_of(refused))
    after = Claim.objects.get()
    assert after.text == "My words"
    assert after.verdicts.get().summary == "My summary"


def test_rows_removed_by_somebody_else_do_not_break_the_form(people):
    claim = newsroom.in_stage("checking", people)
    client, address = pages.signed_in(people.reporter), pages.page_of(claim)
    data = pages.form_of(client.get(address)) | {"evidence-0-note": "My note", "evidence-1-note": "My other note"}
    gone = claim.evidence.first()
    evidence.remove(evidence=gone, by=people.colleague, at=newsroom.AT, version=claim.version)
    refused = client.post(address, data)
    assert "Evidence removed" in pages.text_of(refused)
    kept = pages.form_of(refused)
    assert {kept["evidence-0-note"], kept["evidence-1-note"]} == {"My note", "My other note"}
    assert client.post(address, kept).status_code == 302
    assert sorted(claim.evidence.values_list("note", flat=True)) == ["My note", "My other note"]


@pytest.mark.parametrize("sent", ["", "forged", None])
def test_a_form_without_its_version_is_refused(people, sent):
    claim = newsroom.draft(people.reporter)
    client, address = pages.signed_in(people.reporter), pages.page_of(claim)
    data = pages.form_of(client.get(address)) | {"text": "Other words"}
    data.pop("_version")
    response = client.post(address, data if sent is None else data | {"_version": sent})
    assert "does not say which version" in pages.errors(response)
    assert Claim.objects.get().text == claim.text


def test_version_of_another_claim_is_refused(people):
    claim, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    client = pages.signed_in(people.reporter)
    foreign = pages.form_of(client.get(pages.page_of(other)))["_version"]
    response = pages.save(client, pages.page_of(claim), _version=foreign, text="Other words")
    assert "does not say which version" in pages.errors(response)


@pytest.mark.parametrize("kind", ["article", "source", "claimant"])
def test_articles_sources_and_claimants_are_locked_too(people, kind):
    by, at = people.colleague, newsroom.AT
    row, field, edit = {
        "article": lambda: (newsroom.article(by), "title", lambda r, **v: intake.edit_article(article=r, **v)),
        "source": lambda: (newsroom.source(by), "title", lambda r, **v: sources.edit_source(source=r, **v)),
        "claimant": lambda: (
            claimants.add_claimant(by=by, at=at, name="The mayor", kind="person"),
            "name",
            lambda r, **v: claimants.edit_claimant(claimant=r, **v),
        ),
    }[kind]()
    client, address = pages.signed_in(people.reporter), pages.page_of(row)
    data = pages.form_of(client.get(address)) | {field: "Mine"}
    edit(row, by=by, version=row.version, **{field: "Theirs"})
    refused = client.post(address, data)
    assert all(words in pages.text_of(refused) for words in ("Colleague Test", "Theirs", "Mine"))
    assert pages.form_of(refused)[field] == "Mine"
    row.refresh_from_db()
    assert getattr(row, field) == "Theirs"
    assert client.post(address, pages.form_of(refused)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Mine"


def test_saving_without_a_change_changes_nothing(people):
    claim = newsroom.in_stage("checking", people, why_chosen="One.\nTwo.")
    verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="true"),
        summary="Seen.",
        explanation_html='<p>See <a href="https://city.example/1">the minutes</a>.</p>\n<p>Twice.</p>',
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    )
    before = Change.objects.count()
    written_by_the_editor = '<p>See <a href="https://city.example/1">the minutes</a>.</p>\r\n<p>Twice.</p>'
    response = pages.save(
        pages.signed_in(people.checker),
        pages.page_of(claim),
        why_chosen="One.\r\nTwo.",
        explanation_html=written_by_the_editor,
    )
    assert response.status_code == 302
    assert Change.objects.count() == before
    assert claim.verdicts.get().proposed_by == people.reporter
