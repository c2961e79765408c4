"""What is found, in which group, and what changes the order: claimant, context, siblings, what is published beside."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.models import Claimant, PublishedClaim
from articles.selectors.matching import findings, matches
from articles.selectors.matching.findings import Finding
from articles.selectors.readers import matching as readers_matching
from tests import newsroom

pytestmark = pytest.mark.django_db


def claimant(name: str, people: SimpleNamespace) -> Claimant:
    return Claimant.objects.create(
        name=name,
        folded=name.lower(),
        slug=name.lower().replace(" ", "-"),
        kind="person",
        created_by=people.reporter,
        created_at=newsroom.AT,
    )


def found(text: str, language: str = "en", **options: object) -> list[Finding]:
    return matches.find_matches(text=text, language=language, **options).ranked  # type: ignore[arg-type]


def test_the_same_claim_and_one_about_the_same_are_two_groups(people: SimpleNamespace) -> None:
    same = newsroom.draft(people.reporter, text="The Velmstad bridge cost $2.4 million")
    related = newsroom.draft(people.reporter, text="The Velmstad ferry sank in a storm last spring")
    answer = matches.find_matches(text="so the Velmstad bridge cost 2,400,000 dollars", language="en")
    assert [one.claim_id for one in answer.same] == [same.pk]
    assert [one.claim_id for one in answer.related] == [related.pk]
    assert 1 >= answer.same[0].confidence >= findings.SURE > answer.related[0].confidence >= 0


def test_a_claim_of_the_same_claimant_comes_first(people: SimpleNamespace) -> None:
    ada, bo = claimant("Ada Berg", people), claimant("Bo Lind", people)
    first = newsroom.draft(people.reporter, text="Taxes in Velmstad doubled last year", claimant=ada)
    second = newsroom.draft(people.reporter, text="Taxes in Velmstad doubled last winter", claimant=bo)
    for person, claim in (("Ada Berg", first), ("minister Bo LIND", second)):
        best = found("Taxes in Velmstad doubled", claimant=person)[0]
        assert (best.claim_id, best.is_same_claimant) == (claim.pk, True)
    assert not any(one.is_same_claimant for one in found("Taxes in Velmstad doubled", claimant="Berg"))


def test_merged_claimants_count_as_one(people: SimpleNamespace) -> None:
    kept, gone = claimant("Ada Berg", people), claimant("A. B. Minister", people)
    claim = newsroom.draft(people.reporter, text="Taxes in Velmstad doubled", claimant=kept)
    Claimant.objects.filter(pk=gone.pk).update(merged_into=kept, version=gone.version + 1)
    [one] = found("Taxes in Velmstad doubled", claimant="a. b. minister")
    assert (one.claim_id, one.is_same_claimant) == (claim.pk, True)


def test_the_context_decides_between_claims_that_fit_equally(people: SimpleNamespace) -> None:
    texts = ("It doubled the budget of the harbour", "It doubled the budget of the library")
    claims = [newsroom.draft(people.reporter, text=text) for text in texts]
    for claim, context in zip(claims, ("We visited the harbour.", "The library opened."), strict=True):
        assert found("It doubled the budget", context=context)[0].claim_id == claim.pk


def test_claims_of_the_same_article_are_left_out(people: SimpleNamespace) -> None:
    mine = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    sibling = newsroom.published(people, text="The Velmstad bridge cost 46 million crowns")
    assert [one.claim_id for one in found(mine.text, siblings_of=mine.pk)] == []
    kept = found(mine.text, siblings_of=mine.pk, with_siblings=True)
    assert [(one.claim_id, one.is_sibling) for one in kept] == [(sibling.pk, True)]


def test_a_published_claim_is_found_by_its_summary_and_its_quotes(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, text="The Velmstad bridge cost 47 million crowns")
    face = PublishedClaim.objects.get(pk=claim.pk)
    assert face.quotes
    PublishedClaim.objects.filter(pk=claim.pk).update(summary="A zeppelin", quotes="said by an ornithologist")
    for word in ("zeppelins", "ornithologists"):
        assert [one.claim_id for one in readers_matching.find_matches(text=word, language="en").ranked] == [claim.pk]


def test_an_open_claim_is_found_by_the_desks_summary_and_its_passages(people: SimpleNamespace) -> None:
    claim = newsroom.in_stage("review", people, text="Nothing of that kind was said")
    verdict, passage = claim.verdicts.last(), claim.appearances.first()
    assert verdict is not None
    assert passage is not None
    verdict.summary = "A zeppelin"
    verdict.save()
    assert [one.claim_id for one in found("zeppelins")] == [claim.pk]
    assert claim.pk in [one.claim_id for one in found(passage.exact)]
    verdict.summary = "An airship"
    verdict.save()
    assert found("zeppelins") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Brücke von Velmstad kostete 47 Millionen Kronen"),
        ("ru", "Мост в Вельмстаде обошёлся в 47 миллионов крон"),
        ("az", "Velmstad körpüsü 47 milyon krona başa gəldi"),
    ],
)
def test_a_text_without_a_language_is_found(people: SimpleNamespace, language: str, text: str) -> None:
    claim = newsroom.draft(people.reporter, text=text, language=language)
    newsroom.draft(people.reporter, text="A bridge was built")
    assert found(text, "")[0].claim_id == claim.pk
    assert found(" ".join(text.split()[1:4:2]), "")[0].claim_id == claim.pk


def test_a_text_of_five_thousand_characters_is_matched_to_its_end(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    long = "many other words are said before this one " * 110
    assert len(long) < matches.MAX_TEXT - 60
    assert [one.claim_id for one in found(f"{long} The Velmstad bridge cost 47 million crowns")] == [claim.pk]


@pytest.mark.parametrize("text", ["", "bridge", "x" * 6000, "word " * 200_000, "😀" * 10_000])
@pytest.mark.parametrize("language", ["en", ""])
def test_readers_can_ask_anything(people: SimpleNamespace, text: str, language: str) -> None:
    newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    assert not readers_matching.find_matches(text=text, language=language, claimant=text[:300], context=text)


@pytest.mark.parametrize(("name", "value"), [("claimant", "a\x00"), ("context", "a\x00"), ("language", "no language")])
def test_a_wrong_question_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        readers_matching.find_matches(**{"text": "A bridge", "language": "en", name: value})  # type: ignore[arg-type]
