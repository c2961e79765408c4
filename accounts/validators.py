"""Passwords that everybody would guess for this newsroom."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ContextWordsValidator:
    """Refuses passwords made of the site's name or its host and little else."""

    #: So many characters must remain once the words are taken out.
    REST = 8

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ``ValidationError`` for a password that is little more than such a word."""
        rest = password.casefold()
        for word in self._words():
            rest = rest.replace(word, "")
        if len(rest) < self.REST and rest != password.casefold():
            raise ValidationError(_("This password is little more than the name of this site."), code="context_word")

    def get_help_text(self) -> str:
        """What forms say."""
        return _("Your password can’t be mostly the name of this site.")

    def _words(self) -> list[str]:
        host = settings.SITE_URL.split("://", 1)[-1].split(":")[0]
        words = {settings.SITE_NAME.casefold(), "factcheck", *host.casefold().split(".")}
        return sorted((word for word in words if len(word) >= 4), key=len, reverse=True)
