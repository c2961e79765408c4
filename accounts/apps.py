"""People of the newsroom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    """Users, roles and personal tokens."""

    name = "accounts"
    verbose_name = gettext_lazy("People")
