"""Partner newsrooms."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Organisations that mirror our checks, their keys and their webhook endpoints."""

    name = "partners"
    verbose_name = "Partners"
