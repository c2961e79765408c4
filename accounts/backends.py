"""Checks a name and a password: one hash for each try, also for names that nobody has."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from accounts.selectors import find_person


class PasswordBackend(ModelBackend):
    """Signs in with an e-mail address or a user name."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        """The person, or None. A try takes the same time whether the name is known or not."""
        login = username or credentials.get("email")
        if not login or password is None:
            return None
        person = find_person(str(login))
        if person is None or not person.has_usable_password():
            User().set_password(password)
            return None
        return person if person.check_password(password) and self.user_can_authenticate(person) else None
