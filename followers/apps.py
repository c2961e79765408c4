"""Followers."""

from django.apps import AppConfig


class FollowersConfig(AppConfig):
    """Who follows what by e-mail, and what is sent to them."""

    name = "followers"
    verbose_name = "Followers"
