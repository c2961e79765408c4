"""Background jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Everything that is not a request."""

    name = "jobs"
    verbose_name = "Background jobs"
