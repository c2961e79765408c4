"""Notices to people of the newsroom."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What colleagues are notified of, and the messages that carry it."""

    name = "notifications"
    verbose_name = "Notifications"
