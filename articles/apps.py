"""The fact-tracking domain."""

from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    """Articles, their claims, evidence, verdicts, and the published log."""

    name = "articles"
    verbose_name = "Fact-checking"

    def ready(self) -> None:
        """After migrating, the roles exist (their permissions do only from then on); what is read is written down."""
        from articles.public import reading  # models are not loaded when this module is

        post_migrate.connect(_ensure_roles, sender=self)
        request_finished.connect(reading.write_due, dispatch_uid="topics read")


def _ensure_roles(**kwargs: Any) -> None:
    from accounts import services

    services.ensure_roles()
