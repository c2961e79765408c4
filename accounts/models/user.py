"""Who works in the newsroom."""

from typing import cast

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person of the newsroom. What they may do comes from their groups (``accounts.roles``)."""

    session_generation = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Counts how often all sessions of this person were ended; a session of an earlier count is over.",
    )

    public_name = models.CharField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text=_("The name under which readers see your work. Leave it empty to stay unnamed."),
    )
    public_line = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("A few words beside the name, such as “reports on health”."),
    )

    class Meta(AbstractUser.Meta):
        db_table = "accounts_user"

    def display_name(self) -> str:
        """The full name where one is known, else the sign-in name."""
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of this person is bound to: the password and the generation of sessions.

        Django calls it for a session, and once more with each of SECRET_KEY_FALLBACKS.
        """
        if not self.session_generation:
            return cast(str, super()._get_session_auth_hash(secret=secret))  # type: ignore[misc]
        salt, value = "accounts.models.User.session_generation", f"{self.session_generation}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
