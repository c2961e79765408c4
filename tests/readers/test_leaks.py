"""Nothing of the desk gets out: every public address is walked, with marked text in everything the desk holds.

The walk is taken from the resolver. An address whose parameter it does not know how to fill fails the test, so a new
page cannot be forgotten.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import models

from articles import attachments
from articles.models import (
    Appearance,
    Article,
    ArticleVersion,
    Capture,
    Claim,
    Claimant,
    Comment,
    CommentPassage,
    Dependency,
    Evidence,
    ExpertLink,
    ExpertNote,
    LeadPicture,
    Rating,
    RightOfReply,
    SecondVerdict,
    Source,
    Tick,
    Verdict,
)
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies, experts
from articles.services.evidence import captures, evidence
from articles.services.library import claimants, sources
from articles.services.pictures import lead, storage
from articles.services.verification.publishing import Correction
from lib.transparency import signed_notes
from tests import newsroom
from tests.articles.pictures import image
from tests.newsroom import AT
from tests.readers import walking
from tests.readers.conftest import LATER, full, publish

pytestmark = pytest.mark.django_db

MARKER = "zqmarker"
#: Text columns of the desk that hold no words of an editor's own.
_NO_WORDS = {
    "slug",
    "language",
    "stage",
    "kind",
    "stance",
    "state",
    "means",
    "how",
    "sha256",
    "approved_sha256",
    "received_sha256",
    "outcome",
    "key",  # the hash of a tick
    "part",
    "claimed_on",
    "published_on",
    "origin_kind",
    "focus",
    "folded",  # the key of a name, which is marked itself
}
_DESK = (
    *(
        Claim,
        Claimant,
        Article,
        ArticleVersion,
        Source,
        Evidence,
        Verdict,
        Appearance,
        RightOfReply,
        Capture,
        LeadPicture,
    ),
    *(Comment, CommentPassage, Dependency, ExpertLink, ExpertNote, SecondVerdict, Tick),
)


def _sealed(name: str) -> dict[str, object]:
    return {"title": f"{MARKER} {name}", "publisher": f"{MARKER} publisher", "url": f"https://{MARKER}.example/{name}"}


def _marked(claim: Claim, people, *, other: Claim) -> Claim:
    """The claim with marked text in every column, and marked rows beside it. Nothing of it is ever published."""
    by, name = people.reporter, claim.slug[:20]
    at, version = {"by": by, "at": LATER}, claim.version
    claimant = claimants.add_claimant(
        **at, name=f"{MARKER} {name}", kind="person", role=f"{MARKER} role", same_as=[f"https://{MARKER}.example/"]
    )
    claim = claims.edit(
        claim=claim,
        **at,
        version=version,
        text=f"{MARKER} statement of a {name}",
        claimant=claimant,
        is_unattributed=False,
        topics=[f"{MARKER} topic"],
        origin=f"{MARKER} origin",
        origin_kind="post",
        origin_url=f"https://{MARKER}.example/origin",
        headline=f"{MARKER} headline",
        key_points=[f"{MARKER} key point"],
        unknowns=[f"{MARKER} unknown"],
        reference=f"{MARKER} {name}",
        why_chosen=f"{MARKER} why",
        single_source_reason=f"{MARKER} reason",
        claimed_on=date(2026, 3, 1),
    )
    claim = _marked_picture(claim, at)
    return _marked_verdict(_marked_evidence(_marked_passage(claim, name, at), name, at), people, other=other)


def _marked_picture(claim: Claim, at: dict[str, Any]) -> Claim:
    picture = storage.upload(image("PNG", size=(120, 120)), **at)
    said = dict.fromkeys(("alt", "credit", "licence"), f"{MARKER} picture")
    return lead.put(claim=claim, picture=picture, version=claim.version, **at, **said).claim


def _marked_passage(claim: Claim, name: str, at: dict[str, Any]) -> Claim:
    body = f"About {name}. A {MARKER} prefix. The {MARKER} passage. A {MARKER} suffix."
    article = intake.import_text(
        body=body,
        how="paste",
        authors=[f"{MARKER} author"],
        reference=f"{MARKER} {name}",
        **_sealed(f"article-{name}"),
        **at,
    )
    exact = f"The {MARKER} passage."
    mark = claims.mark(claim=claim, article_version=article.version, exact=exact, **at, version=claim.version)
    mark.locator = f"{MARKER} page"
    mark.save(update_fields=["locator"])
    return mark.claim


def _marked_evidence(claim: Claim, name: str, at: dict[str, Any]) -> Claim:
    source = sources.add_source(
        **at,
        kind="interview",
        is_confidential=name.startswith("draft"),
        public_description=f"{MARKER} description",
        reference=f"{MARKER} {name}",
        interest_note=f"{MARKER} interest",
        **_sealed(f"source-{name}"),
    )
    page = attachments.keep_page(MARKER.encode(), name=MARKER, is_html=False)
    seen = captures.FetchedPage(page, f"https://{MARKER}.example/page", f"{MARKER} text")
    captures.keep_fetched(source=source, seen=seen, **at)
    capture = captures.keep_text(source=source, **at, archive_url=f"https://{MARKER}.example/archive")
    return evidence.add(
        claim=claim,
        source=source,
        stance="supports",
        capture=capture,
        **newsroom.evidence_values(MARKER),
        **at,
        version=claim.version,
    ).claim


def _marked_verdict(claim: Claim, people, *, other: Claim) -> Claim:
    by = people.reporter
    claim = claims.record_reply(
        claim=claim,
        by=by,
        at=LATER,
        version=claim.version,
        asked=f"{MARKER} asked",
        asked_on=date(2026, 3, 3),
        means="email",
        answer=f"{MARKER} answer",
    ).claim
    claim = claims.relate(claim=claim, kind="repeats", other=other, by=by, at=LATER, version=claim.version).claim
    claim = newsroom.propose(claim, by, rating="misleading", summary=f"{MARKER} summary")
    verdict = claim.verdicts.latest("id")
    verdict.explanation_html = f"<p>{MARKER} explanation</p>"
    verdict.save()
    return claim


@pytest.fixture
def desk(people, settings):
    """A draft; a newer draft behind a published claim, another behind a retracted one; and sources edited since."""
    settings.API_READ_RATE = ""
    standing = full(people)
    gone = newsroom.in_stage("retracted", people, text="The mayor came by helicopter")
    draft = newsroom.draft(people.reporter, text="draft of a claim")
    _marked(draft, people, other=standing)
    _marked(
        newsroom.take(standing, "recheck", people.editor, at=LATER, comment=f"{MARKER} comment"), people, other=draft
    )
    _marked(newsroom.take(gone, "recheck", people.editor, at=LATER), people, other=draft)
    _edit_what_published_claims_share(people)
    for row in Claim.objects.all():
        _work_together_on(row, people)
    return {"standing": standing, "gone": gone, "draft": draft}


def _work_together_on(claim: Claim, people) -> None:
    by = people.editor
    comment = comments.write(claim=claim, text=f"{MARKER} comment", by=by, at=LATER).comment
    around = dict.fromkeys(("exact", "prefix", "suffix"), f"{MARKER} words")
    CommentPassage.objects.create(comment=comment, part="summary", **around)
    made = {"claim": claim, "created_by": by, "created_at": LATER}
    Tick.objects.create(key="0" * 64, **made, **dict.fromkeys(("words", "sentence", "source"), f"{MARKER} figure"))
    rated = {"rating": Rating.objects.current()[0], "reason": f"{MARKER} reason", "rated_at": LATER}
    SecondVerdict.objects.create(person=people.checker, **made, **rated)
    dependencies.begin(claim=claim, kind="document", note=f"{MARKER} document", by=by, at=LATER)
    link, _ = experts.invite(
        claim=claim, invited=f"{MARKER} invited", question=f"{MARKER} question", days=9, by=by, at=LATER
    )
    words = {name: f"{MARKER} {name}" for name in ("name", "expertise", "text", "interests")}
    experts.leave_note(link=link, at=LATER, may_be_named=True, **words)


def _edit_what_published_claims_share(people) -> None:
    by = people.reporter
    paper = Source.objects.get(slug="final-accounts-2019")
    sources.edit_source(source=paper, by=by, version=paper.version, interest_note=f"{MARKER}", **_sealed("edited"))
    mayor = Claimant.objects.get(slug="ingrid-sundqvist")
    claimants.edit_claimant(claimant=mayor, by=by, version=mayor.version, name=MARKER, role=MARKER)
    bridge = Article.objects.get(slug="a-bridge-for-lindholm")
    intake.edit_article(article=bridge, by=by, version=bridge.version, authors=[MARKER], **_sealed("bridge"))


def test_the_leak_test_marks_every_text_field_of_the_desk(desk):
    """Every text column of the desk holds the marker somewhere: a new column has to be marked too."""
    unmarked = []
    for model in _DESK:
        for field in model._meta.get_fields():
            is_text = isinstance(field, models.CharField | models.TextField) and field.name not in _NO_WORDS
            if is_text and not model._default_manager.filter(**{f"{field.name}__contains": MARKER}).exists():
                unmarked.append(f"{model.__name__}.{field.name}")
    assert unmarked == []


def _queries() -> Iterator[str]:
    """Lists narrowed to what only the desk has. Pages repeat a search, so it is for words beside the marker."""
    draft = Claim.objects.filter(claimant__name__contains=MARKER).exclude(stage="published")
    for address in ("/claims/", "/api/v1/claims/"):
        for word in ("statement", "passage", "explanation", "summary", "description"):
            yield f"{address}?q={word}"
        for claim in draft:
            yield f"{address}?claimant={claim.claimant_id}"
        for name, model in (("article", Article), ("source", Source)):
            for pk in model._default_manager.values_list("pk", flat=True):
                yield f"{address}?{name}={pk}"
        yield f"{address}?rating=misleading"


@pytest.mark.parametrize("signed_in", [False, True], ids=["a stranger", "an editor"])
def test_no_public_address_shows_a_marked_word_of_the_desk(client, people, desk, signed_in, settings):
    settings.LOG_SIGNING_KEY = signed_notes.generate(settings.LOG_ORIGIN).secret_key()  # so that proofs show something
    if signed_in:
        client.force_login(people.editor)
    seen = set()
    for address in [*walking.addresses(), *_queries()]:
        response = client.get(address)
        with_a_key = address.startswith(("/api/v1/submissions/", "/api/v1/webhooks/endpoints/", "/api/v1/key/"))
        expected = (401, 405) if with_a_key else (200, 301, 302, 400, 404, 405)
        assert response.status_code in expected, (address, response.status_code)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        shown = content.decode(errors="replace") + str(dict(response.headers))
        assert MARKER not in shown.lower(), address
        seen.add((response.status_code, address))
    found = {address for status, address in seen if status == 200}
    assert f"/claims/{desk['standing'].slug}/" in found, "the walk has to come by pages that show something"
    assert f"/api/v1/claims/{desk['standing'].pk}/" in found
    assert f"/claims/{desk['draft'].slug}/" not in found


def test_published_words_are_shown_publicly(client, people, desk):
    """The walk can fail: once published, the marked text is found."""
    standing = Claim.objects.get(pk=desk["standing"].pk)
    publish(standing, people, at=AT, correction=Correction("verdict", "The rating changed."))
    assert MARKER in client.get(f"/claims/{standing.slug}/").content.decode()
