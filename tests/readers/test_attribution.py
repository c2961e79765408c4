"""After a retraction nobody is said any more to have made the claim: every public address is walked.

The name, the role, the outlet, the article's title, the quote and the source hold a marked word. Only earlier versions
and the log may show it.
"""

import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from api.agents import tools
from articles.attribution import Attribution
from articles.models import Claim, PublishedClaimant, PublishedCorrection, PublishedWord, Record
from articles.services.claims import claims
from articles.services.evidence import evidence
from articles.services.library import claimants
from articles.services.verification import publishing
from lib.transparency import signed_notes
from tests import claim_copies, newsroom
from tests.newsroom import AT
from tests.readers import walking
from tests.readers.conftest import LATER, correct, full, page, publish, words

pytestmark = pytest.mark.django_db

MARKER = "zqmarker"
STATEMENT = "The tunnel under the fjord leaks"
QUOTE = f"the {MARKER} tunnel under the fjord leaks"
NOTICE = "We no longer say who made this claim"
#: Earlier versions and the log, whose bytes never change.
_KEPT_FOR_GOOD = re.compile(
    r"/claims/[^/]+/(r\d+(/|\.tlog-proof)|history/)$|/api/v1/claims/[^/]+/revisions/|/api/v1/changes/$|/log/tile/"
)


@pytest.fixture
def claim(people: SimpleNamespace, settings: Any) -> Claim:
    """``marked``, as a reader meets it."""
    settings.API_READ_RATE = ""
    made = marked(people)
    settings.LOG_SIGNING_KEY = signed_notes.generate(settings.LOG_ORIGIN).secret_key()
    return made


@claim_copies.kept
def marked(people: SimpleNamespace) -> Claim:
    """A published and corrected claim with the marked word in all that says who made it, and another claim."""
    by = people.reporter
    full(people)
    claimant = claimants.add_claimant(
        by=by,
        at=AT,
        name=f"{MARKER} Lindqvist",
        kind="person",
        role=f"{MARKER} spokesman",
        same_as=[f"https://{MARKER}.example/"],
    )
    article = newsroom.article(
        by,
        title=f"{MARKER} headline",
        publisher=f"{MARKER} Herald",
        body=f"Yesterday {QUOTE}, he said.",
        url=f"https://{MARKER}.example/1",
        authors=[f"{MARKER} author"],
    )
    row = newsroom.draft(by, text=STATEMENT, claimant=claimant, topics=["Tunnels"], origin=f"{MARKER} origin")
    at = {"by": by, "at": AT}
    version = article.current_version()
    row = claims.mark(claim=row, article_version=version, exact=QUOTE, **at, version=row.version).claim
    for title in (f"{MARKER} paper", "Inspection report"):
        source = newsroom.source(by, title=title, publisher=f"{MARKER} Herald")
        row = evidence.add(
            claim=row, source=source, stance="supports", locator="page 4", **at, version=row.version
        ).claim
    row = newsroom.propose(row, by, rating="false", summary=f"It does not, whatever the {MARKER} Herald says.")
    row = publish(newsroom.take(row, "start", by), people)
    return correct(row, people)


def retract(claim: Claim, people: SimpleNamespace, attribution: str = Attribution.WITHDRAWN) -> Claim:
    publishing.retract(
        claim=claim, by=people.editor, at=LATER, version=claim.version, note="We misheard.", attribution=attribution
    )
    return Claim.objects.get(pk=claim.pk)


def answers(client: Any, claim: Claim) -> Iterator[tuple[str, int, str]]:
    """Each public address with its status and all that it shows."""
    record = newsroom.record_of(claim).document()
    place = record["claim"]["url"]
    queries = [
        *(f"/oembed?format={form}&url={place}" for form in ("json", "xml")),
        *(f"{path}?q=tunnel+fjord" for path in ("/claims/", "/ru/claims/", "/api/v1/claims/")),
        *("/api/v1/claims/?topic=Tunnels", f"/api/v1/claims/{claim.pk}/?fields=claim,appearances"),
        *("/v1alpha1/claims:search?query=tunnel", f"/ar/claims/{claim.slug}/", "/corrections/?kind=verdict"),
    ]
    for address in [*walking.addresses(), *queries]:
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode(errors="replace") + str(dict(response.headers))
        yield address, response.status_code, text.lower()


def showing(client: Any, claim: Claim) -> set[str]:
    """The addresses that show the marked word, apart from those that may for good."""
    return {
        address
        for address, _status, text in answers(client, claim)
        if MARKER in text and not _KEPT_FOR_GOOD.search(address)
    }


def found(client: Any, query: str) -> list[str]:
    results = client.get(f"/api/v1/claims/?{query}").json()["results"]
    return [record["claim"]["text"] for record in results]


def matched(client: Any, text: str) -> str:
    asked = {"text": text, "language": "en"}
    return client.post("/api/v1/claims/match/", asked, content_type="application/json").content.decode()


def test_no_public_address_names_who_was_said_to_have_made_a_retracted_claim(client, people, claim):
    before = showing(client, claim)
    assert f"/claims/{claim.slug}/" in before, "the walk has to come by pages that name somebody"
    assert f"/claimants/{claim.claimant.slug}/" in before
    claim = retract(claim, people)
    seen = {address: (status, text) for address, status, text in answers(client, claim)}
    shown = {address for address, (_, text) in seen.items() if MARKER in text and not _KEPT_FOR_GOOD.search(address)}
    assert shown == set()
    assert {seen[f"/claims/{claim.slug}/{name}/"][0] for name in ("r1", "r2", "r3", "history")} == {200}
    assert MARKER in seen[f"/claims/{claim.slug}/r1/"][1]
    assert MARKER in seen["/api/v1/changes/"][1]
    assert seen[f"/claimants/{claim.claimant.slug}/"][0] == 404


def test_a_withdrawn_name_is_not_found(client, people, claim):
    assert found(client, f"q={MARKER}") == [STATEMENT]
    assert found(client, f"claimant={claim.claimant_id}") == [STATEMENT]
    corrections = f"/corrections/?claimant={claim.claimant_id}"
    assert STATEMENT in client.get(corrections).content.decode()
    retract(claim, people)
    assert found(client, f"q={MARKER}") == found(client, f"claimant={claim.claimant_id}") == []
    assert STATEMENT not in client.get(corrections).content.decode()
    assert not PublishedWord.objects.filter(word__contains=MARKER[:5]).exists()
    assert MARKER not in matched(client, QUOTE)
    assert MARKER not in words(page(client, f"/claims/?q={MARKER[:-1]}x"))


def test_assistants_do_not_hear_a_withdrawn_name(people, claim):
    retract(claim, people)
    told = [tools.get_check(claim.slug), tools.search_checks("tunnel"), tools.match_claim(STATEMENT)]
    told.append(tools.list_changes(limit=50))
    assert MARKER not in json.dumps(told)


def test_a_retracted_page_says_that_nobody_is_named_and_earlier_versions_warn(client, people, claim):
    retract(claim, people)
    assert "We no longer say who made the claim" in words(page(client, f"/claims/{claim.slug}/"))
    for path in ("r1/", "r2/", "history/"):
        assert NOTICE in words(page(client, f"/claims/{claim.slug}/{path}")), path
    old = page(client, f"/claims/{claim.slug}/r1/")
    assert not old.xpath("//main//a[contains(@href, '/claimants/') or contains(@href, '/articles/z')]")
    assert old.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_what_another_claim_names_stays(client, people, claim):
    other = newsroom.published(people, text="The tunnel has two lanes", claimant=claim.claimant)
    retract(claim, people)
    shown = words(page(client, f"/claimants/{claim.claimant.slug}/"))
    assert other.text in shown
    assert STATEMENT not in shown


def test_a_kept_attribution_stays_where_it_was(client, people, claim):
    retract(claim, people, Attribution.KEPT)
    assert found(client, f"claimant={claim.claimant_id}") == [STATEMENT]
    assert f"{MARKER} Lindqvist" in words(page(client, "/claims/"))
    assert STATEMENT in words(page(client, f"/claimants/{claim.claimant.slug}/"))
    assert QUOTE in words(page(client, "/articles/zqmarker-headline/"))
    assert "The retraction does not change who made the claim" in words(page(client, f"/claims/{claim.slug}/"))
    assert NOTICE not in words(page(client, f"/claims/{claim.slug}/r1/"))


def test_nothing_is_hidden_once_the_claim_is_published_anew(client, people, claim):
    before, corrections = showing(client, claim), list(PublishedCorrection.objects.values("claimant_id", "record_id"))
    claim = newsroom.take(retract(claim, people), "recheck", people.editor, at=LATER)
    publish(newsroom.propose(claim, people.reporter, rating="misleading"), people, at=LATER)
    assert showing(client, claim) >= before
    assert NOTICE not in words(page(client, f"/claims/{claim.slug}/r1/"))
    rows = PublishedCorrection.objects.filter(claim_id=claim.pk)
    assert {row.claimant_id for row in rows} == {claim.claimant_id}
    assert rows.count() == len(corrections) + 1


@pytest.mark.parametrize("attribution", Attribution.values)
def test_the_record_says_what_became_of_the_attribution(client, people, claim, attribution):
    retract(claim, people, attribution)
    document = client.get(f"/api/v1/claims/{claim.pk}/").json()
    assert document["retraction"]["attribution"] == attribution
    assert document["claim"]["claimant"] is None


def test_a_retraction_without_the_key_is_read_as_withdrawn(client, people, claim, monkeypatch):
    """Records of earlier versions of the software lack the key; their bytes stay as they are."""
    append = publishing.publication_log.append

    def as_before(document: dict[str, Any], **log: Any) -> Record:
        del document["retraction"]["attribution"]
        return append(document, **log)

    monkeypatch.setattr(publishing.publication_log, "append", as_before)
    claim = retract(claim, people)
    monkeypatch.undo()
    record = newsroom.record_of(claim)
    assert "attribution" not in record.document()["retraction"]
    assert showing(client, claim) == set()
    body = bytes(record.body)
    call_command("rebuild_published", verbosity=0)
    assert showing(client, claim) == set()
    assert bytes(newsroom.record_of(claim).body) == body


def test_a_replay_of_the_log_gives_the_same_rows(people, claim):
    from tests.articles.management.test_rebuild_published import rebuild, rows

    retract(claim, people)
    before = rows()
    rebuild()
    assert rows() == before
    assert not PublishedClaimant.objects.filter(pk=claim.claimant_id).exists()
    newsroom.take(Claim.objects.get(pk=claim.pk), "recheck", people.editor, at=LATER)
    publish(newsroom.propose(Claim.objects.get(pk=claim.pk), people.reporter), people, at=LATER)
    before = rows()
    rebuild()
    assert rows() == before
    assert PublishedClaimant.objects.filter(pk=claim.claimant_id).exists()
