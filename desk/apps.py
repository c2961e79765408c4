"""The editors' door."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy


class DeskConfig(AppConfig):
    """Pages and JSON for editors, inside the Django admin site."""

    name = "desk"
    default = True
    verbose_name = gettext_lazy("Desk")

    def ready(self) -> None:
        """Listen to what happens to sessions and accounts; write dates as the desk does."""
        from desk.http import admin_dates
        from desk.people import receivers

        receivers.connect()
        admin_dates.install()


class DeskAdminConfig(admin_apps.AdminConfig):
    """The Django admin site, with the desk's own addresses."""

    default = False
    default_site = "desk.site.DeskSite"

    def ready(self) -> None:
        """Translate the names of models, whose forms take them as labels; register what libraries have before ours."""
        from desk.http import model_names

        model_names.translate()
        super().ready()
        import_module("desk.registration")
