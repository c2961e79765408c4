"""schema.org's own vocabulary, as far as the product speaks it, and a check of a document against it.

Types with what they are kinds of, and properties with the types they are for and the types their values have: as
``data/schema.ttl`` of schema.org's repository has them (``rdfs:subClassOf``, ``domainIncludes``, ``rangeIncludes``;
CC BY-SA 3.0, schema.org/docs/terms.html). A term that is not in these tables is refused: whoever begins to use one adds
it from there.
"""

import re
from typing import Any

KINDS = {
    "Thing": "",
    "Action": "Thing",
    "SearchAction": "Action",
    "CreativeWork": "Thing",
    "Article": "CreativeWork",
    "Claim": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "Dataset": "CreativeWork",
    "DataFeed": "Dataset",
    "MediaObject": "CreativeWork",
    "ImageObject": "MediaObject",
    "Review": "CreativeWork",
    "ClaimReview": "Review",
    "WebPage": "CreativeWork",
    "CollectionPage": "WebPage",
    "WebSite": "CreativeWork",
    "Intangible": "Thing",
    "DataFeedItem": "Intangible",
    "EntryPoint": "Intangible",
    "Language": "Intangible",
    "Rating": "Intangible",
    "Organization": "Thing",
    "NewsMediaOrganization": "Organization",
    "Person": "Thing",
}
_POLICY = ("CreativeWork", "URL")
_WHEN = ("Date", "DateTime")
_WHO = ("Organization", "Person")
PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "about": (("CreativeWork",), ("Thing",)),
    "actionableFeedbackPolicy": (("NewsMediaOrganization", "Organization"), _POLICY),
    "alternateName": (("Thing",), ("Text",)),
    "appearance": (("Claim",), ("CreativeWork",)),
    "author": (("CreativeWork", "Rating"), _WHO),
    "bestRating": (("Rating",), ("Number", "Text")),
    "citation": (("CreativeWork",), ("CreativeWork", "Text")),
    "claimReviewed": (("ClaimReview",), ("Text",)),
    "correction": (("CreativeWork",), ("CorrectionComment", "Text", "URL")),
    "correctionsPolicy": (("NewsMediaOrganization", "Organization"), _POLICY),
    "dataFeedElement": (("DataFeed",), ("DataFeedItem", "Text", "Thing")),
    "dateCreated": (("CreativeWork", "DataFeedItem"), _WHEN),
    "dateDeleted": (("DataFeedItem",), _WHEN),
    "dateModified": (("CreativeWork", "DataFeedItem"), _WHEN),
    "datePublished": (("CreativeWork",), _WHEN),
    "ethicsPolicy": (("NewsMediaOrganization", "Organization"), _POLICY),
    "headline": (("CreativeWork",), ("Text",)),
    "height": (("MediaObject",), ("Distance", "QuantitativeValue", "Integer")),
    "image": (("Thing",), ("ImageObject", "URL")),
    "inLanguage": (("CreativeWork",), ("Language", "Text")),
    "isPartOf": (("CreativeWork",), ("CreativeWork", "URL")),
    "item": (("DataFeedItem",), ("Thing",)),
    "itemReviewed": (("Review",), ("Thing",)),
    "jobTitle": (("Person",), ("Text",)),
    "license": (("CreativeWork",), _POLICY),
    "logo": (("Organization",), ("ImageObject", "URL")),
    "name": (("Thing",), ("Text",)),
    "potentialAction": (("Thing",), ("Action",)),
    "ownershipFundingInfo": (("NewsMediaOrganization", "Organization"), ("AboutPage", "CreativeWork", "Text", "URL")),
    "publisher": (("CreativeWork",), _WHO),
    "publishingPrinciples": (("CreativeWork", "Organization", "Person"), _POLICY),
    "ratingExplanation": (("Rating",), ("Text",)),
    "ratingValue": (("Rating",), ("Number", "Text")),
    "reviewRating": (("Review",), ("Rating",)),
    "sameAs": (("Thing",), ("URL",)),
    "sdDatePublished": (("CreativeWork",), ("Date",)),
    "sdLicense": (("CreativeWork",), _POLICY),
    "sdPublisher": (("CreativeWork",), _WHO),
    "target": (("Action",), ("EntryPoint", "URL")),
    "text": (("Comment", "CreativeWork"), ("Text",)),
    "unnamedSourcesPolicy": (("NewsMediaOrganization", "Organization"), _POLICY),
    "url": (("Thing",), ("URL",)),
    "urlTemplate": (("EntryPoint",), ("Text",)),
    "verificationFactCheckingPolicy": (("NewsMediaOrganization",), _POLICY),
    "width": (("MediaObject",), ("Distance", "QuantitativeValue", "Integer")),
    "worstRating": (("Rating",), ("Number", "Text")),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_ADDRESS = re.compile(r"https?://[^\s]+")


def mistakes(document: dict[str, Any]) -> list[str]:
    """What schema.org does not know about a JSON-LD document: types, properties of a type, kinds of values."""
    found = [] if document.get("@context") == "https://schema.org" else ["@context is not https://schema.org"]
    return found + _of_node({k: v for k, v in document.items() if k != "@context"}, "$")


def kinds_of(name: str) -> list[str]:
    """A type and everything it is a kind of."""
    kinds = []
    while name:
        kinds.append(name)
        name = KINDS[name]
    return kinds


def _of_node(node: dict[str, Any], path: str) -> list[str]:
    kind = node.get("@type")
    if kind not in KINDS:
        return [f"{path}: no type {kind!r}"]
    found = []
    for name, value in node.items():
        if name in ("@type", "@id"):
            continue
        if name not in PROPERTIES:
            found.append(f"{path}: no property {name!r}")
            continue
        domains, ranges = PROPERTIES[name]
        if not set(domains) & set(kinds_of(kind)):
            found.append(f"{path}: {kind} has no {name}")
        for number, part in enumerate(value if isinstance(value, list) else [value]):
            found += _of_value(part, ranges, f"{path}.{name}[{number}]")
    return found


def _of_value(value: Any, ranges: tuple[str, ...], path: str) -> list[str]:
    if isinstance(value, dict):
        kind = value.get("@type")
        fits = kind in KINDS and set(ranges) & set(kinds_of(kind))
        return _of_node(value, path) if fits else [f"{path}: {kind!r} is none of {ranges}"]
    return [] if any(_is(value, kind) for kind in ranges) else [f"{path}: {value!r} is none of {ranges}"]


def _is(value: Any, kind: str) -> bool:
    """Whether a plain value is of a data type. A URL is a Text, too."""
    if kind in ("Number", "Integer"):
        return isinstance(value, int if kind == "Integer" else (int, float)) and not isinstance(value, bool)
    if not isinstance(value, str) or not value.strip():
        return False
    patterns = {"Date": _DAY, "DateTime": _MOMENT, "URL": _ADDRESS}
    return kind == "Text" or (kind in patterns and bool(patterns[kind].fullmatch(value)))
