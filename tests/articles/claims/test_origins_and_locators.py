"""Where a claim was made: the origin outside an article, and the place in an article's text."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles import claim_review as claimreview
from articles.choices import CaptureMethod, OriginKind
from articles.models import Appearance, Article, Claim
from articles.selectors.log import record_content
from articles.services import translations
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.evidence import evidence
from lib.extraction import Place
from readers.claims import differences
from readers.http import labels
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

PAGES = "The ferry opened in spring.\n\nIt carried 700 people a day.\n\nThe fare was raised twice.\n"
SECOND = PAGES.index("It carried")
THIRD = PAGES.index("The fare")


def _paged(people: SimpleNamespace, **fields: Any) -> Article:
    places = (Place(0, "p. 1"), Place(SECOND, "p. 2"), Place(THIRD, "p. 3"))
    return intake.import_text(
        body=PAGES, by=people.reporter, at=AT, how=CaptureMethod.FILE, title="The ferry", places=places, **fields
    ).article


def _claim(people: SimpleNamespace, **fields: Any) -> Claim:
    return claims.create(by=people.reporter, at=AT, text="The ferry carried 700 people a day", **fields)


def _marked(claim: Claim, article: Article, exact: str, people: SimpleNamespace) -> Appearance:
    version = article.current_version()
    return claims.mark(
        claim=claim, article_version=version, exact=exact, by=people.reporter, at=AT, version=claim.version
    )


def test_a_marked_passage_keeps_its_page_and_the_record_says_it(people: SimpleNamespace) -> None:
    passage = _marked(_claim(people), _paged(people), "The fare was raised twice.", people)
    assert passage.locator == "p. 3"
    assert record_content.content(passage.claim)["appearances"][0]["locator"] == "p. 3"


def test_a_passage_of_a_text_without_places_has_no_locator_in_the_record(people: SimpleNamespace) -> None:
    passage = _marked(_claim(people), newsroom.article(people.reporter), newsroom.QUOTE, people)
    assert passage.locator == ""
    assert "locator" not in record_content.content(passage.claim)["appearances"][0]


def test_evidence_from_an_article_that_is_here_takes_the_page_of_its_quote(people: SimpleNamespace) -> None:
    _paged(people, url="https://ferries.example/report.pdf")
    claim = _claim(people)
    source = newsroom.source(people.reporter, url="https://ferries.example/report.pdf")
    act: dict[str, Any] = {"source": source, "stance": "supports", "by": people.reporter, "at": AT}
    first = evidence.add(claim=claim, version=claim.version, quote="It carried 700 people a day.", **act)
    named = evidence.add(
        claim=claim, version=first.claim.version, quote="The fare was raised twice.", locator="Table 4", **act
    )
    other = evidence.add(claim=claim, version=named.claim.version, quote="The ferry sank.", **act)
    assert [row.locator for row in (first, named, other)] == ["p. 2", "Table 4", ""]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("p. 3", "page 3"),
        ("00:12:04", "at 12:04"),
        ("12:04", "at 12:04"),
        ("01:02:03", "at 1:02:03"),
        ("Table 4", "Table 4"),
        ("", ""),
    ],
)
def test_a_locator_is_said_in_words(stored: str, shown: str) -> None:
    assert labels.locator(stored) == shown


@pytest.mark.parametrize(
    "fields",
    [
        {"origin_kind": "video"},
        {"origin_kind": "other"},
        {"origin_url": "https://social.example/1"},
        {"origin_kind": "post", "origin_url": "javascript:alert(1)"},
        {"origin_kind": "rumour", "origin_url": "https://social.example/1"},
    ],
)
def test_an_origin_that_nobody_can_look_up_is_refused(people: SimpleNamespace, fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        _claim(people, **fields)


@pytest.mark.parametrize("kind", ["message", "speech"])
def test_a_message_or_a_speech_can_be_without_an_address(people: SimpleNamespace, kind: str) -> None:
    document = record_content.content(_claim(people, origin_kind=kind))
    assert document["claim"]["origin_kind"] == kind
    assert "origin_url" not in document["claim"]


def test_a_claim_without_an_origin_has_none_of_the_keys(people: SimpleNamespace) -> None:
    assert not {"origin_kind", "origin_url"} & set(record_content.content(_claim(people))["claim"])


def test_a_translation_has_the_origin_of_its_original(people: SimpleNamespace) -> None:
    origin = {"origin_kind": "post", "origin_url": "https://social.example/ferry"}
    claim = newsroom.published(people, **origin)
    said = {"language": "tr", "text": "Feribot günde 700 kişi taşıdı", "summary": "Tutanaklar gösteriyor."}
    translation = translations.begin(original=claim, by=people.reporter, at=AT, **said)
    assert (translation.origin_kind, translation.origin_url) == tuple(origin.values())


def _document(**origin: str) -> dict[str, Any]:
    claim = {"claimant": None, "claimed_on": "2019-05", "origin": "The ferry company", **origin}
    return {"claim": claim, "appearances": []}


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("post", "SocialMediaPosting"),
        ("video", "VideoObject"),
        ("broadcast", "Episode"),
        ("message", "Message"),
        ("speech", "CreativeWork"),
        ("other", "CreativeWork"),
    ],
)
def test_the_review_says_where_a_claim_without_an_article_was_made(kind: str, schema: str) -> None:
    item = claimreview._claim(_document(origin_kind=kind, origin_url="https://social.example/ferry"))
    assert item == {
        "@type": "Claim",
        "datePublished": "2019-05",
        "appearance": [
            {
                "@type": schema,
                "url": "https://social.example/ferry",
                "headline": "The ferry company",
                "datePublished": "2019-05",
            }
        ],
    }
    assert kind in OriginKind.values


def test_the_review_of_a_claim_without_kind_has_no_appearance() -> None:
    assert "appearance" not in claimreview._claim(_document())


def test_a_change_of_the_origin_and_of_the_place_is_among_the_differences(people: SimpleNamespace) -> None:
    claim = newsroom.published(people)
    before = newsroom.record_of(claim).document()
    after = {
        **before,
        "claim": {**before["claim"], "origin_kind": "video", "origin_url": "https://video.example/9"},
        "appearances": [{**row, "locator": "p. 7"} for row in before["appearances"]],
    }
    changed = {part.label: part.pieces for part in differences.differences(before, after) if part.is_changed}
    said = {label: " ".join(piece.text for piece in pieces) for label, pieces in changed.items()}
    assert "Video" in said["Origin"]
    assert "https://video.example/9" in said["Origin"]
    assert "page 7" in said["Where it appeared"]
