"""The demo newsroom."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo's content, its loader and the command ``demo``."""

    name = "demo"
