"""The fact-tracking domain."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class ArticlesConfig(AppConfig):
    """Articles, their claims, evidence, verdicts, and the published log."""

    name = "articles"
    verbose_name = gettext_lazy("Fact-checking")

    def ready(self) -> None:
        """Make the roles after each migration: their permissions exist only from then on."""
        post_migrate.connect(_ensure_roles, sender=self)


def _ensure_roles(**kwargs: Any) -> None:
    from accounts import services

    services.ensure_roles()
