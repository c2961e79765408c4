"""The editors' door."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages and JSON for editors, inside the Django admin site."""

    name = "desk"
    verbose_name = "Desk"
