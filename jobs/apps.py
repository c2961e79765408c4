"""Background jobs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class JobsConfig(AppConfig):
    """Everything that is not a request."""

    name = "jobs"
    verbose_name = gettext_lazy("Background jobs")
