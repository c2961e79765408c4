"""Who works in the demo newsroom."""

from dataclasses import dataclass

from accounts import roles, services
from accounts.models import User
from accounts.services import public_names

PASSWORD = "factcheck-demo"  # noqa: S105 - printed on the screen; the demo is refused when DEBUG is off


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One person of each role."""

    reporter: User
    checker: User
    editor: User
    admin: User


def ensure() -> Newsroom:
    """The demo's people, made where they are missing. Those who are there keep their passwords."""
    services.ensure_roles()
    return Newsroom(
        reporter=_person(
            "reporter", "Rana Reporter", roles.REPORTER, line="reports on the South Caucasus and on health"
        ),
        checker=_person("checker", "Chris Checker", roles.CHECKER, line="checks figures and documents"),
        editor=_person("editor", "Edda Editor", roles.EDITOR),
        admin=_person("admin", "Ada Admin", roles.ADMINISTRATOR, is_superuser=True),
    )


def _person(username: str, full_name: str, role: roles.Role, *, line: str = "", is_superuser: bool = False) -> User:
    """With a ``line``, readers see the person's name from the start."""
    is_new = not User.objects.filter(username=username).exists()
    user = services.ensure_user(
        username=username,
        password=PASSWORD,
        role=role,
        full_name=full_name,
        email=f"{username}@newsroom.example",
        is_superuser=is_superuser,
    )
    if line and is_new:
        user = public_names.choose(user=user, name=full_name, line=line)
    return user
