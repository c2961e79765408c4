"""The claim page in each state a claim can be in for readers."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles.services.claims import claims
from tests import newsroom
from tests.readers.conftest import LATER, arabic, correct, full, page, publish, words

pytestmark = pytest.mark.django_db
#: Data for search engines: what no longer stands must not be there.
MARKUP = "//script[@type='application/ld+json']"


def _address(claim):
    return reverse("readers:claim", args=[claim.slug])


def test_a_claim_page_shows_the_verdict_before_anything_else(client, people):
    claim = full(people)
    document = page(client, _address(claim))
    [heading] = document.xpath("//h1")
    assert (words(heading), heading.get("lang"), heading.get("dir")) == (claim.text, "en", "ltr")
    assert heading.xpath("q"), "a claim without a headline stands in quotation marks"
    text = words(document.xpath("//main")[0])
    order = [
        "Claim: False",
        claim.text,
        "The minutes show it.",
        "By the newsroom of Factcheck",
        "Last checked 2 March 2026",
        "What was claimed",
        "Said by Ingrid Sundqvist · Mayor of Lindholm · 23 February 2026",
        "Our verdict",
        "The evidence we found contradicts the claim.",
        "What we found",
        "Contradicting evidence",
        "Supporting evidence",
        "Their reply",
        "Did someone send you this?",
        "Report a mistake",
        "For publishers and auditors",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places), list(zip(order, places, strict=True))
    assert document.xpath("//p[contains(@class, 'ruling')]//*[local-name()='svg']"), "the tone needs its sign"


def test_evidence_shows_where_to_look_it_up(client, people):
    document = page(client, _address(full(people)))
    [card] = [e for e in document.xpath("//ol[@class='evidence']/li") if "Final accounts, 2019" in words(e)]
    for part in ("Primary source", "Document", "page 14", "The city built the bridge itself.", "2 March 2026"):
        assert part in words(card)
    links = card.xpath(".//a/@href")
    assert reverse("readers:source", args=["final-accounts-2019"]) in links
    assert "https://archive.example/accounts" in links
    assert words(card.xpath(".//blockquote")[0]) == "Total: 17.4 million crowns."


def test_an_empty_group_of_evidence_says_so(client, people):
    document = page(client, _address(newsroom.published(people)))
    assert "We found no evidence against the claim." in words(document)
    assert "We found no evidence that supports" not in words(document)


def test_a_confidential_source_is_only_described(client, people):
    response = client.get(_address(full(people))).content.decode()
    assert "An engineer of the project" in response
    assert "Secretsson" not in response
    assert "secretsson" not in response


def test_the_passage_is_shown_in_its_sentence(client, people):
    document = page(client, _address(full(people)))
    [quote] = document.xpath("//div[contains(@class, 'boxes')]//blockquote")
    assert words(quote) == "… Lindholm said on Monday that the new bridge cost 12 million crowns."
    assert words(quote.xpath(".//mark")[0]) == newsroom.QUOTE
    assert reverse("readers:article", args=["a-bridge-for-lindholm"]) in document.xpath("//div[@class='who']//a/@href")


def test_an_unattributed_claim_says_that_nobody_is_named(client, people):
    document = page(client, _address(newsroom.published(people)))
    assert words(document.xpath("//div[@class='who']//*[@class='byline']")[0]) == "Widely shared; no single source"


def test_a_claim_in_arabic_is_shown_right_to_left(client, people):
    claim = arabic(people)
    document = page(client, _address(claim))
    [heading] = document.xpath("//h1")
    assert (words(heading), heading.get("lang"), heading.get("dir")) == (claim.text, "ar", "rtl")
    [quote] = document.xpath("//div[contains(@class, 'boxes')]//blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    assert document.xpath("/html/@dir") == ["ltr"]
    assert "وثيقة وحيدة" in words(document), "the reason for a single source"


def test_a_correction_is_shown_between_verdict_and_explanation(client, people):
    claim = correct(full(people), people)
    document = page(client, _address(claim))
    [notice] = document.xpath("//section[contains(@class, 'corrected')]")
    told = words(notice)
    assert "Correction, 5 March 2026: we changed the verdict Before: False Now: Misleading We had misread" in told
    text = words(document.xpath("//main")[0])
    assert text.index("Misleading") < text.index("We had misread") < text.index("What we found")


def test_a_retracted_claim_keeps_its_page_and_loses_its_verdict(client, people):
    claim = newsroom.take(full(people), "retract", people.editor, at=LATER, comment="The log was of another flight.")
    document = page(client, _address(claim))
    text = words(document)
    assert "Retracted" in text
    assert "The log was of another flight." in text
    for gone in ("The minutes show it.", "False", "Ingrid Sundqvist", "Final accounts"):
        assert gone not in text, gone
    assert not document.xpath("//main//mark"), "nothing is quoted"
    assert not document.xpath(MARKUP)
    assert words(document.xpath("//h1")[0]) == claim.text


def test_a_claim_page_is_unchanged_while_the_claim_is_rechecked(client, people):
    claim = newsroom.take(full(people), "recheck", people.editor)
    claims.edit(claim=claim, by=people.reporter, at=LATER, version=claim.version, text="The bridge cost far more")
    assert words(page(client, _address(claim)).xpath("//h1")[0]) == "The new bridge of Lindholm cost 12 million crowns"


def test_related_claims_are_linked(client, people):
    other = newsroom.published(people, text="The budget was 12 million crowns")
    claim = newsroom.take(newsroom.published(people), "recheck", people.editor)
    relation = claims.relate(
        claim=claim, kind="contradicts", other=other, by=people.reporter, at=LATER, version=claim.version
    )
    claim = publish(relation.claim, people, at=LATER)
    document = page(client, _address(claim))
    [related] = document.xpath("//ul[@class='related']/li")
    assert words(related) == "The budget was 12 million crowns"
    assert words(document.xpath("//section[@aria-labelledby='related']/h3")[0]) == "Contradicts"
    assert related.xpath(".//a/@href") == [_address(other)]


def test_a_claim_page_links_to_its_error_report_form(client, people):
    document = page(client, _address(full(people)))
    form, link = document.xpath("//section[@aria-labelledby='report']//a/@href")
    assert form == "/claims/the-new-bridge-of-lindholm-cost-12-million-crowns/report/"
    assert link.startswith("mailto:corrections@factcheck.example?subject=Error%20report%3A%20The%20new%20bridge")
    assert "claims/the-new-bridge-of-lindholm-cost-12-million-crowns/" in link.replace("%2F", "/")


def test_a_claim_page_has_open_graph_tags_of_the_claim(client, people, settings):
    claim = full(people)
    document = page(client, _address(claim))

    def meta(name):
        return document.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")

    url = f"{settings.SITE_URL}{_address(claim)}"
    assert meta("description") == meta("og:description") == meta("twitter:description") == ["The minutes show it."]
    assert meta("og:title") == ["False: The new bridge of Lindholm cost 12 million crowns"]
    assert meta("og:url") == document.xpath("//link[@rel='canonical']/@href") == [url]
    assert meta("robots") == []
    alternates = dict(
        zip(
            document.xpath("//link[@rel='alternate'][@type]/@type"),
            document.xpath("//link[@rel='alternate'][@type]/@href"),
            strict=True,
        )
    )
    assert alternates == {
        "application/atom+xml": "/feeds/claims.atom",
        "application/rss+xml": "/feed/",
        "application/feed+json": "/feeds/claims.json",
        "application/json": f"/api/v1/claims/{claim.pk}/",
        "application/json+oembed": f"{settings.SITE_URL}/oembed?{urlencode({'url': url})}&format=json",
        "text/xml+oembed": f"{settings.SITE_URL}/oembed?{urlencode({'url': url})}&format=xml",
    }


def test_an_old_revision_says_that_it_is_not_the_newest(client, people, settings):
    claim = correct(full(people), people)
    document = page(client, reverse("readers:revision", args=[claim.slug, 1]))
    text = words(document.xpath("//main")[0])
    assert text.index("This is an old version (1). The latest is version 2.") < text.index("Claim: False")
    assert "retracted" not in text
    assert "False" in text
    assert document.xpath("//link[@rel='canonical']/@href") == [f"{settings.SITE_URL}{_address(claim)}"]
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not document.xpath(MARKUP)


def _shared(document) -> dict[str, str]:
    """What programs that show a link say of it."""
    told = {meta.get("property") or meta.get("name"): meta.get("content") for meta in document.xpath("//meta")}
    assert told["og:title"] == told["twitter:title"]
    assert told["og:description"] == told["twitter:description"] == told["description"]
    return {"title": told["og:title"], "about": told["description"]}


def test_an_old_revisions_open_graph_tags_say_that_it_is_old(client, people):
    claim = correct(full(people), people)
    document = page(client, reverse("readers:revision", args=[claim.slug, 1]))
    title = f"Earlier version. False: {claim.text}"
    assert _shared(document) == {"title": title, "about": "The minutes show it."}
    assert document.xpath("string(//title)").startswith(title)


def test_an_old_revision_of_a_retracted_claim_says_that_it_was_retracted(client, people):
    claim = newsroom.in_stage("retracted", people)
    document = page(client, reverse("readers:revision", args=[claim.slug, 1]))
    assert "We have since retracted this check: do not rely on what it says." in words(document.xpath("//main")[0])
    assert _shared(document) == {"title": f"Retracted: {claim.text}", "about": "We misread the source."}


def test_the_newest_revision_has_a_permanent_page_too(client, people):
    claim = full(people)
    document = page(client, reverse("readers:revision", args=[claim.slug, 1]))
    assert "This is a permanent copy of version 1, the latest." in words(document)
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not document.xpath(MARKUP)


@pytest.mark.parametrize("number", [0, 2, 99999999999999999999])
def test_a_revision_number_that_does_not_exist_is_not_found(client, people, number):
    claim = newsroom.published(people)
    page(client, f"/claims/{claim.slug}/r{number}/", status=404)


@pytest.mark.parametrize("stage", ["draft", "checking", "review", "approved", "dropped"])
def test_an_unpublished_claims_page_is_not_found(client, people, stage):
    claim = newsroom.in_stage(stage, people)
    for name in ("claim", "history"):
        page(client, reverse(f"readers:{name}", args=[claim.slug]), status=404)
    page(client, reverse("readers:revision", args=[claim.slug, 1]), status=404)


def test_an_explanation_cannot_carry_a_script(client, people):
    claim = newsroom.published(people, text='A <script>alert("1")</script> & "quoted" claim')
    content = client.get(_address(claim)).content.decode()
    assert "<script>alert" not in content
    assert words(page(client, _address(claim)).xpath("//h1")[0]) == claim.text
