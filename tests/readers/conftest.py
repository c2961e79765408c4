"""Claims as readers meet them: standing, corrected, retracted, unattributed, from right to left."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connections
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.choices import CaptureMethod
from articles.models import Claim, Rating
from articles.selectors.readers import facets
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.evidence import captures, evidence
from articles.services.library import claimants
from articles.services.verification import verdicts
from articles.services.verification.publishing import Correction
from tests import claim_copies, newsroom
from tests.newsroom import AT

LATER = AT + timedelta(days=3)
MAYOR: dict[str, Any] = {
    "name": "Ingrid Sundqvist",
    "kind": "person",
    "role": "Mayor of Lindholm",
    "same_as": ["https://www.wikidata.org/wiki/Q42"],
}
REPLY: dict[str, Any] = {
    "asked": "Office of the mayor",
    "asked_on": date(2026, 2, 25),
    "means": "email",
    "answer": "She meant the budget.",
    "answered_on": date(2026, 2, 27),
}
#: Statements that read no table: a setting, and the forms of searched words.
_NO_TABLES = ("SELECT set_config", "\nSELECT form::text")
#: The stamp of the translations of ratings comes with other rows, in a part of their statement.
_TABLES = re.compile(r'FROM "?articles_(?!ratingtranslation)(\w+)')


@claim_copies.kept_step
def publish(claim: Claim, people: SimpleNamespace, *, correction: Correction | None = None, at: Any = None) -> Claim:
    """The claim, submitted, approved and published: as ``newsroom.take`` without ``at``."""
    claim = newsroom.take(claim, "submit", people.reporter, at=at)
    claim = newsroom.take(claim, "approve", people.checker, at=at)
    return newsroom.take(claim, "publish", people.editor, at=at, correction=correction)


@claim_copies.kept
def full(people: SimpleNamespace, *, rating: str = "false", rows: int = 0, **fields: Any) -> Claim:
    """A published claim with everything on it, and ``rows`` more pieces of evidence."""
    by = people.reporter
    claimant = claimants.add_claimant(by=by, at=AT, **MAYOR)
    values = {
        "text": "The new bridge of Lindholm cost 12 million crowns",
        "claimant": claimant,
        "claimed_on": date(2026, 2, 23),
        "topics": ["Transport"],
        **fields,
    }
    claim = newsroom.complete(by, rating=rating, **values)
    paper = newsroom.source(
        by, title="Final accounts, 2019", is_primary=True, interest_note="The city built the bridge itself."
    )
    copy = captures.keep_text(source=paper, by=by, at=AT, archive_url="https://archive.example/accounts")
    secret = newsroom.source(
        by, title="Karl Secretsson", is_confidential=True, public_description="An engineer of the project"
    )
    for source, extra in (
        (paper, {"quote": "Total: 17.4 million crowns.", "locator": "page 14", "capture": copy}),
        (secret, {"locator": "interview", "note": "Knew it in 2018."}),
        *((newsroom.source(by), {"locator": f"page {n}"}) for n in range(rows)),
    ):
        values = newsroom.evidence_values("accounts", only_labelled=True) | extra
        claim = evidence.add(
            claim=claim, source=source, stance="refutes", by=by, at=AT, version=claim.version, **values
        ).claim
    claims.record_reply(claim=claim, by=by, at=AT, version=claim.version, **REPLY)
    return publish(Claim.objects.get(pk=claim.pk), people)


@claim_copies.kept_step
def correct(claim: Claim, people: SimpleNamespace, *, note: str = "We had misread the accounts.") -> Claim:
    """The claim with its verdict changed to Misleading in public."""
    claim = newsroom.take(claim, "recheck", people.editor, at=LATER)
    claim = newsroom.propose(claim, people.reporter, rating="misleading", summary="It was the budget, not the cost.")
    return publish(claim, people, correction=Correction("verdict", note), at=LATER)


@claim_copies.kept
def arabic(people: SimpleNamespace) -> Claim:
    """A published claim from an Arabic article, with one source and the reason for that."""
    by = people.reporter
    quote = "المحطة الجديدة تنتج 40 ميغاواط"
    article = intake.import_text(
        body=f"قالت الإدارة إن {quote} كل يوم.",
        by=by,
        at=AT,
        how=CaptureMethod.PASTE,
        title="محطة شمسية جديدة",
        publisher="صحيفة الهضبة",
        language="ar",
        url="https://al-hadaba.example/1",
    ).article
    claim = newsroom.draft(by, text="تنتج المحطة الجديدة 40 ميغاواط", language="ar", single_source_reason="وثيقة وحيدة")
    claim = claims.mark(
        claim=claim, article_version=article.current_version(), exact=quote, by=by, at=AT, version=claim.version
    ).claim
    claim = evidence.add(
        claim=claim,
        source=newsroom.source(by, title="رخصة التشغيل"),
        stance="supports",
        quote="القدرة أربعون ميغاواط.",
        by=by,
        at=AT,
        version=claim.version,
    ).claim
    claim = verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key="mostly_true"),
        summary="القدرة المركبة 40 ميغاواط.",
        by=by,
        at=AT,
        version=claim.version,
    ).claim
    return publish(newsroom.take(claim, "start", by), people)


def page(client: Any, address: str, *, status: int = 200) -> Any:
    """The page at an address, parsed; its status is checked."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return html.fromstring(response.content.decode())


def words(node: Any) -> str:
    """All text of a node, white space evened out."""
    return " ".join(node.text_content().split())


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    cache.clear()
    caches["pages"].clear()
    facets.forget()


@pytest.fixture
def tables_read() -> Callable[[], Any]:
    """``with tables_read() as tables``: the table each query of the readers' connection begins with, in order."""

    @contextmanager
    def capture() -> Iterator[list[str]]:
        tables: list[str] = []
        with CaptureQueriesContext(connections["readers"]) as captured:
            yield tables
        statements = [query["sql"] or "prepared" for query in captured.captured_queries]
        for sql in statements:
            if not sql.startswith(("SET LOCAL", "RESET ROLE", "SAVEPOINT", "RELEASE SAVEPOINT", *_NO_TABLES)):
                found = _TABLES.search(sql)
                tables.append(found.group(1) if found else sql)

    return capture
