"""The loaded demo: real history, nothing leaked, and a second run that changes nothing."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils.timezone import localdate

from articles.choices import Stage
from articles.models import Article, Change, Claim, Rating, Record, Relation, Verdict
from articles.selectors.claims import progress
from articles.selectors.collaboration import activity
from articles.selectors.log import log_verification
from articles.selectors.readers import published, translations
from articles.selectors.readers.claim_filters import Filters
from demo import content, load

pytestmark = pytest.mark.django_db


def claim(key):
    """The claim that has this key in the content files."""
    entries = {entry["key"]: entry for file in content.read() for entry in file.get("claim", ())}
    return Claim.objects.get(text=entries[key]["text"])


def test_the_loaded_demo_has_everything_of_its_files(demo):
    files = content.read()
    entries = [entry for file in files for entry in file.get("claim", ())]
    assert demo.loaded == load.Loaded(articles=len(files), claims=len(entries))
    originals = Claim.objects.filter(translation_of=None)
    assert Counter(originals.values_list("stage", flat=True)) == Counter(_final_stage(entry) for entry in entries)
    assert Relation.objects.count() == sum(len(entry.get("relation", ())) for entry in entries)


def _final_stage(entry):
    if any(later["act"] == "retract" for later in entry.get("later", ())):
        return Stage.RETRACTED
    return entry["stage"]


def test_readers_find_twelve_claims_and_seven_ratings_in_the_first_article(demo):
    article = Article.objects.get(publisher__startswith="Caucasus Courier")
    passages = published.passages(article.pk)
    assert len({passage.claim_id for passage in passages}) >= 12
    assert len([row for row in published.balance(articles__contains=[article.pk]) if row[0]]) >= 7
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)


def test_the_demo_has_comments_and_a_claim_with_a_dependency(demo):
    assert list(activity.mentions_for(demo.people.reporter)) == [claim("settlements-300")]
    assert list(activity.mentions_for(demo.people.checker)) == [claim("settlers-paid")]
    assert "The decree behind the programme, from the archive" in {one.exactly for one in activity.waiting(limit=9)}


def test_loading_the_demo_twice_changes_nothing(demo):
    before = Change.objects.count(), Record.objects.count()
    assert load.load(demo.people) == load.Loaded(articles=0, claims=0)
    assert (Change.objects.count(), Record.objects.count()) == before


def test_a_failed_load_of_the_demo_leaves_nothing_behind(demo, tmp_path):
    source, text = (content.DIRECTORY / name for name in ("vodohranilishche.toml", "vodohranilishche.txt"))
    broken = source.read_text(encoding="utf-8").replace('rating = "misleading"', 'rating = "no_such_rating"')
    (tmp_path / source.name).write_text(broken, encoding="utf-8")
    (tmp_path / text.name).write_text(text.read_text(encoding="utf-8") + "Новая строка.\n", encoding="utf-8")
    before = Change.objects.count(), Record.objects.count()
    with pytest.raises(Rating.DoesNotExist):
        load.load(demo.people, directory=tmp_path)
    assert (Change.objects.count(), Record.objects.count()) == before


def test_every_demo_record_verifies_and_the_log_is_in_order_of_time(demo):
    records = [checked.record for checked in log_verification.verify()]
    assert len(records) == Record.objects.count() >= 30
    times = [record.at for record in records]
    assert times == sorted(set(times))


def test_demo_claims_are_approved_by_the_checker_and_published_by_the_editor(demo):
    approvals = set(Verdict.objects.exclude(approved_by=None).values_list("proposed_by", "approved_by"))
    assert approvals == {(demo.people.reporter.pk, demo.people.checker.pk)}
    publications = Change.objects.filter(table="articles_claim", after__stage=Stage.PUBLISHED)
    assert set(publications.values_list("actor", "surface")) == {(demo.people.editor.pk, "command")}


def test_demo_people_can_sign_in_with_the_printed_password(demo):
    for username in ("reporter", "checker", "editor", "admin"):
        assert authenticate(username=username, password="factcheck-demo")


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("deadline-moved", ["published", "updated"]),
        ("peacekeepers-2000", ["published", "corrected"]),
        ("toll-armenia", ["published", "corrected", "updated"]),
        ("twenty-percent", ["published", "corrected"]),
        ("armour-470", ["published", "retracted"]),
    ],
)
def test_later_revisions_of_the_demo_keep_the_first_one(demo, key, kinds):
    records = list(Record.objects.filter(claim_id=claim(key).pk).order_by("revision"))
    assert [record.kind for record in records] == kinds
    days = {record.document().get("verdict", {}) and record.document()["verdict"]["checked_on"] for record in records}
    assert len(days) == len(records)


def test_a_correction_tells_readers_how_far_it_reaches(demo):
    documents = [
        published.claim(claim_id=claim(key).pk).record.document() for key in ("peacekeepers-2000", "twenty-percent")
    ]
    minor, verdict = (document["corrections"] for document in documents)
    assert [row["severity"] for row in minor] == ["minor"]
    assert [row["severity"] for row in verdict] == ["verdict"]
    assert "13.6 percent" in verdict[0]["note"]


def test_a_retraction_keeps_the_statement_and_the_reason_alone(demo):
    row = published.claim(claim_id=claim("armour-470").pk)
    document = row.record.document()
    assert row.is_retracted
    assert document["verdict"] is None
    assert "The mistake was ours." in document["retraction"]["note"]


def test_the_history_tells_the_re_check_step_by_step(demo):
    acts = progress.history(claim("deadline-moved"))
    stages = [
        change.after["stage"] for act in reversed(acts) for change in act.changes if "stage" in (change.after or {})
    ]
    round_ = ["checking", "review", "approved", "published"]
    assert stages == ["draft", *round_, *round_]
    assert "Re-checked after the new date had passed." in [act.reason for act in acts]


def test_open_demo_claims_have_an_assignee_and_a_due_date(demo):
    waiting = {row.stage: row for row in Claim.objects.open()}
    assert set(waiting) == {"draft", "checking", "review", "approved"}
    assert all(row.assignee and row.due_on > localdate() for row in waiting.values())
    assert claim("deadline-moved").recheck_on == localdate() + timedelta(days=10)


def test_readers_see_no_unpublished_demo_claim(demo):
    unpublished = Claim.objects.exclude(stage__in=[Stage.PUBLISHED, Stage.RETRACTED])
    assert unpublished.count() == 4
    seen = {row.pk for row in published.claims(size=published.MAX_PAGE_SIZE).rows}
    assert seen.isdisjoint(unpublished.values_list("pk", flat=True))
    everything = b"".join(bytes(record.body) for record in Record.objects.all())
    for row in unpublished:
        assert row.text.encode() not in everything


def test_a_demo_claim_has_a_complete_translation(demo):
    original = claim("deadline-moved")
    row, (face,) = translations.claim(published.claim(claim_id=original.pk).slug)
    document = published.claim(slug=face.slug).record.document()
    assert (face.language, document["translation_of"]["revision"]) == ("ru", row.revision)
    notes = [link["note"] for link in document["evidence"]]
    assert len(notes) == 4
    assert all(re.search("[а-яё]", note) for note in [*notes, document["verdict"]["summary"]])


def test_a_confidential_demo_source_is_public_by_its_description_only(demo):
    document = published.claim(claim_id=claim("five-thousand-cars").pk).record.document()
    hidden = [link["source"] for link in document["evidence"] if "confidential" in link["source"]]
    assert [set(source) for source in hidden] == [{"confidential", "description"}]


def test_an_archived_copy_is_cited_with_its_hash(demo):
    document = published.claim(claim_id=claim("april-rise").pk).record.document()
    archived = document["evidence"][0]["archived"]
    assert archived["url"].startswith("https://archive.example/")
    assert len(archived["sha256"]) == 64


@pytest.mark.parametrize(("word", "language"), [("водохранилища", "ru"), ("محطة", "ar"), ("Kalbajar", "en")])
def test_search_finds_the_demo_in_each_language(demo, word, language):
    found = published.claims(Filters(q=word)).rows
    assert found
    assert {row.language for row in found if row.original_id is None} == {language}
