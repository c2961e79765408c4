"""The ClaimReview of a published claim, in schema.org's words (JSON-LD).

Of web pages, a standing claim's own has one and no other: search engines take a second one for a mistake. A retracted
claim and an old revision have none, and the pages in other languages leave it to the page in the claim's own.
"""

import json
from typing import Any

from django.conf import settings

from articles import claim_addresses, rating_words
from articles.choices import ClaimantKind, OriginKind
from lib.pictures import file_name, largest

Document = dict[str, Any]
#: What schema.org calls the kinds of origins. It has no type for a speech.
_ORIGIN_TYPES = {
    OriginKind.POST: "SocialMediaPosting",
    OriginKind.VIDEO: "VideoObject",
    OriginKind.BROADCAST: "Episode",
    OriginKind.MESSAGE: "Message",
    OriginKind.WEBSITE: "WebPage",
}
#: Characters that must not occur inside a script element, or in JavaScript's strings.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


def claim_review(document: Document, *, url: str) -> Document:
    """The review of a standing claim, from its newest record; ``url`` is the claim page's."""
    claim, verdict = document["claim"], document["verdict"]
    review: Document = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim["text"],
        "inLanguage": claim["language"],
        "datePublished": first_day(document),
        "dateModified": document["published_at"],
        "author": publisher(),
        "itemReviewed": _claim(document),
        "reviewRating": _rating(verdict, claim["language"]),
    }
    if document.get("lead_image"):
        review["image"] = _image(document["lead_image"])
    if document.get("headline"):
        review |= {"headline": document["headline"], "name": document["headline"]}
    if document.get("authors"):
        review["creator"] = [_person(author) for author in document["authors"]]
    cited = [e["source"]["url"] for e in document["evidence"] if e["source"].get("url")]
    if cited:
        review["citation"] = list(dict.fromkeys(cited))
    if document["corrections"]:
        review["correction"] = [
            {"@type": "CorrectionComment", "text": c["note"], "datePublished": c["at"]} for c in document["corrections"]
        ]
    return review


def linked_data(document: Document) -> Document:
    """The newest record of a claim as JSON-LD: its review, or, of a retracted one, that there is none any more."""
    claim, retraction = document["claim"], document["retraction"]
    url = claim_addresses.canonical_address(claim["slug"], claim["language"])
    if not retraction:
        return claim_review(document, url=url)
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "url": url,
        "creativeWorkStatus": "Retracted",
        "inLanguage": document["claim"]["language"],
        "dateModified": document["published_at"],
        "publisher": publisher(),
        "correction": {"@type": "CorrectionComment", "text": retraction["note"], "datePublished": retraction["at"]},
    }


def _person(named: Document) -> Document:
    """Who wrote the check. Its ``author`` stays the newsroom: consumers of ClaimReview take that for the publisher."""
    return {"@type": "Person", "name": named["name"]} | ({"description": named["line"]} if named.get("line") else {})


def first_day(document: Document) -> str:
    """When the check was first published; of an imported one, by the earlier site."""
    imported = document.get("imported") or {}
    return str(imported.get("first_published_at") or document["first_published_at"])


def script(review: Document) -> str:
    """The review, escaped for ``<script type="application/ld+json">``."""
    return json.dumps(review, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def publisher() -> Document:
    """This newsroom, with where it says how it works."""
    methodology = f"{settings.SITE_URL}/methodology/"
    return {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "publishingPrinciples": methodology,
        "correctionsPolicy": f"{methodology}#corrections",
        "actionableFeedbackPolicy": f"{methodology}#report",
    }


def _image(said: Document) -> Document:
    """The picture that leads the check: its plain JPEG in the largest size."""
    width, height = largest(said["width"], said["height"])
    image: Document = {
        "@type": "ImageObject",
        "url": f"{settings.SITE_URL}/pictures/{file_name(said['sha256'], width, 'jpg')}",
        "width": width,
        "height": height,
        "caption": said["alt"],
        "creditText": said["credit"],
    }
    return image


def _claim(document: Document) -> Document:
    claim = document["claim"]
    item: Document = {"@type": "Claim"}
    if claim["claimant"]:
        item["author"] = _claimant(claim["claimant"])
    if claim["claimed_on"]:
        item["datePublished"] = claim["claimed_on"]
    articles = {a["article"]["url"]: a["article"] for a in document["appearances"] if a["article"]["url"]}
    if articles:
        item["appearance"] = [_work(article) for article in articles.values()]
    elif claim.get("origin_kind") and not document["appearances"]:
        item["appearance"] = [_origin(claim)]
    return item


def _claimant(claimant: Document) -> Document:
    is_person = claimant["kind"] == ClaimantKind.PERSON  # Google's two types: outlets and governments are Organization
    author: Document = {"@type": "Person" if is_person else "Organization", "name": claimant["name"]}
    if is_person and claimant["role"]:
        author["jobTitle"] = claimant["role"]
    if claimant["same_as"]:
        author["sameAs"] = claimant["same_as"]
    return author


def _work(article: Document) -> Document:
    work: Document = {"@type": "CreativeWork", "url": article["url"], "headline": article["title"]}
    if article["published_on"]:
        work["datePublished"] = article["published_on"]
    if article["publisher"]:
        work["publisher"] = {"@type": "Organization", "name": article["publisher"]}
    return work


def _origin(claim: Document) -> Document:
    """What the claim was made in, when it was not an article."""
    work: Document = {"@type": _ORIGIN_TYPES.get(claim["origin_kind"], "CreativeWork")}
    if claim.get("origin_url"):
        work["url"] = claim["origin_url"]
    if claim["origin"]:
        work["headline"] = claim["origin"]
    if claim["claimed_on"]:
        work["datePublished"] = claim["claimed_on"]
    return work


def _rating(verdict: Document, language: str) -> Document:
    """Words always, in the claim's language; numbers only where the rating measures something."""
    rating = verdict["rating"]
    given: Document = {
        "@type": "Rating",
        "alternateName": rating_words.in_language(rating["label"], language),
        "ratingExplanation": verdict["summary"],
    }
    if rating["value"] is not None:
        given |= {"ratingValue": rating["value"], "bestRating": rating["best"], "worstRating": rating["worst"]}
    return given
