"""Keys: issued, used, revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from partners.models import Key, Partner
from partners.models.key import SHOWN


def issue_key(
    *, partner: Partner, name: str, scopes: Collection[str], expires_at: datetime | None = None
) -> tuple[Key, str]:
    """Make a key; returns it with the secret, which is never to be seen again."""
    secret = Key.new_secret()
    key = Key(
        partner=partner,
        name=name,
        scopes=sorted(set(scopes)),
        prefix=secret[:SHOWN],
        digest=Key.digest_of(secret),
        expires_at=expires_at,
    )
    key.full_clean()
    key.save()
    return key, secret


def revoke_key(*, key: Key, at: datetime) -> None:
    """Make ``key`` useless from the next request on."""
    Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at)


def use_key(*, secret: str, at: datetime) -> Key | None:
    """The live key with this secret, its partner at hand, or None. When it was used is noted to the minute."""
    key = Key.objects.select_related("partner").filter(digest=Key.digest_of(secret)).first()
    if key is None or not key.is_live(at=at) or not key.partner.is_active:
        return None
    minute_ago = at - timedelta(minutes=1)
    if key.last_used_at is None or key.last_used_at < minute_ago:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=minute_ago)
        Key.objects.filter(unnoted, pk=key.pk).update(last_used_at=at)
    return key
