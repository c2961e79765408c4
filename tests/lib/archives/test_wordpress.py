"""WordPress exports: ClaimReview in content or fields, else the title; entities are refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from lib.archives import formats
from lib.archives.entries import ArchiveError, Entry, Options, Refusal
from tests.lib.archives.test_formats import REVIEW, TODAY, codes

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><language>en-US</language>
"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>
"""


def post(title: str, content: str = "", *, status: str = "publish", kind: str = "post", more: str = "") -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><link>https://old.example/2018/{title.lower()}/</link>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_date>2018-07-01 10:00:00</wp:post_date>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )


def read(tmp_path: Path, source: str | bytes, **options: str) -> list[Entry | Refusal]:
    path = tmp_path / "export.xml"
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return list(formats.read(path, Options(today=TODAY, **options)))  # type: ignore[arg-type]


def test_posts_are_read_by_their_review_or_their_title(tmp_path: Path) -> None:
    script = '<p>See <a href="https://city.example/act">the act</a></p><script type="application/ld+json">{}</script>'
    inside = script.replace("{}", json.dumps(REVIEW))
    review = f"<wp:meta_value><![CDATA[{json.dumps(REVIEW)}]]></wp:meta_value>"
    meta = f"<wp:postmeta><wp:meta_key>schema</wp:meta_key>{review}</wp:postmeta>"
    rated = "<wp:postmeta><wp:meta_key>verdict</wp:meta_key><wp:meta_value>Wrong</wp:meta_value></wp:postmeta>"
    source = HEAD + post("One", inside) + post("Two", more=meta) + post("Three", script, more=rated)
    source += post("Draft", status="draft") + post("Picture", kind="attachment") + "</channel></rss>"
    one, two, three, draft = read(tmp_path, source, rating_field="verdict")
    assert isinstance(one, Entry)
    assert isinstance(two, Entry)
    assert isinstance(three, Entry)
    assert (one.text, one.url, one.headline) == (REVIEW["claimReviewed"], "https://old.example/2018/one/", "One")
    assert two.text == REVIEW["claimReviewed"]
    assert (three.text, three.rating, three.checked_on) == ("Three", "Wrong", date(2018, 7, 1))
    assert three.language == "en"
    assert [link.url for link in three.links] == ["https://city.example/act"]
    assert [code for code, _detail in three.doubts] == ["no_claim_review"]
    assert codes([draft]) == [("item 4", "not_published")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused_before_anything_is_parsed(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ArchiveError, match="DOCTYPE"):
        read(tmp_path, BOMB.encode(encoding))


def test_xml_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    first, broken = read(tmp_path, HEAD + post("One") + post("Two")[:80])
    assert isinstance(first, Entry)
    assert codes([broken]) == [("item 2", "malformed_xml")]
