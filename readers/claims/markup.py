"""JSON-LD of pages other than a claim's: who publishes here, and what an article's page is about.

None of them repeats a ClaimReview. Search engines want each on one page alone, and that is the claim's.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.choices import PageKey
from articles.claim_review import publisher
from articles.models import PageRevision
from readers.http import view_models

Document = dict[str, Any]
#: Which of the newsroom's own pages is which policy, as schema.org calls them.
_POLICIES = {
    PageKey.FUNDING: "ownershipFundingInfo",
    PageKey.FAIRNESS: "ethicsPolicy",
    PageKey.SOURCES_POLICY: "unnamedSourcesPolicy",
    PageKey.CORRECTIONS_POLICY: "correctionsPolicy",
    PageKey.COMPLAINTS: "actionableFeedbackPolicy",
}


def site(written: Iterable[PageRevision] = ()) -> Document:
    """The site and its newsroom, with the pages that say by which rules it works, ``written`` ones first."""
    methodology = settings.SITE_URL + reverse("readers:methodology")
    newsroom = publisher() | {
        "@type": "NewsMediaOrganization",
        "verificationFactCheckingPolicy": f"{methodology}#check",
    }
    for page in written:
        if page.key in _POLICIES:
            newsroom[_POLICIES[PageKey(page.key)]] = view_models.address("page", page.key)
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": view_models.address("front"),
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": newsroom,
    }


def article(document: Document, *, url: str) -> Document:
    """Our page about somebody's article, as a collection of what we checked in it; ``url`` is the page's."""
    about: Document = {"@type": "Article", "headline": document["title"], "inLanguage": document["language"]}
    if document["url"]:
        about["url"] = document["url"]
    if document["published_on"]:
        about["datePublished"] = document["published_on"]
    if document["authors"]:
        about["author"] = [{"@type": "Person", "name": name} for name in document["authors"]]
    if document["publisher"]:
        about["publisher"] = {"@type": "Organization", "name": document["publisher"]}
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": document["title"],
        "url": url,
        "about": about,
        "publisher": publisher(),
    }
