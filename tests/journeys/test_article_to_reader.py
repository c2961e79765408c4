"""From an article's file to what a reader and a partner read: claims, sources, verdicts, a second person, publication.

The first article is the real one the product was first asked to serve. It is not part of this repository: it is
looked for in ``shared/`` beside it, or where ``FACTCHECK_SHARED`` says. The second is the demo's own.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from markupsafe import escape

from articles.choices import SourceKind
from articles.models import Article, Claim, Rating
from articles.selectors.log import log_verification
from articles.selectors.readers import published as readers_published
from articles.services.claims import claims
from articles.services.claims.claims import QuoteAmbiguousError
from articles.services.errors import GuardsUnmetError
from articles.services.evidence import evidence
from articles.services.verification import transitions, verdicts
from demo import content
from lib.refusals import NotAllowedError
from tests import newsroom
from tests.conftest import everyone
from tests.transactions import lasting

pytestmark = pytest.mark.django_db

SHARED = Path(os.environ.get("FACTCHECK_SHARED", settings.BASE_DIR.parent / "shared"))


@dataclass(frozen=True, slots=True)
class Case:
    """An article's file, the claims found in it (passage, statement, rating), and a passage that is there twice."""

    name: str
    file: Path
    claims: tuple[tuple[str, str, str], ...]
    twice: str


REAL = Case(
    "the real article",
    SHARED / "articles" / "kalbajar-deadline.txt",
    (
        (
            "about 20 percent of Azerbaijan's territory",
            "About a fifth of Azerbaijan was under Armenian control",
            "misleading",
        ),
        ("extend the deadline for Armenians to withdraw", "The deadline for Kalbajar was extended", "true"),
        ("Yerevan asked for more time", "Armenia asked for more time, through Russia", "unverified"),
        ("under occupation for 27 years", "Kalbajar changed hands 27 years earlier", "true"),
        ("Christian churches will be protected", "Azerbaijan's president promised to protect churches", "true"),
        ("ended six weeks of fighting", "The fighting lasted six weeks", "mostly_true"),
        ("nearly two months of clashes", "The fighting lasted nearly two months", "false"),
        ("for 44 days", "The fighting lasted 44 days", "true"),
        ("some 2,000 troops", "Russia sent some 2,000 peacekeepers", "mostly_true"),
        ("renewable five-year mission", "The peacekeepers' mission lasts five years and can be renewed", "outdated"),
        ("Aghdam district by November 20", "Aghdam is to be handed over by 20 November", "true"),
        ("Lachin district by December 1", "Lachin is to be handed over by 1 December", "true"),
        ("2,317 soldiers or militants were killed", "Armenia gave its dead as 2,317", "outdated"),
        ("nearly 300 of its settlements", "Nearly 300 settlements changed hands", "unverifiable"),
    ),
    twice="set on fire by Armenians in the village",
)
DEMO = Case(
    "the demo's article",
    content.DIRECTORY / "kalbajar.txt",
    tuple(
        (entry["quote"], entry["text"], entry["rating"])
        for file in content.read()
        for entry in file.get("claim", ())
        if file["article"]["key"] == "kalbajar" and "rating" in entry
    ),
    twice="Moscow",
)


@pytest.fixture(params=[REAL, DEMO], ids=lambda case: case.name, scope="module")
def case(request) -> Case:
    """Each article; one that is not on this machine is skipped with the reason."""
    if not request.param.file.exists():
        pytest.skip(f"{request.param.file.name} is not in {SHARED}: set FACTCHECK_SHARED to where it is.")
    return request.param


@pytest.fixture
def article(case, people) -> Article:
    """The article of the case."""
    return brought_in(case)


def brought_in(case: Case) -> Article:
    """The file, brought in on the command line."""
    out = StringIO()
    call_command(
        "import_article",
        str(case.file),
        title="The deadline for Kalbajar",
        publisher="An outlet",
        url="https://outlet.example/kalbajar",
        published_on="2020-11-16",
        language="en",
        by="reporter",
        stdout=out,
    )
    return Article.objects.get(pk=out.getvalue().splitlines()[0])


def check(passage: str, statement: str, rating: str, *, article: Article, by) -> Claim:
    """What a reporter does with one claim, up to the moment a second person is asked."""
    claim = claims.create(by=by, at=newsroom.AT, text=statement, language="en", is_unattributed=True)
    claim = claims.mark(
        claim=claim, article_version=article.current_version(), exact=passage, by=by, at=newsroom.AT, version=1
    ).claim
    for stance, kind in (("supports", SourceKind.DOCUMENT), ("context", SourceKind.AGENCY_REPORT)):
        source = newsroom.source(by, kind=kind)
        claim = evidence.add(
            claim=claim, source=source, stance=stance, locator="page 2", by=by, at=newsroom.AT, version=claim.version
        ).claim
    claim = newsroom.take(claim, "start", by)
    claim = verdicts.propose_verdict(
        claim=claim,
        rating=Rating.objects.current().get(key=rating),
        summary=f"Both documents speak of it: {statement}.",
        explanation_html="<p>Page 2 of both.</p>",
        by=by,
        at=newsroom.AT,
        version=claim.version,
    ).claim
    return newsroom.take(claim, "submit", by)


def publish_all(case: Case, article: Article, people) -> list[Claim]:
    """Every claim of the case, checked, approved by somebody else and published, in the order of the case."""
    done = []
    for minute, (passage, statement, rating) in enumerate(case.claims):
        claim = check(passage, statement, rating, article=article, by=people.reporter)
        at = newsroom.AT + timedelta(minutes=minute)
        claim = newsroom.take(claim, "approve", people.checker, at=at)
        done.append(newsroom.take(claim, "publish", people.editor, at=at))
    return done


def test_the_article_of_the_journey_has_enough_claims_and_ratings(case):
    assert len(case.claims) >= 10
    assert len({rating for _, _, rating in case.claims}) >= 6


def test_the_imported_article_keeps_its_file_unchanged(case, article):
    assert article.current_version().body.strip() == case.file.read_text(encoding="utf-8").strip()


def test_a_quote_found_twice_is_refused_until_its_position_is_given(case, article, people):
    claim = newsroom.draft(people.reporter)
    given = {"claim": claim, "article_version": article.current_version(), "exact": case.twice, "version": 1}
    with pytest.raises(QuoteAmbiguousError) as question:
        claims.mark(**given, by=people.reporter, at=newsroom.AT)
    last = question.value.positions[-1]
    assert len(question.value.positions) >= 2
    assert claims.mark(**given, by=people.reporter, at=newsroom.AT, start=last).start == last


def test_the_author_of_a_claim_cannot_approve_it(case, article, people):
    claim = check(*case.claims[0], article=article, by=people.checker)
    with pytest.raises(GuardsUnmetError, match="You cannot approve this: you wrote the claim"):
        newsroom.take(claim, "approve", people.checker)
    with pytest.raises(NotAllowedError):
        newsroom.take(claim, "approve", people.reporter)
    assert readers_published.claims().rows == []


def _statement(case: Case, passage: str) -> str:
    return next(statement for quoted, statement, _ in case.claims if quoted == passage)


@pytest.fixture(scope="class")
def work(case, django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The case, brought in and published."""
    with lasting(django_db_blocker):
        people, article = everyone(), brought_in(case)
        yield SimpleNamespace(people=people, article=article, published=publish_all(case, article, people))


class TestOncePublished:
    """What becomes of the claims of a case, published once for all of these: each test undoes what it does itself."""

    @pytest.fixture
    def people(self, work) -> SimpleNamespace:
        return work.people

    @pytest.fixture
    def article(self, work) -> Article:
        return work.article

    @pytest.fixture
    def published(self, db, work) -> list[Claim]:
        """As they are in the database: no test meets what another has done to one."""
        return [Claim.objects.get(pk=claim.pk) for claim in work.published]

    def test_the_article_page_lists_every_claim_in_the_order_of_the_text(self, case, article, published):
        body = article.current_version().body
        expected = sorted(((body.index(passage), passage, rating) for passage, _, rating in case.claims))
        passages = readers_published.passages(article.pk)
        assert [(row.start, row.exact, row.claim.rating_key) for row in passages] == expected
        assert [row.claim.text for row in passages] == [_statement(case, passage) for _, passage, _ in expected]

    def test_each_record_holds_what_editors_entered(self, case, published):
        for claim, (passage, statement, rating) in zip(published, case.claims, strict=True):
            document = readers_published.claim(claim_id=claim.pk).record.document()
            assert document["schema"] == "factcheck.record/1"
            assert document["claim"]["text"] == statement
            assert document["appearances"][0]["quote"]["exact"] == passage
            assert document["verdict"]["rating"]["key"] == rating
            assert len({link["source"]["id"] for link in document["evidence"]}) == 2
        assert [checked.record.claim_id for checked in log_verification.verify()] == [claim.pk for claim in published]

    def test_the_claim_page_shows_readers_what_was_published(self, case, article, published, client):
        for claim, (passage, statement, rating) in zip(published, case.claims, strict=True):
            page = client.get(f"/claims/{claim.slug}/")
            assert page.status_code == 200
            text = page.content.decode()
            for expected in (statement, passage, Rating.objects.current().get(key=rating).label):
                assert escape(expected) in text, expected
        page = client.get(f"/articles/{article.slug}/")
        assert page.status_code == 200
        for _, statement, _ in case.claims:
            assert escape(statement) in page.content.decode()

    def test_the_api_gives_partners_the_same_record_as_readers(self, case, published, client):
        for claim in published:
            answer = client.get(f"/api/v1/claims/{claim.pk}/")
            assert answer.status_code == 200
            assert json.loads(answer.content) == readers_published.claim(claim_id=claim.pk).record.document()

    def test_a_correction_is_a_second_revision_and_the_first_stays(self, case, published, people):
        claim = newsroom.take(published[0], "recheck", people.checker)
        claim = newsroom.propose(
            claim, people.reporter, rating="disputed", summary="The documents contradict each other."
        )
        claim = newsroom.take(claim, "submit", people.reporter)
        claim = newsroom.take(claim, "approve", people.checker)
        transitions.apply_transition(
            claim=claim,
            transition="publish",
            by=people.editor,
            at=newsroom.AT + timedelta(days=1),
            version=claim.version,
            correction=transitions.Correction("verdict", "A second document says otherwise."),
        )
        ratings = [row.document()["verdict"]["rating"]["key"] for row in readers_published.revisions(claim.pk)]
        assert ratings == ["disputed", case.claims[0][2]]
        assert [row.claim_id for row in readers_published.corrections().rows] == [claim.pk]
