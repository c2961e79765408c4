"""What a claim says beside its statement: headline, key points, what is not known, and who is named."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services import public_names
from articles import claim_review
from articles.choices import OriginKind
from articles.models import Claim, PublishedClaim
from articles.selectors import translations as selectors
from articles.selectors.log import approved_content, record_content
from articles.services import translations
from articles.services.claims import claims
from readers.claims import differences, record_view
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

WORDS: dict[str, Any] = {
    "headline": "The bridge cost 17 million, not 12",
    "key_points": ["The accounts give 17.4 million.", "The budget was 12 million."],
    "unknowns": ["Who decided about the second contract."],
}


def _named(user: User, name: str, line: str = "") -> User:
    return public_names.choose(user=user, name=name, line=line)


def _edit(claim: Claim, by: User, **fields: Any) -> Claim:
    return claims.edit(claim=claim, by=by, at=AT, version=claim.version, **fields)


def _published(people: SimpleNamespace, **fields: Any) -> dict[str, Any]:
    return newsroom.record_of(newsroom.published(people, **fields)).document()


def test_a_record_and_its_row_have_the_words(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, **WORDS)
    document = newsroom.record_of(claim).document()
    assert {name: document[name] for name in WORDS} == WORDS
    assert PublishedClaim.objects.get(claim_id=claim.pk).headline == WORDS["headline"]


def test_a_record_without_them_lacks_the_keys_and_its_view_says_what_stands_in(people: SimpleNamespace) -> None:
    document = _published(people)
    assert not {*WORDS, "authors", "checked_by"} & set(document)
    view = record_view.record_view(document)
    assert (view.title, view.is_quoted) == (f"“{document['claim']['text']}”", True)
    assert (view.key_points, view.unknowns, view.authors, view.checked_by, view.lead_image) == ([], [], [], [], None)


def test_a_record_of_the_first_edition_can_be_shown_and_compared(people: SimpleNamespace) -> None:
    old = _published(people)
    for key in ("origin", "origin_kind", "origin_url"):
        old["claim"].pop(key, None)
    assert record_view.record_view(old).origin is None
    changed = {part.label for part in differences.differences(old, old | WORDS) if part.is_changed}
    assert changed == {"Headline", "Key points", "What we don’t know"}
    assert "headline" not in claim_review.claim_review(old, url="https://news.example/1")


def test_the_words_are_part_of_what_is_approved(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    before = approved_content.sha256(claim)
    for name, value in WORDS.items():
        claim = _edit(claim, people.reporter, **{name: value})
        assert approved_content.sha256(claim) != before
        before = approved_content.sha256(claim)
    claim = _edit(claim, people.reporter, chosen_authors=[people.colleague.pk])
    assert approved_content.sha256(claim) != before


def test_a_retraction_has_none_of_them(people: SimpleNamespace) -> None:
    _named(people.reporter, "Rita Reporter")
    claim = newsroom.in_stage("retracted", people, **WORDS)
    assert not {*WORDS, "authors", "checked_by"} & set(newsroom.record_of(claim).document())
    assert PublishedClaim.objects.get(claim_id=claim.pk).headline == ""


def test_only_people_with_a_public_name_are_named(people: SimpleNamespace) -> None:
    _named(people.reporter, "Rita Reporter", "reports on health")
    document = _published(people)
    assert document["authors"] == [{"name": "Rita Reporter", "line": "reports on health"}]
    assert "checked_by" not in document
    _named(people.checker, "Carl Checker")
    assert _published(people)["checked_by"] == [{"name": "Carl Checker", "line": ""}]


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [("none", set()), ("authors", {"authors"}), ("authors-and-checkers", {"authors", "checked_by"})],
)
def test_the_newsroom_chooses_whom_records_name(
    people: SimpleNamespace, settings: Any, chosen: str, keys: set[str]
) -> None:
    settings.BYLINES = chosen
    _named(people.reporter, "Rita Reporter")
    _named(people.checker, "Carl Checker")
    assert {"authors", "checked_by"} & set(_published(people)) == keys


def test_who_takes_the_name_away_is_in_old_records_and_not_in_new_ones(people: SimpleNamespace) -> None:
    _named(people.reporter, "Rita Reporter")
    claim = newsroom.published(people)
    record = newsroom.record_of(claim)
    _named(people.reporter, "", "reports on health")
    assert User.objects.get(pk=people.reporter.pk).public_line == ""
    assert record.document()["authors"] == [{"name": "Rita Reporter", "line": ""}]
    claim = newsroom.take(claim, "recheck", people.checker)
    for step, by in (("submit", people.reporter), ("approve", people.checker), ("publish", people.editor)):
        claim = newsroom.take(claim, step, by)
    assert "authors" not in newsroom.record_of(claim).document()


def test_a_name_that_is_taken_away_after_the_approval_is_not_published(people: SimpleNamespace) -> None:
    _named(people.reporter, "Rita Reporter")
    claim = newsroom.in_stage("approved", people)
    _named(people.reporter, "")
    assert "authors" not in newsroom.record_of(newsroom.take(claim, "publish", people.editor)).document()


def test_authors_are_those_who_wrote_the_verdict_or_those_who_were_chosen(people: SimpleNamespace) -> None:
    for user in (people.reporter, people.colleague, people.editor):
        _named(user, user.username.title())
    claim = newsroom.complete(people.reporter)
    claim = newsroom.propose(claim, people.colleague, rating="false", summary="The accounts show another figure.")

    def names() -> list[str]:
        return [person["name"] for person in record_content.for_readers(claim).get("authors", [])]

    assert names() == ["Reporter", "Colleague"]
    claim = _edit(claim, people.reporter, chosen_authors=[people.editor.pk, people.reporter.pk, people.editor.pk])
    assert names() == ["Editor", "Reporter"]
    assert "chosen_authors" not in record_content.for_readers(claim)


def test_only_colleagues_can_be_chosen_and_who_left_may_stay(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    for wrong in ([999_999], list(range(1, 30))):
        with pytest.raises(ValidationError) as refused:
            _edit(claim, people.reporter, chosen_authors=wrong)
        assert set(refused.value.message_dict) == {"chosen_authors"}
    claim = _edit(claim, people.reporter, chosen_authors=[people.colleague.pk])
    User.objects.filter(pk=people.colleague.pk).update(is_active=False)
    claim = _edit(claim, people.reporter, chosen_authors=[people.colleague.pk, people.checker.pk])
    assert claim.chosen_authors == [people.colleague.pk, people.checker.pk]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"headline": "  One\n two\t three "}, {"headline": "One two three"}),
        ({"headline": "\u200b\u2003"}, {"headline": ""}),
        ({"headline": "x" * 90}, {"headline": "x" * 90}),
        ({"headline": "Bridge мост جسر կամուրջ 12"}, {"headline": "Bridge мост جسر կամուրջ 12"}),
        ({"headline": "a\x07b"}, {"headline": "a b"}),
        ({"key_points": ["One\x0btwo", " ", "\u200b", "Three"]}, {"key_points": ["One two", "Three"]}),
    ],
)
def test_words_are_kept_on_one_line_without_empty_ones(
    people: SimpleNamespace, given: dict[str, Any], kept: dict[str, Any]
) -> None:
    claim = _edit(newsroom.draft(people.reporter), people.reporter, **given)
    assert {name: getattr(Claim.objects.get(pk=claim.pk), name) for name in kept} == kept


@pytest.mark.parametrize(
    "given",
    [
        {"headline": "x" * 111},
        {"headline": "x" * 300},
        {"headline": "a\x00b"},
        {"headline": "10 \u202enoillim\u202c"},
        {"key_points": ["one", "two", "three", "four", "five"]},
        {"key_points": ["x" * 241]},
        {"unknowns": ["x"] * 7},
        {"unknowns": ["x" * 301]},
    ],
)
def test_words_that_cannot_be_kept_are_refused_at_their_field(people: SimpleNamespace, given: dict[str, Any]) -> None:
    claim = newsroom.draft(people.reporter)
    with pytest.raises(ValidationError) as refused:
        _edit(claim, people.reporter, **given)
    assert set(refused.value.message_dict) == set(given)


def test_a_translation_says_the_words_in_its_language(people: SimpleNamespace) -> None:
    original = newsroom.published(people, **WORDS)
    claim = translations.begin(
        original=original, language="ru", text="Мост стоил 12 миллионов", summary="Нет.", by=people.reporter, at=AT
    )
    assert (claim.headline, claim.key_points, claim.unknowns) == tuple(WORDS.values())
    face = PublishedClaim.objects.get(claim_id=original.pk)
    verdict = record_content.current_verdict(claim)
    assert selectors.words_of(face).headline == WORDS["headline"]
    for name in ("the headline", "key points", "what we don’t know"):
        assert name in selectors.facts(claim, verdict)["untranslated"]
    said = {"headline": "Мост стоил 17 миллионов", "key_points": ["По счетам, 17,4 миллиона."], "unknowns": []}
    claim = _edit(claim, people.reporter, **said)
    left = selectors.facts(claim, verdict)["untranslated"]
    assert not any(name in left for name in ("headline", "key points", "know"))


def test_a_claim_is_found_by_its_headline(people: SimpleNamespace, client: Any) -> None:
    claim = newsroom.published(people, headline="The spillway was never inspected")
    newsroom.published(people)
    page = client.get("/claims/", {"q": "spillway"}).content.decode()
    assert claim.slug in page
    assert page.count('class="card"') == 1


@pytest.mark.parametrize("kind", [OriginKind.ADVERTISEMENT, OriginKind.WEBSITE])
def test_an_advertisement_and_a_website_are_origins(people: SimpleNamespace, kind: OriginKind) -> None:
    claim = newsroom.draft(people.reporter, origin_kind=kind, origin_url="https://shop.example/")
    view = record_view.record_view(
        {"claim": {**record_content.content(claim)["claim"], "origin": "A banner"}, "retraction": None}
    )
    assert view.origin == record_view.Origin(kind.value, "https://shop.example/", "A banner")


def test_claimreview_has_the_headline_and_keeps_the_newsroom_as_author(people: SimpleNamespace) -> None:
    _named(people.reporter, "Rita Reporter", "reports on health")
    document = _published(people, **WORDS)
    review = claim_review.claim_review(document, url="https://news.example/1")
    assert (review["headline"], review["name"]) == (WORDS["headline"], WORDS["headline"])
    assert review["author"]["@type"] == "Organization"
    person = {"@type": "Person", "name": "Rita Reporter", "description": "reports on health"}
    assert review["creator"] == [person]
