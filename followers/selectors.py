"""What is known about followers: numbers for the desk, and what one address or device follows."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import PublishedClaim, PublishedClaimant
from followers.choices import FollowKind
from followers.models import AnswerRequest, Device, DeviceFollow, Follow, Follower
from notifications.choices import SHOWN


@dataclass(frozen=True, slots=True)
class Followed:
    """A follow in words: ``title`` is the name of what is followed, ``name`` and ``args`` lead to its page."""

    follow: Follow | DeviceFollow
    title: str
    language: str
    name: str
    args: tuple[str, ...] = ()


def is_on() -> bool:
    """Whether readers can follow by e-mail: the setting, and a mail server (or the page of the demo that shows it)."""
    return bool(settings.FOLLOW_BY_EMAIL) and (settings.EMAIL_BACKEND != SHOWN or settings.DEBUG)


def are_notifications_on() -> bool:
    """Whether readers can follow by notifications on a device: push services know the site by a key."""
    return bool(settings.FOLLOW_ON_DEVICES)


def wants_answer(reference: str) -> bool:
    """Whether the sender of the tip or report with this reference waits for an e-mail."""
    return AnswerRequest.objects.filter(reference=reference, message=None).exists()


def followers_of(claim: UUID) -> int:
    """How many addresses follow this claim itself. Topics, claimants and corrections are not counted."""
    return Follow.objects.confirmed().filter(kind=FollowKind.CLAIM, target=str(claim)).count()


def follower(pk: int) -> Follower | None:
    """The follower with this id; None after they left."""
    return Follower.objects.filter(pk=pk).first()


def device(endpoint: str, secret: bytes) -> Device | None:
    """The device with this address, if ``secret`` is what it shares with us."""
    found = Device.objects.filter(endpoint=endpoint).first()
    return found if found and hmac.compare_digest(bytes(found.secret), secret) else None


def described(follows: Iterable[Follow | DeviceFollow]) -> list[Followed]:
    """The follows with the names that their targets have now."""
    rows = list(follows)
    ids = {kind: [row.target for row in rows if row.kind == kind] for kind in FollowKind}
    claims = PublishedClaim.objects.defer("search").in_bulk(map(UUID, ids[FollowKind.CLAIM]))
    claimants = PublishedClaimant.objects.in_bulk(map(UUID, ids[FollowKind.CLAIMANT]))
    return [_described(row, claims, claimants) for row in rows]


def _described(
    row: Follow | DeviceFollow, claims: dict[UUID, PublishedClaim], claimants: dict[UUID, PublishedClaimant]
) -> Followed:
    if row.kind == FollowKind.TOPIC:
        return Followed(row, row.target, "", "topic", (row.target,))
    if row.kind == FollowKind.CLAIM and (claim := claims.get(UUID(row.target))):
        return Followed(row, claim.text, claim.language, "claim", (claim.slug,))
    if row.kind == FollowKind.CLAIMANT:
        claimant = claimants.get(UUID(row.target))
        if claimant is None:  # a retraction withdrew the last attribution
            return Followed(row, _("A person or organisation without published fact checks"), "", "claimants")
        return Followed(row, claimant.document["name"], "", "claimant", (claimant.slug,))
    return Followed(row, _("All corrections and retractions"), "", "corrections")
