"""Notices to people of the newsroom."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class NotificationsConfig(AppConfig):
    """What colleagues are notified of, and the messages that carry it."""

    name = "notifications"
    verbose_name = gettext_lazy("Notifications")
