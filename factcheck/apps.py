"""The wiring as an application: its commands, its checks, and what an operator sees of it."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.signals import request_finished


class FactcheckConfig(AppConfig):
    """Registers the checks of an installation (``manage.py check --deploy``), and begins to count and report."""

    name = "factcheck"

    def ready(self) -> None:
        """Register them. The last of the applications: its receiver ends each request after all others."""
        from factcheck import deployment_checks
        from factcheck.insight import redaction, sentry, statements

        checks.register(deployment_checks.contact_email, checks.Tags.security, deploy=True)
        redaction.hide(redaction.configured(settings))
        statements.start()
        sentry.start(dsn=settings.SENTRY_DSN, release=settings.RELEASE, environment=settings.SENTRY_ENVIRONMENT)
        request_finished.connect(_leave, dispatch_uid="factcheck.insight")


def _leave(**_signal: Any) -> None:
    """The request is over; what this thread does from now on does not belong to it."""
    from factcheck.insight import context

    context.leave()
