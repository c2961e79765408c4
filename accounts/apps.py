"""People of the newsroom."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and personal tokens."""

    name = "accounts"
    verbose_name = "People"
