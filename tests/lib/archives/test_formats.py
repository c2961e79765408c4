"""Archives in each format: rows are read one by one, and what is none is refused with its place and reason."""

import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lib.archives import formats
from lib.archives.entries import ArchiveError, Entry, Options, Refusal

TODAY = date(2026, 3, 2)
ROW: dict[str, Any] = {
    "text": "The harbour was dredged in 2018",
    "claimant": "Port Authority of Lindholm",
    "language": "en",
    "headline": "When was the harbour dredged?",
    "rating": "Mostly right",
    "url": "https://old.example/2019/harbour/",
    "date": "2019-04-02T08:00:00Z",
}
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://old.example/2020/ferry/",
    "claimReviewed": "The ferry made 20 trips a day",
    "datePublished": "2020-05-06",
    "inLanguage": "en",
    "author": {"@type": "Organization", "name": "Lindholm Checks"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ada Berg"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 0, "bestRating": 4, "worstRating": 0, "alternateName": "Wrong"},
    "citation": [{"@type": "CreativeWork", "url": "https://city.example/timetable", "name": "Timetable"}, "nonsense"],
}


def read(path: Path, **options: Any) -> list[Entry | Refusal]:
    return list(formats.read(path, Options(today=TODAY, **options)))


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only_entry(found: list[Entry | Refusal]) -> Entry:
    [entry] = found
    assert isinstance(entry, Entry), entry
    return entry


def codes(found: list[Entry | Refusal]) -> list[tuple[str, str]]:
    return [(one.place, one.code) for one in found if isinstance(one, Refusal)]


def test_json_line_with_our_names_is_an_entry(tmp_path: Path) -> None:
    entry = only_entry(read(written(tmp_path / "a.jsonl", json.dumps(ROW) + "\n")))
    assert (entry.text, entry.claimant, entry.language) == (ROW["text"], ROW["claimant"], "en")
    assert (entry.headline, entry.rating, entry.url) == (ROW["headline"], "Mostly right", ROW["url"])
    assert entry.checked_on == date(2019, 4, 2)
    assert entry.notes == entry.doubts == []


def test_broken_json_in_one_line_refuses_that_line_alone(tmp_path: Path) -> None:
    lines = [json.dumps({**ROW, "text": f"Claim {n}"}) for n in range(1, 6001)]
    lines[4999] = lines[4999][:-20]
    found = read(written(tmp_path / "a.jsonl", "\n".join(lines)))
    assert codes(found) == [("line 5000", "malformed_json")]
    assert len(found) == 6000


def test_row_of_five_megabytes_is_refused_in_flat_memory(tmp_path: Path) -> None:
    big = json.dumps({**ROW, "headline": "x" * 5_000_000})
    path = written(tmp_path / "a.jsonl", "\n".join([json.dumps(ROW), big, json.dumps(ROW)]))
    tracemalloc.start()
    try:
        found = read(path)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert codes(found) == [("line 2", "too_large")]
    assert len(found) == 3
    assert peak < 4_000_000


def test_line_in_another_encoding_is_refused(tmp_path: Path) -> None:
    latin = json.dumps({**ROW, "text": "Die Brücke"}, ensure_ascii=False).encode("latin-1")
    found = read(written(tmp_path / "a.jsonl", json.dumps(ROW).encode() + b"\n" + latin + b"\n"))
    assert codes(found) == [("line 2", "encoding")]


@pytest.mark.parametrize("name", ["a.json", "a.csv"])
def test_utf16_file_is_refused_as_a_whole(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, f"[{json.dumps(ROW)}]".encode("utf-16"))
    with pytest.raises(ArchiveError, match="Save it as UTF-8"):
        read(path)


def test_utf16_lines_are_refused_one_by_one(tmp_path: Path) -> None:
    found = read(written(tmp_path / "a.jsonl", json.dumps(ROW).encode("utf-16")))
    assert codes(found) == [("line 1", "encoding")]


@pytest.mark.parametrize(
    "document",
    [
        [REVIEW, ROW],
        {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"item": ROW}]},
        {"@graph": [REVIEW, ROW]},
    ],
    ids=["array", "datafeed", "graph"],
)
def test_elements_of_a_json_document_are_read_one_by_one(tmp_path: Path, document: Any) -> None:
    found = read(written(tmp_path / "a.json", json.dumps(document, indent=1)))
    entry = found[0]
    assert isinstance(entry, Entry)
    assert (entry.place, entry.text, entry.rating) == ("item 1", REVIEW["claimReviewed"], "Wrong")
    assert entry.scale == "0 (worst 0, best 4)"
    assert entry.checked_on == date(2020, 5, 6)
    assert [link.url for link in entry.links] == ["https://city.example/timetable"]
    assert len(found) == 2


def test_single_review_is_one_entry(tmp_path: Path) -> None:
    assert only_entry(read(written(tmp_path / "a.json", json.dumps(REVIEW)))).claimant == "Ada Berg"


def test_strings_with_brackets_and_escapes_do_not_end_an_element(tmp_path: Path) -> None:
    texts = ['a ] b } c { "quoted" \\', "plain", "\\\\", "[,]"]
    found = read(written(tmp_path / "a.json", json.dumps([{**ROW, "text": text} for text in texts])))
    assert [one.text for one in found if isinstance(one, Entry)] == texts


def test_large_element_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    document = [ROW, {**ROW, "headline": "x" * 5_000_000}, {**ROW, "text": "After it"}]
    found = read(written(tmp_path / "a.json", json.dumps(document)))
    assert codes(found) == [("item 2", "too_large")]
    last = found[2]
    assert isinstance(last, Entry)
    assert last.text == "After it"


def test_list_without_an_end_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    found = read(written(tmp_path / "a.json", json.dumps([ROW, ROW])[:-30]))
    assert isinstance(found[0], Entry)
    assert codes(found) == [("end", "malformed_json")]


def test_csv_columns_are_found_by_our_names_or_by_a_map(tmp_path: Path) -> None:
    table = 'Claim;Who;Verdict\r\n"The bridge; it is narrow";Ada;Right\r\n'
    columns = {"text": "claim", "claimant": "Who", "rating": "Verdict"}
    entry = only_entry(read(written(tmp_path / "a.csv", table), columns=columns))
    assert (entry.text, entry.claimant, entry.rating) == ("The bridge; it is narrow", "Ada", "Right")
    own = only_entry(read(written(tmp_path / "b.csv", "text,rating\nA bridge,Right\n")))
    assert (own.text, own.rating) == ("A bridge", "Right")


def test_csv_without_a_text_column_is_refused_with_the_names_of_its_columns(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="Claim, Who"):
        read(written(tmp_path / "a.csv", "Claim,Who\na,b\n"))


def test_csv_rows_that_are_broken_are_refused_alone(tmp_path: Path) -> None:
    rows = [b"text,rating", b"One,Right", b"Two,Right,more", "Drü,Right".encode("latin-1"), b"x" * 5_000_000, b"Last,x"]
    found = read(written(tmp_path / "a.csv", b"\n".join(rows)))
    assert codes(found) == [
        ("line 3", "wrong_number_of_cells"),
        ("line 4", "encoding"),
        ("line 5", "too_large"),
    ]
    assert [one.text for one in found if isinstance(one, Entry)] == ["One", "Last"]


def test_html_becomes_plain_text_with_a_note(tmp_path: Path) -> None:
    row = {**ROW, "text": "<p>The <b>bridge</b> &amp; the ferry<script>alert(1)</script></p>", "headline": "A &lt; B"}
    entry = only_entry(read(written(tmp_path / "a.jsonl", json.dumps(row))))
    assert entry.text == "The bridge & the ferry"
    assert entry.headline == "A < B"
    assert entry.notes == ["HTML was turned into plain text."]


def test_future_day_is_left_out_and_in_doubt(tmp_path: Path) -> None:
    entry = only_entry(read(written(tmp_path / "a.jsonl", json.dumps({**ROW, "date": "2031-01-01"}))))
    assert entry.checked_on is None
    assert [code for code, _detail in entry.doubts] == ["future_date"]


def test_folder_of_pages_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name, text in (("b/two.html", "Second"), ("a.html", "First")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        script = json.dumps({**REVIEW, "claimReviewed": text})
        written(tmp_path / name, f'<html><script type="application/ld+json">{script}</script></html>')
    written(tmp_path / "c.html", "<html><p>Nothing here</p></html>")
    found = read(tmp_path)
    assert [one.text for one in found if isinstance(one, Entry)] == ["First", "Second"]
    assert codes(found) == [("c.html", "no_claim_review")]
    before = formats.digest(tmp_path)
    written(tmp_path / "c.html", "<html><p>Something else</p></html>")
    assert formats.digest(tmp_path) != before
