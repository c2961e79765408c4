"""The wiring as an application: its commands and its checks."""

from django.apps import AppConfig
from django.core import checks


class FactcheckConfig(AppConfig):
    """Registers the checks of an installation (``manage.py check --deploy``)."""

    name = "factcheck"

    def ready(self) -> None:
        """Register them."""
        from factcheck import deployment_checks

        checks.register(deployment_checks.contact_email, checks.Tags.security, deploy=True)
