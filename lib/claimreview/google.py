"""Answers of Google's Fact Check Tools API (``claims:search``), as ClaimReviews."""

from collections.abc import Mapping
from typing import Any


def is_answer(item: Mapping[str, Any]) -> bool:
    """Whether an object is such an answer, or one claim of it: its names are Google's, and it names no type."""
    if "@type" in item or "type" in item:
        return False
    return isinstance(item.get("claims"), list) or (isinstance(item.get("claimReview"), list) and "text" in item)


def reviews(item: Mapping[str, Any]) -> list[Any]:
    """The claims of an answer; of one claim, each of its reviews in schema.org's words."""
    if isinstance(claims := item.get("claims"), list):
        return claims
    return [_review(item, review) if isinstance(review, Mapping) else review for review in item["claimReview"]]


def _review(claim: Mapping[str, Any], review: Mapping[str, Any]) -> dict[str, Any]:
    """One review. What the answer does not say is left out."""
    publisher = review.get("publisher")
    publisher = publisher if isinstance(publisher, Mapping) else {}
    author = {"@type": "Organization", "name": publisher.get("name") or publisher.get("site")}
    said: dict[str, Any] = {"@type": "Claim", "datePublished": claim.get("claimDate")}
    if claim.get("claimant"):
        said["author"] = {"name": claim["claimant"]}
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim.get("text"),
        "url": review.get("url"),
        "headline": review.get("title"),
        "datePublished": review.get("reviewDate"),
        "inLanguage": review.get("languageCode"),
        "author": author if author["name"] else None,
        "itemReviewed": {name: value for name, value in said.items() if value is not None},
        "reviewRating": {"@type": "Rating", "alternateName": review.get("textualRating")},
    }
    return {name: value for name, value in made.items() if value is not None}
