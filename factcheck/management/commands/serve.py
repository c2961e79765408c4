"""``manage.py serve``: migrate and serve the site on this machine, for development. ``make run``."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from factcheck import serving


class Command(BaseCommand):
    """Migrate, say where, serve."""

    help = "Brings the database up to date and serves the site on 127.0.0.1, port PORT or 8000. Not for production."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse before anything is written, then hand the process over to the server."""
        port = serving.port()
        serving.check_free(port, routine="make run")
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(
            f"Serving on http://{serving.HOST}:{port}/ (Ctrl-C stops it; the database keeps running: make db-stop)"
        )
        serving.serve(port)
