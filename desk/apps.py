"""The editors' door."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class DeskConfig(AppConfig):
    """Pages and JSON for editors, inside the Django admin site."""

    name = "desk"
    default = True
    verbose_name = "Desk"

    def ready(self) -> None:
        """Listen to what happens to sessions and accounts."""
        from desk.people import receivers

        receivers.connect()


class DeskAdminConfig(admin_apps.AdminConfig):
    """The Django admin site, with the desk's own addresses."""

    default = False
    default_site = "desk.site.DeskSite"

    def ready(self) -> None:
        """Register what libraries have first: the desk takes some of it off again."""
        super().ready()
        import_module("desk.registration")
