"""Who works in the newsroom, and the tokens they use the desk API with."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.credentials import NamedCredential


class User(AbstractUser):
    """A person of the newsroom. What they may do comes from their groups (``accounts.roles``)."""

    class Meta(AbstractUser.Meta):
        db_table = "accounts_user"

    def display_name(self) -> str:
        """The full name where one is known, else the sign-in name."""
        return self.get_full_name() or self.username


class PersonalToken(NamedCredential):
    """A token a person signs in to the desk API with."""

    BEGINS_WITH = "fct_"
    SHOWN = 8

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="Where you use it, so that you know which one to revoke.")

    class Meta:
        ordering = ["-created_at"]
