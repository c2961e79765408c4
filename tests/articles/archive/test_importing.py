"""Importing an archive: drafts, records, doubts, and the state of the log afterwards."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from articles.choices import Stage
from articles.models import ArchiveBatch, ArchiveRow, Change, Claim, Claimant, Head, PublishedClaim, Record, Redirect
from articles.selectors.claims import timeline
from articles.selectors.log import approved_content, log_verification
from articles.selectors.matching import matches
from articles.services.archive import importing
from articles.services.log import projection
from lib.refusals import NotAllowedError, NotNowError
from tests import newsroom
from tests.articles.archive.files import imported, outcomes, plan, row, written
from tests.articles.management.test_rebuild_published import rows as projected

pytestmark = pytest.mark.django_db


def test_rows_become_drafts_with_a_proposed_verdict(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(1), row(2, rating="Odd"), row(3, rating="")])
    items = imported(path, people.reporter, is_published=False, ratings={})
    assert outcomes(items) == [("taken", ""), ("doubtful", "unmapped_rating"), ("doubtful", "no_rating")]
    claims = [Claim.objects.get(pk=item.claim_id) for item in items]
    assert [claim.stage for claim in claims] == [Stage.DRAFT] * 3
    assert [claim.verdicts.count() for claim in claims] == [1, 0, 0]
    verdict = claims[0].verdicts.get()
    assert (verdict.rating.key, verdict.approved_by) == ("false", None)
    assert claims[1].claimant == claims[0].claimant
    assert "Their rating: Odd" in claims[1].why_chosen
    assert not Record.objects.exists()
    assert matches.find_matches(text=claims[0].text, language="en", limit=1, among="open")


def test_rows_are_published_as_imported_records(tmp_path: Path, people: SimpleNamespace) -> None:
    before = newsroom.published(people)
    evidence = ["https://city.example/timetable"]
    path = written(tmp_path, [row(1, evidence=evidence), row(2, rating="Odd"), row(3, rating="Rubbish")])
    items = imported(path, people.editor, ratings={"rubbish": "false"}, site="https://old.example", origin="Old Checks")
    assert outcomes(items) == [("taken", ""), ("doubtful", "unmapped_rating"), ("taken", "")]
    claim = Claim.objects.get(pk=items[0].claim_id)
    record = newsroom.record_of(claim).document()
    assert claim.stage == Stage.PUBLISHED
    assert record["imported"] == {
        "from": "Old Checks",
        "url": "https://www.old.example/checks/1/",
        "first_published_at": "2019-04-02",
    }
    assert record["verdict"]["checked_on"] == "2019-04-02"
    assert [one["source"]["url"] for one in record["evidence"]] == evidence
    third = newsroom.record_of(Claim.objects.get(pk=items[2].claim_id)).document()
    assert third["verdict"]["summary"].endswith("(“Rubbish”)")
    assert "imported" not in newsroom.record_of(before).document()
    assert Claim.objects.get(pk=items[1].claim_id).stage == Stage.DRAFT
    assert [entry.record.seq for entry in log_verification.verify()] == [1, 2, 3]
    redirects = Redirect.objects.values_list("path", "claim_id")
    assert set(redirects) == {(f"/checks/{n}", item.claim_id) for n, item in enumerate(items, start=1)}


def test_projection_is_the_one_that_single_publications_make(tmp_path: Path, people: SimpleNamespace) -> None:
    newsroom.published(people)
    texts = {"ar": "كلّف الجسر ١٢ مليون", "az": "Körpü 12 milyon manata başa gəldi", "de": "Die Brücken kosteten Geld"}
    rows = [
        row(n, text=text, language=tag, evidence="https://city.example/a")
        for n, (tag, text) in enumerate(texts.items())
    ]
    imported(written(tmp_path, [*rows, row(9), row(10)]), people.editor, chunk=2)
    before = projected()
    assert len(before["PublishedClaim"]) == 6
    projection.rebuild()
    assert projected() == before


def test_published_claims_are_found_by_matching_and_search(tmp_path: Path, people: SimpleNamespace) -> None:
    texts = [f"The {word} of Lindholm was sold" for word in ("lighthouse", "brewery", "orchard")]
    items = imported(written(tmp_path, [row(n, text=text) for n, text in enumerate(texts)]), people.editor, chunk=2)
    [match] = matches.find_matches(text="Lindholm sold its brewery", language="en", limit=1, among="published").ranked
    assert match.claim_id == items[1].claim_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT claim_id FROM articles_publishedclaim WHERE search @@ to_tsquery('simple', 'orchard')")
        assert cursor.fetchall() == [(items[2].claim_id,)]


def test_history_has_the_batch_and_the_person_and_no_row_for_each_claim(
    tmp_path: Path, people: SimpleNamespace
) -> None:
    newest = Change.objects.order_by("-id").first()
    imported(written(tmp_path, [row(n) for n in range(5)]), people.editor, chunk=2)
    changes = Change.objects.filter(id__gt=newest.id if newest else 0).exclude(table="accounts_user")
    assert [(change.table, change.kind, change.actor) for change in changes.order_by("id")] == [
        ("articles_archivebatch", "insert", people.editor),
        ("articles_archivebatch", "update", people.editor),
    ]
    batch = ArchiveBatch.objects.get()
    assert (batch.taken, batch.published, batch.first_seq, batch.last_seq) == (5, 5, 1, 5)


def test_history_of_a_claim_ends_with_its_import(tmp_path: Path, people: SimpleNamespace) -> None:
    [item] = imported(written(tmp_path, [row(1)]), people.editor)
    claim = newsroom.take(Claim.objects.get(pk=item.claim_id), "recheck", people.checker)
    recheck, entered = timeline.of_claim(claim)
    assert recheck.who == people.checker.display_name()
    assert (entered.who, entered.happenings) == (people.editor.display_name(), [])
    assert entered.reason.startswith("Import of the archive archive.jsonl (row 1, batch ")
    assert len(timeline.of_claim(newsroom.draft(people.reporter))) == 1


def test_changes_after_the_import_are_in_the_history(tmp_path: Path, people: SimpleNamespace) -> None:
    [item] = imported(written(tmp_path, [row(1)]), people.editor)
    claim = newsroom.take(Claim.objects.get(pk=item.claim_id), "recheck", people.checker)
    assert Change.objects.filter(claim_id=claim.pk, actor=people.checker, kind="update").exists()


def test_imported_claim_is_corrected_like_any_other_and_stays_imported(tmp_path: Path, people: SimpleNamespace) -> None:
    [item] = imported(written(tmp_path, [row(1)]), people.editor)
    claim = Claim.objects.get(pk=item.claim_id)
    assert claim.verdicts.get().approved_sha256 == approved_content.sha256(claim)
    retracted = newsroom.take(claim, "retract", people.editor, comment="We cannot stand by it.")
    first, second = Record.objects.filter(claim_id=claim.pk).order_by("revision")
    assert second.document()["imported"] == first.document()["imported"]
    assert retracted.stage == Stage.RETRACTED
    assert len(list(log_verification.verify())) == 2


def test_same_file_again_takes_nothing_and_makes_no_batch(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(1), row(1), row(2)])
    assert outcomes(imported(path, people.editor)) == [("taken", ""), ("already_there", "duplicate"), ("taken", "")]
    assert {outcome for outcome, _code in outcomes(imported(path, people.editor))} == {"already_there"}
    assert ArchiveBatch.objects.count() == 1
    assert Record.objects.count() == 2


def test_stopped_run_goes_on_in_the_same_batch(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(n) for n in range(7)])
    run = importing.run(plan(path, people.editor), chunk=3)
    for _ in range(4):
        next(run)
    run.close()
    assert Record.objects.count() == 6
    assert ArchiveBatch.objects.get().finished_at is None
    with pytest.raises(NotNowError, match="with --publish"):
        imported(path, people.editor, is_published=False)
    newsroom.published(people)
    again = imported(path, people.editor, chunk=3)
    assert [outcome for outcome, _code in outcomes(again)] == ["already_there"] * 6 + ["taken"]
    batch = ArchiveBatch.objects.get()
    assert (batch.taken, batch.first_seq, batch.last_seq) == (7, 1, 8)
    assert len(list(log_verification.verify())) == 8


def test_colleagues_publish_between_chunks(tmp_path: Path, people: SimpleNamespace) -> None:
    run = importing.run(plan(written(tmp_path, [row(n) for n in range(6)]), people.editor), chunk=2)
    for _ in range(3):
        next(run)
    between = newsroom.record_of(newsroom.published(people))
    assert len(list(run)) == 3
    assert between.seq == 5
    assert [entry.record.seq for entry in log_verification.verify()] == list(range(1, 8))
    batch = ArchiveBatch.objects.get()
    assert (batch.published, batch.first_seq, batch.last_seq) == (6, 1, 7)


def test_taken_page_name_is_told_apart(tmp_path: Path, people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, text="The ferry sank")
    items = imported(written(tmp_path, [row(n, text="The ferry sank") for n in range(3)]), people.editor, chunk=2)
    slugs = set(Claim.objects.values_list("slug", flat=True))
    assert len(slugs) == 4
    assert all(slug.startswith("the-ferry-sank") for slug in slugs)
    assert len(items) == 3


def test_known_claimants_and_sources_are_used_again(tmp_path: Path, people: SimpleNamespace) -> None:
    known = newsroom.source(people.reporter, url="https://city.example/known")
    link = {"evidence": "https://city.example/known https://city.example/new"}
    items = imported(
        written(tmp_path, [row(1, claimant="ADA BERG", **link), row(2, claimant="Ada Berg", **link), row(3, **link)]),
        people.editor,
        chunk=2,
    )
    claims = [Claim.objects.get(pk=item.claim_id) for item in items]
    assert claims[0].claimant == claims[1].claimant
    assert all(claim.evidence.order_by("position").first().source == known for claim in claims)
    assert len({claim.evidence.order_by("position").last().source_id for claim in claims}) == 1


def test_chunk_that_fails_leaves_nothing_half_written(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(n) for n in range(4)])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_publishedmeasure ADD CONSTRAINT full_disk CHECK (rating_key <> 'false')")
    with pytest.raises(Exception, match="full_disk"):
        imported(path, people.editor)
    assert not Claim.objects.exists()
    assert not ArchiveRow.objects.exists()
    assert Head.objects.get().seq == 0


def test_people_who_may_not_publish_are_refused(tmp_path: Path, people: SimpleNamespace) -> None:
    path = written(tmp_path, [row(1)])
    with pytest.raises(NotAllowedError, match="publish an archive"):
        imported(path, people.reporter)
    assert not ArchiveBatch.objects.exists()


def test_dry_run_says_the_same_as_the_import_and_keeps_nothing(tmp_path: Path, people: SimpleNamespace) -> None:
    newsroom_claimant = [
        Claimant(name="Twin", folded="twin", slug=f"twin-{n}", created_by=people.editor, created_at=newsroom.AT)
        for n in "ab"
    ]
    Claimant.objects.bulk_create(newsroom_claimant)
    rows = [row(1), row(1), "{broken", row(2, language="xx"), row(3, claimant="twin"), row(4, date=""), row(5)]
    path = written(tmp_path, [*rows, row(6, text="Safe\u202etxet"), row(7, text="x" * 501), row(1)])
    said = outcomes(list(importing.preview(plan(path, people.editor), chunk=3)))
    assert not ArchiveBatch.objects.exists()
    assert said == [
        ("taken", ""),
        ("already_there", "duplicate"),
        ("refused", "malformed_json"),
        ("doubtful", "unknown_language"),
        ("doubtful", "several_claimants"),
        ("doubtful", "no_date"),
        ("taken", ""),
        ("refused", "misleading_direction"),
        ("refused", "too_long"),
        ("already_there", "duplicate"),
    ]
    assert outcomes(imported(path, people.editor, chunk=3)) == said


def test_address_of_another_batch_with_other_words_is_doubtful(tmp_path: Path, people: SimpleNamespace) -> None:
    imported(written(tmp_path, [row(1)]), people.editor)
    other = written(tmp_path, [row(1, text="The ferry made one trip")], "second.jsonl")
    assert outcomes(imported(other, people.editor)) == [("doubtful", "address_known")]


def test_unmapped_rows_are_published_with_the_rating_that_was_asked_for(
    tmp_path: Path, people: SimpleNamespace
) -> None:
    from articles.services.archive.plans import current_ratings

    path = written(tmp_path, [row(1, rating="Odd"), row(2, rating="")])
    items = imported(path, people.editor, unmapped=current_ratings()["unverified"])
    assert outcomes(items) == [("taken", ""), ("taken", "")]
    assert set(PublishedClaim.objects.values_list("rating_key", flat=True)) == {"unverified"}


def test_database_refuses_a_published_claim_outside_a_batch(tmp_path: Path, people: SimpleNamespace) -> None:
    imported(written(tmp_path, [row(1)]), people.editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.batch', %s, true)", [str(ArchiveBatch.objects.get().pk)])
    with pytest.raises(Exception, match="begins as a draft"):
        Claim.objects.create(text="x", stage="published", slug="x", created_by=people.editor, created_at=newsroom.AT)


def test_verify_log_passes_after_an_import(tmp_path: Path, people: SimpleNamespace) -> None:
    imported(written(tmp_path, [row(n) for n in range(300)]), people.editor, chunk=128)
    call_command("verify_log", verbosity=0)
