"""Every write about people."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.credentials import digest_of
from accounts.models import PersonalToken, User
from accounts.roles import REPORTER, ROLES, Role


@transaction.atomic
def ensure_roles() -> None:
    """Make the four roles' groups exist; a group that is there already is left as its administrator keeps it."""
    for role in ROLES:
        group, created = Group.objects.get_or_create(name=role.name)
        if created:
            group.permissions.set(_permissions(role))


@transaction.atomic
def ensure_user(
    *, username: str, password: str, role: Role, full_name: str = "", email: str = "", is_superuser: bool = False
) -> User:
    """The user called ``username``, made with that password and role when there is none yet."""
    user = User.objects.filter(username=username).first()
    if user is None:
        first, _, last = full_name.partition(" ")
        user = User.objects.create_user(
            username,
            email,
            password,
            first_name=first,
            last_name=last,
            is_staff=True,
            is_superuser=is_superuser,
        )
    user.groups.add(Group.objects.get(name=role.name))
    return user


@transaction.atomic
def ensure_import_user() -> User:
    """The user in whose name files are brought in when nobody is named: a reporter who can never sign in."""
    user, created = User.objects.get_or_create(
        username="import", defaults={"first_name": "Import", "password": make_password(None), "is_staff": False}
    )
    if created:
        if not Group.objects.filter(name=REPORTER.name).exists():
            ensure_roles()
        user.groups.add(Group.objects.get(name=REPORTER.name))
    return user


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


def _permissions(role: Role) -> list[Permission]:
    wanted = set(role.permissions)
    return [
        permission
        for permission in Permission.objects.select_related("content_type")
        if f"{permission.content_type.app_label}.{permission.codename}" in wanted
    ]
