"""Partner newsrooms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PartnersConfig(AppConfig):
    """Organisations that mirror our checks, their keys and their webhook endpoints."""

    name = "partners"
    verbose_name = gettext_lazy("Partners")
