"""Personal tokens for the desk API."""

from datetime import datetime

from accounts.credentials import digest_of
from accounts.models import PersonalToken, User


def issue_token(*, user: User, name: str, expires_at: datetime | None = None) -> tuple[PersonalToken, str]:
    """Make a personal token; returns it with the secret, which is never to be seen again."""
    token = PersonalToken(user=user, name=name, expires_at=expires_at)
    secret = token.assign_secret()
    token.save(force_insert=True)
    return token, secret


def revoke_token(*, token: PersonalToken, at: datetime) -> None:
    """Make ``token`` useless from now on."""
    PersonalToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)


def use_token(*, secret: str, at: datetime) -> PersonalToken | None:
    """The live token with this secret, its owner at hand, or None. When it was used is noted to the minute."""
    token = PersonalToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if token is None or not token.is_live(at=at) or not token.user.is_active:
        return None
    token.note_use(at=at)
    return token
