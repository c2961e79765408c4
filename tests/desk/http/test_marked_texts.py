"""Everything that the desk says goes through a catalogue: pages in a language that brackets each translated text."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from articles.models import Claim
from tests import newsroom
from tests.desk.http import marked_language
from tests.desk.pages import signed_in
from tests.partners import newsrooms

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
#: The pages of a claim that differ from stage to stage.
STAGES = ("/change/", "/review/", "/publish/", "/panel/")
#: Signing out; readers' pages in the claim's language.
LEFT_OUT = ("logout/", "/preview/", "/preview/page/", "/login/cancelled/")
ADDRESSES = Path(__file__).parents[2] / "addresses.txt"
#: What no catalogue has.
_SIGNS = "PNG|JPEG|WebP|GIF|Sha256|SHA-256|Seq|GET|POST|PDF|DOCX|CSV|JSON|HTML|API|URL|ID|UTC|EDTF|MB|KB|RSS|DOI"
ALLOWED = re.compile(
    "|".join(
        (
            r"Factcheck|factcheck",  # the name of the site
            r"https?://\S+|[\w./-]+\.example\S*|127\.0\.0\.1:\S*",  # addresses
            r"\([a-z]{2}(?:-\w+)?\)|\b(?:en|az|hy|ru|tr|ar)\b",  # codes of languages
            r"\b(?:English|Azərbaycan|Türkçe|Русский|Հայերեն|Interlingua|Norwegian(?: Bokmal)?)\b|العربية",
            r"\b(?:Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara|Pzt|Sal|Çar|Per|Cum|Cmt|Paz)\b",  # days, by Babel
            r"^not set up⟧$",  # one half of a text of two halves
            r"#\d+ \w+|\br\d+\b|[0-9a-f]{64}|\.docx",  # records and files
            r"checked the claim “ ”. Verdict:",  # what readers will share, in the claim's language
            r"^(?:jobs|messages|notifications|purges|webhooks)$",  # names of queues, as commands and logs have them
            r"\b(?:" + _SIGNS + r")\b",
        )
    )
)


def _rows(people: SimpleNamespace) -> dict[str, Any]:
    """A row of each model, by the beginning of its address."""
    from articles import models

    published = newsroom.published(people)
    article = published.appearances.get().article_version.article
    newsrooms.key("read")
    rows: dict[str, Any] = {
        "articles/claim": [newsroom.in_stage(stage, people) for stage in ("draft", "checking", "review", "approved")]
        + [published],
        "articles/article": [article],
        "accounts/user": [people.reporter],
    }
    for name in ("Source", "Record", "Rating", "Topic", "Claimant", "Page", "Capture"):
        rows[f"articles/{name.lower()}"] = list(getattr(models, name).objects.all()[:1])
    return rows


def _addresses(rows: dict[str, Any]) -> list[str]:
    found = []
    for line in ADDRESSES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("/admin/") or "(?P" in line or line.endswith(LEFT_OUT):
            continue
        name = "/".join(line.split("/")[2:4])
        for row in rows.get(name, [None])[: None if line.endswith(STAGES) else 1]:
            filled = line
            if row is not None:
                filled = re.sub(r"<(?:uuid|path|int):(?:object_id|pk|claim_id|article_id)>", str(row.pk), line)
                filled = filled.replace("<int:number>", "1")
                if isinstance(row, Claim) and row.evidence.exists():
                    filled = filled.replace("<int:evidence_id>", str(row.evidence.all()[0].pk))
            if "<" not in filled:
                found.append(filled)
    return sorted(set(found))


def test_every_page_says_what_a_catalogue_has(people: SimpleNamespace, monkeypatch: Any, settings: Any) -> None:
    rows = _rows(people)
    client = signed_in(people.administrator)
    said: dict[str, str] = {}
    seen = 0
    with marked_language.used(monkeypatch, settings):
        for address in _addresses(rows):
            answer = client.get(address, headers={"Accept-Language": "tr"})
            kind = answer.headers["Content-Type"]
            if answer.status_code == 200 and kind.startswith("text/html") and answer.text.strip():
                seen += 1
                said |= dict.fromkeys(marked_language.outside(answer.text, allowed=ALLOWED), address)
    assert seen > 50
    assert said == {}
