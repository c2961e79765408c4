"""The readers' door."""

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_finished


class ReadersConfig(AppConfig):
    """Public pages, search, feeds, sharing and the log's addresses."""

    name = "readers"
    verbose_name = "Readers' site"

    def ready(self) -> None:
        """Refuse a theme of the first edition; write down, after a request, which topics were viewed."""
        from readers.http import theme, topic_views

        theme.check(settings.THEME_DIR)
        request_finished.connect(topic_views.write_due, dispatch_uid="topic views")
