"""Caches in front of the site."""

from django.apps import AppConfig


class CachingConfig(AppConfig):
    """Cache headers, surrogate keys, purges."""

    name = "caching"
    verbose_name = "Caches"
