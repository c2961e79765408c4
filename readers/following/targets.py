"""What an address of the form says is to be followed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from articles.choices import MergeKind
from articles.models import PublishedClaim
from articles.selectors.readers import merges, published
from articles.selectors.readers.claim_filters import Filters
from followers.choices import FollowKind


@dataclass(frozen=True, slots=True)
class Target:
    """Something to follow: ``key`` is stored, ``given`` is how the form names it, ``title`` what readers know."""

    kind: str
    key: str = ""
    given: str = ""
    title: str = ""
    language: str = ""


def given(query: QueryDict) -> dict[str, str]:
    """What the query or the form of a request names."""
    return {name: query.get(name, "") for name in (FollowKind.CLAIM, FollowKind.CLAIMANT, FollowKind.TOPIC)}


def read(given: Mapping[str, str]) -> Target:
    """The claim or claimant (by slug) or the topic that is named; without any of them, all corrections.

    Raises ``DoesNotExist`` of what is not public.
    """
    if any("\x00" in value for value in given.values()):  # no name has one, and PostgreSQL takes none
        raise PublishedClaim.DoesNotExist
    if slug := given.get(FollowKind.CLAIM, ""):
        claim = published.claim(slug=slug)
        return Target(FollowKind.CLAIM, str(claim.claim_id), claim.slug, claim.text, claim.language)
    if slug := given.get(FollowKind.CLAIMANT, ""):
        claimant = published.claimant(slug)
        return Target(FollowKind.CLAIMANT, str(claimant.pk), claimant.slug, claimant.document["name"])
    if topic := given.get(FollowKind.TOPIC, ""):
        name = merges.what_stays(MergeKind.TOPIC, topic) or topic
        if not published.count_claims(Filters(topic=name)):
            raise PublishedClaim.DoesNotExist
        return Target(FollowKind.TOPIC, name, name, name)
    return Target(FollowKind.CORRECTIONS)
