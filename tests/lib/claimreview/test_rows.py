"""ClaimReview in the shapes it is found in: each is read, or refused with the reason."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lib.claimreview import files, repair, rows
from lib.claimreview.errors import NothingReadableError, RowError
from lib.parsing.inexact_dates import InexactDate

TODAY = date(2026, 3, 2)
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/bridge",
    "claimReviewed": "The bridge cost 12 million",
    "datePublished": "2026-02-01",
    "author": {"@type": "Organization", "name": "Bridge Checks", "url": "https://checks.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ada Berg", "sameAs": ["https://ada.example/"]},
        "datePublished": "2026-01-30",
        "appearance": {"@type": "CreativeWork", "url": "https://herald.example/1", "headline": "A bridge"},
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
    },
}


def read(**changes: Any) -> rows.Row:
    return rows.read({**REVIEW, **changes}, today=TODAY)


def rating(**numbers: Any) -> dict[str, Any]:
    return {"reviewRating": {"@type": "Rating", "alternateName": "Wrong", **numbers}}


def item(**changes: Any) -> dict[str, Any]:
    return {"itemReviewed": {**REVIEW["itemReviewed"], **changes}}


def test_a_valid_review_is_read_completely_without_notes() -> None:
    row = read()
    assert row.notes == []
    columns = dict(row.columns)
    assert len(columns.pop("fingerprint")) == 64
    assert columns == {
        "text": "The bridge cost 12 million",
        "language": "und",
        "claimed_on": InexactDate("2026-01-30"),
        "review_url": "https://checks.example/bridge",
        "review_publisher": "Bridge Checks",
        "review_rating": "Mostly false",
        "review_scale": "2 (worst 1, best 5)",
        "reviewed_on": date(2026, 2, 1),
        "claimant_name": "Ada Berg",
        "claimant_kind": "person",
        "claimant_url": "https://ada.example/",
        "claimant_doubtful": False,
        "appearance_url": "https://herald.example/1",
        "appearance_title": "A bridge",
        "appearance_publisher": "",
        "appearance_published_on": None,
        "notes": [],
    }


@pytest.mark.parametrize(
    ("change", "column", "value", "note"),
    [
        (rating(ratingValue=4, bestRating=1, worstRating=5), "review_scale", "", "number means nothing"),
        (rating(ratingValue=-1, bestRating=-1, worstRating=-1), "review_scale", "", "number means nothing"),
        (rating(ratingValue=1, bestRating=1, worstRating=1), "review_scale", "", "number means nothing"),
        (rating(ratingValue="2", bestRating="5", worstRating="1"), "review_scale", "2 (worst 1, best 5)", ""),
        (rating(ratingValue=0, bestRating=2, worstRating=0), "review_scale", "0 (worst 0, best 2)", ""),
        (rating(ratingValue=7, bestRating=10, worstRating=0), "review_scale", "7 (worst 0, best 10)", ""),
        (rating(ratingValue=0, bestRating=0, worstRating=0), "review_scale", "", "number means nothing"),
        (rating(ratingValue="many", bestRating=5, worstRating=1), "review_scale", "", ""),
        ({"reviewRating": {"alternateName": ["", "Wrong", "Falsch"]}}, "review_rating", "Wrong", ""),
        ({"reviewRating": {"alternateName": {"@value": "Wrong", "@language": "en"}}}, "review_rating", "Wrong", ""),
        ({"reviewRating": {"name": "Wrong"}}, "review_rating", "Wrong", ""),
        ({"reviewRating": "Wrong"}, "review_rating", "Wrong", ""),
        ({"reviewRating": [{"alternateName": "Wrong"}]}, "review_rating", "Wrong", ""),
        ({"reviewRating": None}, "review_rating", "", "no rating in words"),
        (item(appearance="https://a.example/"), "appearance_url", "https://a.example/", ""),
        (item(appearance=["1", "https://a.example/"]), "appearance_url", "https://a.example/", "1 of 2 places"),
        (item(appearance=["https://a.example/", "https://b.example/"]), "appearance_url", "https://a.example/", "2 pl"),
        (item(appearance="1"), "appearance_url", None, "1 of 1 places"),
        (item(appearance=1), "appearance_url", None, "1 of 1 places"),
        (item(appearance=None, url="https://u.example/x"), "appearance_url", "https://u.example/x", ""),
        (item(appearance="https://me:pw@a.example/"), "appearance_url", None, "1 of 1 places"),
        ({"itemReviewed": [{"author": "Ada"}, {"author": "Bo"}]}, "claimant_name", "Ada", "names 2 things"),
        ({"itemReviewed": "a text"}, "claimant_name", None, ""),
        (item(author={"name": "bridge checks"}), "claimant_doubtful", True, "checker's own name"),
        (item(author=[{"@type": "Organization", "name": "Port"}]), "claimant_kind", "organisation", ""),
        (item(datePublished="2020-10-07 20:05"), "claimed_on", InexactDate("2020-10-07"), ""),
        (item(datePublished="2020-10-07T20:05:00Z"), "claimed_on", InexactDate("2020-10-07"), ""),
        (item(datePublished="last week"), "claimed_on", None, "itemReviewed.datePublished was left out"),
        (item(datePublished="2020-13-40"), "claimed_on", None, "no day"),
        ({"datePublished": "2027-01-01"}, "reviewed_on", None, "in the future"),
        ({"inLanguage": "pt_br"}, "language", "pt-BR", ""),
        ({"inLanguage": {"@type": "Language", "alternateName": "az"}}, "language", "az", ""),
        ({"inLanguage": "Portuguese"}, "language", "und", "no language tag"),
        ({"claimReviewed": ["The bridge cost 12 million"]}, "text", "The bridge cost 12 million", ""),
        ({"claimReviewed": " The  bridge\n cost "}, "text", "The bridge cost", ""),
        ({"url": ["https://checks.example/a"]}, "review_url", "https://checks.example/a", ""),
    ],
)
def test_unusual_markup_is_read_with_notes(change: dict[str, Any], column: str, value: Any, note: str) -> None:
    row = read(**change)
    assert row.columns.get(column) == value
    assert (note in " ".join(row.notes)) if note else row.notes == []


def test_the_properties_wrapper_is_taken_off_at_every_level() -> None:
    wrapped = {
        "type": "http://schema.org/ClaimReview",
        "properties": {
            **{name: REVIEW[name] for name in ("url", "claimReviewed", "author")},
            "reviewRating": {"type": "http://schema.org/Rating", "properties": {"alternateName": "Wrong"}},
        },
    }
    (found,) = files.in_document(wrapped)
    assert rows.read(found.review, today=TODAY).columns["review_rating"] == "Wrong"


def _deep(levels: int) -> Any:
    made: Any = "x"
    for _ in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claimReviewed": ""}, "no_claim"),
        ({"claimReviewed": "\u200b\u3164 "}, "no_claim"),
        ({"claimReviewed": None}, "no_claim"),
        ({"claimReviewed": "x" * 2001}, "too_long"),
        ({"url": "1"}, "no_review_url"),
        ({"url": "javascript:alert(1)"}, "no_review_url"),
        ({"author": "A\x00B"}, "invalid_characters"),
        ({"author": "A\ud800B"}, "invalid_characters"),
        ({"more": _deep(40)}, "nested_too_deep"),
        ({"more": _deep(100_000)}, "nested_too_deep"),
        ({"more": float("inf")}, "invalid_number"),
        ({"more": "x" * 140_000}, "too_large"),
    ],
    ids=range(12),
)
def test_an_unusable_review_is_refused_with_its_reason(change: dict[str, Any], code: str) -> None:
    with pytest.raises(RowError) as refused:
        read(**change)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ('{"a": "He said "no" twice"}', {"a": 'He said "no" twice'}),
        ('{"a": ""No", she said", "b": ["x "y" z", 1]}', {"a": '"No", she said', "b": ['x "y" z', 1]}),
        ('[{"a": "an "end""}]', [{"a": 'an "end"'}]),
        ('{"a": "kept \\" as it was and "so" on"}', {"a": 'kept " as it was and "so" on'}),
    ],
)
def test_unescaped_quotation_marks_are_repaired(source: str, meant: Any) -> None:
    assert repair.loads(source) == (meant, [repair.REPAIRED])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ('{"a": "He said "x", "y" and left"}', "malformed_json"),
        ('{"a": 1,}', "malformed_json"),
        ('{"a": NaN}', "malformed_json"),
        ("[" * 200_000, "nested_too_deep"),
        ("", "malformed_json"),
        ('{"a": "never ends', "malformed_json"),
    ],
    ids=range(6),
)
def test_ambiguous_json_is_refused_with_its_position(source: str, code: str) -> None:
    with pytest.raises(RowError) as refused:
        repair.loads(source)
    assert refused.value.code == code
    if "left" in source:
        assert "line 1, column 17" in str(refused.value)


def _codes(found: Any) -> list[str]:
    return [one.refusal.code if one.refusal else "ok" for one in found]


def test_reviews_are_found_in_lists_graphs_and_datafeeds() -> None:
    assert _codes(files.in_document(REVIEW)) == ["ok"]
    assert _codes(files.in_document([REVIEW, 5, {"@type": "Thing"}, None])) == [
        "ok",
        "not_a_claim_review",
        "not_a_claim_review",
    ]
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}
    assert _codes(files.in_document(graph)) == ["ok"]
    feed = {
        "@type": "DataFeed",
        "dataFeedElement": [
            {"@type": "DataFeedItem", "item": [REVIEW, REVIEW]},
            {"@type": "DataFeedItem", "item": None},
            {"@type": "DataFeedItem", "item": None, "dateDeleted": "2026-01-01"},
            {"@type": "DataFeedItem", "item": [REVIEW], "dateDeleted": "2026-01-01"},
            {"@type": "DataFeedItem", "item": REVIEW},
        ],
    }
    assert _codes(files.in_document(feed)) == ["ok", "ok", "withdrawn", "withdrawn", "ok"]
    assert _codes(files.in_document(_deep(100_000))) == ["nested_too_deep"]


PAGE = """<!doctype html><html><head>
<script type="application/ld+json">{"@type": "NewsArticle"}</script>
<script type="application/ld+json">%s</script>
<script type="application/ld+json">{"@type": "ClaimReview", broken}</script></head><body>
<div itemscope itemtype="http://schema.org/ClaimReview"><p><span itemprop="claimReviewed">The ferry sank</span></p>
 <a itemprop="url" href="https://checks.example/ferry">More</a>
 <div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating">
  <span itemprop="alternateName">Wrong</span><meta itemprop="ratingValue" content="1"></div>
 <div itemprop="itemReviewed" itemscope itemtype="http://schema.org/Claim">
  <meta itemprop="appearance" content="https://a.example/"><meta itemprop="appearance" content="https://b.example/">
  <time itemprop="datePublished" datetime="2026-01-01">New Year</time></div></div></body></html>"""


def test_reviews_are_read_from_a_pages_json_ld_and_microdata(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE % json.dumps(REVIEW))
    found = list(files.in_file(path))
    assert _codes(found) == ["ok", "malformed_json", "ok"]
    columns = rows.read(found[2].review, today=TODAY).columns
    assert (columns["text"], columns["review_rating"], columns["claimed_on"]) == (
        "The ferry sank",
        "Wrong",
        InexactDate("2026-01-01"),
    )
    assert columns["appearance_url"] == "https://a.example/"


def test_json_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    lines = [json.dumps(REVIEW).encode(), b"", b"{broken", b'"\xff"', b'"' + b"x" * 700_000 + b'"', b"[" * 5000]
    path.write_bytes(b"\n".join([*lines, json.dumps(REVIEW).encode()]))
    assert _codes(files.in_file(path)) == ["ok", "malformed_json", "encoding", "too_large", "nested_too_deep", "ok"]


@pytest.mark.parametrize(
    "content", [b"", b"{}x", b"\xff\xfe\x00", b"<p>Nothing</p>", b"[]", b"<", b"\x00"], ids=range(7)
)
def test_a_file_without_a_review_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(NothingReadableError):
        list(files.in_file(path))


GOOGLES: dict[str, Any] = {
    "text": "The bridge cost 12 million",
    "claimant": "Ada Berg",
    "claimDate": "2026-01-30T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Bridge Checks", "site": "checks.example"},
            "url": "https://checks.example/bridge",
            "title": "No, it cost 14",
            "reviewDate": "2026-02-01T09:00:00Z",
            "textualRating": "Mostly false",
            "languageCode": "en",
        },
        {"publisher": {"site": "other.example"}, "url": "https://other.example/1", "textualRating": "Wrong"},
    ],
}


@pytest.mark.parametrize("document", [{"claims": [GOOGLES], "nextPageToken": "x"}, GOOGLES, [GOOGLES]])
def test_an_answer_of_googles_search_is_read(document: Any) -> None:
    first, second = [rows.read(found.review, today=TODAY).columns for found in files.in_document(document)]
    assert (first["text"], first["claimant_name"], first["language"]) == (GOOGLES["text"], "Ada Berg", "en")
    assert (first["claimed_on"], first["reviewed_on"]) == (InexactDate("2026-01-30"), date(2026, 2, 1))
    assert (first["review_publisher"], first["review_rating"]) == ("Bridge Checks", "Mostly false")
    assert (second["review_publisher"], second["review_url"]) == ("other.example", "https://other.example/1")


@pytest.mark.parametrize(
    "bad",
    [
        {"claims": [1, None, {"text": "x", "claimReview": ["no", {"url": 5, "publisher": "x"}]}, {"text": "alone"}]},
        {"text": ["x"], "claimReview": [{}]},
    ],
)
def test_a_broken_answer_of_googles_search_is_refused_row_by_row(bad: Any) -> None:
    for found in files.in_document(bad):
        if found.refusal is None:
            with pytest.raises(RowError):
                rows.read(found.review, today=TODAY)


def test_an_empty_answer_of_googles_search_holds_no_review() -> None:
    assert list(files.in_document({"claims": []})) == []


@pytest.mark.parametrize("prefix", ["schema:", "http://schema.org/", "https://schema.org/"])
def test_names_with_the_prefix_of_schema_org_are_read(prefix: str) -> None:
    def prefixed(value: Any) -> Any:
        if isinstance(value, dict):
            return {k if k.startswith("@") else prefix + k: prefixed(v) for k, v in value.items()} | (
                {"@type": prefix + value["@type"]} if "@type" in value else {}
            )
        return value

    [found] = files.in_document(prefixed(REVIEW))
    row = rows.read(found.review, today=TODAY)
    assert row.columns == read().columns
    assert row.columns["claimant_kind"] == "person"
