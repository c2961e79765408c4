"""The app of the blog."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Named ``blog``, as in the tutorial."""

    name = "bench.traffic.wagtail_site"
    label = "blog"
