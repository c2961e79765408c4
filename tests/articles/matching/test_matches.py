"""Claims like a text: what is found, who may find it, what it reads, and that nobody can forget the words."""

import random
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum

from articles import text
from articles.models import Claim, Lexeme, Posting, PublishedLexeme, PublishedPosting
from articles.selectors.matching import bm25, candidates, matches
from articles.selectors.readers import matching as readers_matching
from bench.matching import arms, data
from tests import newsroom

pytestmark = pytest.mark.django_db
SAID = "They say the bridge of Velmstad cost us 47 million crowns"


def ids(asked: str, language: str = "en", **options: object) -> list[object]:
    return [found.claim_id for found in matches.find_matches(text=asked, language=language, **options).ranked]  # type: ignore[arg-type]


def counts(model: type[Lexeme] | type[PublishedLexeme] = Lexeme) -> dict[tuple[str, str], tuple[int, int]]:
    """Claims and words by language and word, the zeros left out."""
    rows = model._default_manager.values_list("language", "lexeme").annotate(Sum("ndoc"), Sum("words"))
    return {(language, lexeme): (ndoc, words) for language, lexeme, ndoc, words in rows if ndoc or words}


def recounted(model: type[Posting] | type[PublishedPosting] = Posting) -> dict[tuple[str, str], tuple[int, int]]:
    """The same, from the postings themselves."""
    found: dict[tuple[str, str], list[int]] = {}
    seen: set[tuple[str, object]] = set()
    for language, lexeme, claim, tf in model._default_manager.values_list("language", "lexeme", "claim_id", "tf"):
        one, every = found.setdefault((language, lexeme), [0, 0]), found.setdefault((language, ""), [0, 0])
        one[0], one[1] = one[0] + 1, one[1] + tf
        every[0], every[1] = every[0] + ((language, claim) not in seen), every[1] + tf
        seen.add((language, claim))
    return {key: (ndoc, words) for key, (ndoc, words) in found.items()}


def test_the_database_has_the_configurations_of_the_search() -> None:
    with connection.cursor() as cursor:
        for tag in [*text.SEARCH_CONFIGS, "az", "en-GB", "pt-BR", "xx"]:
            cursor.execute("SELECT factcheck_search_config(%s)::text", [tag])
            assert cursor.fetchone() == (text.search_config(tag),)


def test_an_open_claim_is_found_from_its_first_moment_with_the_words_in_common(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="The Velmstad bridges cost 47 million crowns")
    newsroom.draft(people.reporter, text="The Velmstad ferry was sold")
    first, second = matches.find_matches(text=SAID, language="en-GB").ranked
    assert (first.claim_id, first.collection) == (claim.pk, "open")
    assert first.common == ["Velmstad", "bridges", "cost", "47", "million", "crowns"]
    assert (second.common, first.score > second.score) == (["Velmstad"], True)


def test_bulk_updates_and_plain_sql_update_the_search_index(people: SimpleNamespace) -> None:
    claim, other = newsroom.draft(people.reporter), newsroom.draft(people.reporter)
    Claim.objects.filter(pk=claim.pk).update(text="Zeppelins land here", version=F("version") + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_claim SET text = 'Цеппелины', language = 'ru', version = version + 1 WHERE id = %s",
            [other.pk],
        )
    assert ids("zeppelin landing") == [claim.pk]
    assert ids("bridge of Lindholm") == []
    assert (ids("цеппелинов", "ru"), ids("цеппелинов", "en")) == ([other.pk], [])
    Claim.objects.bulk_create(
        Claim(
            text=f"Zeppelin no. {n}", slug=f"z-{n}", language="en", created_by=people.reporter, created_at=newsroom.AT
        )
        for n in range(3)
    )
    assert len(ids("zeppelin")) == 4
    assert counts() == recounted()


def test_each_stage_is_in_the_right_search_collection(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    assert ids(SAID, among="open") == []
    assert [m.claim_id for m in readers_matching.find_matches(text=SAID, language="en").ranked] == [claim.pk]
    claim = newsroom.take(claim, "recheck", people.checker)
    assert ids(SAID, among="open") == ids(SAID, among="published") == ids(SAID) == [claim.pk]
    assert ids(SAID, exclude=[claim.pk]) == []
    dropped = newsroom.in_stage("dropped", people, text="Zeppelins land here")
    assert dropped.pk not in ids("zeppelins")
    assert (counts(), counts(PublishedLexeme)) == (recounted(), recounted(PublishedPosting))


def test_readers_never_see_an_open_claim(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    assert not readers_matching.find_matches(text=SAID, language="en")
    for model in (Posting, Lexeme):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            list(model.objects.using("readers").values_list("lexeme"))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        bm25.hits("readers", ["open"], bm25.Question(SAID, "en"))


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " \n\u200b",
        "!?… —",
        "the and of to",
        "😀🎉",
        "\u0301",
        "x" * 100_000,
        "word " * 20_000,
        "a'b\\ & | ! :* <-> %s",
    ],
)
def test_a_text_without_words_finds_nothing(people: SimpleNamespace, asked: str) -> None:
    newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    assert ids(asked) == []


def test_mixed_scripts_and_emoji_do_not_hide_a_word(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    assert ids("😡😡 мост Velmstad جسر 橋 #bridge") == [claim.pk]
    assert ids("Velmstad " + "filler " * 50_000) == [claim.pk]


@pytest.mark.parametrize(("asked", "language"), [("a\x00b", "en"), ("\ud800", "en"), ("a", "english!"), ("a", "\x00")])
def test_a_search_text_with_characters_that_cannot_be_stored_is_refused(asked: str, language: str) -> None:
    with pytest.raises(ValidationError):
        matches.find_matches(text=asked, language=language)


@pytest.mark.parametrize(
    ("language", "claim", "asked"),
    [
        ("en", "It cost 12,000 crowns", "12 000"),
        ("en", "It cost 1,234,567 crowns", "1234567"),
        ("tr", "IŞIK söndü", "ışık"),
        ("az", "Azərbaycanın ərazisi", "Azərbaycanda"),
        ("az", "İLHAM danışdı", "ilham"),
        ("hy", "Կամուրջները փակ են", "կամուրջներ"),
        ("ar", "أغلق الجسر أمس", "جسر"),
        ("ru", "Мосты закрыты", "мостов"),
    ],
)
def test_a_word_is_found_in_another_grammatical_form(
    people: SimpleNamespace, language: str, claim: str, asked: str
) -> None:
    made = newsroom.draft(people.reporter, text=claim, language=language)
    assert ids(asked, language) == [made.pk]


def test_a_year_beside_a_count_is_found_as_two_numbers(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="In 2020 300 towns were taken")
    assert ids("300") == ids("2020") == [claim.pk]


def test_counts_stay_right_and_short_over_many_edits(people: SimpleNamespace) -> None:
    lots, claims = random.Random(5), [newsroom.draft(people.reporter) for _ in range(4)]  # noqa: S311
    for _ in range(80):
        words = " ".join(lots.choices(["bridge", "ferry", "town", "zeppelin"], k=3))
        Claim.objects.filter(pk=lots.choice(claims).pk).update(text=words, version=F("version") + 1)
    assert counts() == recounted()
    assert Lexeme.objects.filter(language="en", lexeme="").count() <= 34


def test_common_words_are_not_read_beyond_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    arms.fill([("en", f"common usual frequent ordinary rare{n} number{n}") for n in range(30)])
    wanted = data.named("common usual frequent ordinary rare7 number7")
    asked = "common usual frequent ordinary rare7"
    assert len(ids(asked, limit=50)) == 30
    monkeypatch.setattr(bm25, "MIN_BUDGET", 0)
    monkeypatch.setattr(bm25, "ALWAYS", 1)
    assert ids(asked, limit=50) == [wanted]
    monkeypatch.setattr(bm25, "MIN_BUDGET", 31)
    found = matches.find_matches(text=asked, language="en", limit=50).ranked
    assert (found[0].claim_id, found[0].common) == (wanted, ["common", "rare7"])
    assert len(found) == 30


def test_find_matches_is_better_than_each_other_way_on_labelled_texts() -> None:
    known = data.labelled()
    assert len({pair.language for pair in known.pairs}) >= 8
    assert len({pair.claim_id for pair in known.pairs if pair.is_held_out}) >= 60
    arms.fill(known.claims, claimants=known.claimants)
    arms.prepare_others()
    few = [pair for pair in known.pairs if pair.is_held_out and pair.kind in ("plain", "absent", "left out")][::2]
    table = arms.quality(few)
    held_out = {name: rows["held out"] for name, rows in table.items()}
    mine = held_out.pop(arms.OURS)
    assert mine.map5 > max(other.map5 for other in held_out.values())
    assert mine.recall > max(other.recall for other in held_out.values())
    assert mine.map5 > 0.9


def test_the_index_function_ignores_claims_that_do_not_exist(people: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_post_open(%s::uuid[])", [[uuid4()]])
    assert counts() == {}


def test_the_index_of_open_claims_can_be_rebuilt(people: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    claim = newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    before = counts()
    Posting.objects.all().delete()
    Lexeme.objects.update(ndoc=99)
    assert ids(SAID) == []
    call_command("rebuild_matching")
    assert (ids(SAID), counts(), capsys.readouterr().out) == ([claim.pk], before, "Indexed 1 open claims.\n")


def test_the_index_of_published_claims_is_rebuilt_from_the_log(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    before = counts(PublishedLexeme)
    PublishedPosting.objects.filter(lexeme="bridg").delete()
    PublishedLexeme.objects.all().delete()
    call_command("rebuild_published", verbosity=0)
    assert (ids(SAID, among="published"), counts(PublishedLexeme)) == ([claim.pk], before)


def test_similar_claims_come_with_their_published_rating(people: SimpleNamespace) -> None:
    rated = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns", rating="false")
    retracted = newsroom.in_stage("retracted", people, text="The Velmstad bridge cost 46 million crowns")
    mine = newsroom.draft(people.reporter, text="The bridge in Velmstad cost 48 million crowns")
    assert [(one.claim_id, one.rating_label) for one in candidates.precedents(mine)] == [(rated.pk, "False")]
    told = {one.claim_id: one for one in candidates.similar_claims(text=mine.text, language="en")}
    assert (told[retracted.pk].is_retracted, told[mine.pk].is_public, told[rated.pk].checked_on is None) == (
        True,
        False,
        False,
    )


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_two_claims_with_the_same_words_can_be_entered_at_once_without_waiting(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, text="A zeppelin")
    statement = (
        "UPDATE articles_claim SET text = 'A bridge, a ferry and a zeppelin', version = version + 1 WHERE id = %s"
    )
    one, other = newsroom.draft(people.reporter, text="One"), newsroom.draft(people.reporter, text="Other")
    second = connection.copy()
    try:
        with transaction.atomic(), connection.cursor() as mine, second.cursor() as theirs:
            mine.execute(statement, [one.pk])
            theirs.execute("SET lock_timeout = '5s'")
            theirs.execute(statement, [other.pk])  # commits while the first has not
    finally:
        second.close()
    assert set(ids("ferry")) == {one.pk, other.pk}
    assert counts() == recounted()
