"""``manage.py demo``: a newsroom to look around in, and the server to do it with."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from articles.choices import Surface
from articles.demo import about, load, people
from articles.services import audit

HOST = "127.0.0.1"
_BLOCKING_THREADS = "16"


class Command(BaseCommand):
    """Migrate, load the demo, say where to look, serve."""

    help = "Loads the demo newsroom (a second time changes nothing) and serves it on 127.0.0.1, port PORT or 8000."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch: whether to serve afterwards."""
        parser.add_argument("--no-serve", action="store_true", help="Stop when the demo is loaded.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse before anything is written, then load, then hand the process over to the server."""
        if not settings.DEBUG:
            raise CommandError(
                "The demo makes people whose password is printed on the screen, so it is refused when DEBUG is off. "
                "On your own machine, set DEBUG=1."
            )
        port = _port()
        if not options["no_serve"]:
            _check_free(port)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        with audit.through(Surface.COMMAND):
            newsroom = people.ensure()
            loaded = load.load(newsroom)
            about.load(newsroom)
        if loaded.articles:
            self.stdout.write(f"Loaded {loaded.articles} articles with {loaded.claims} claims.")
        else:
            self.stdout.write("The demo is loaded already; nothing was changed.")
        self.stdout.write(_where_to_look(port))
        if not options["no_serve"]:
            self.stdout.write("Ctrl-C stops the server; the database keeps running (make db-stop).\n")
            self.stdout.flush()
            _serve(port)


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    try:
        port = int(given)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise CommandError(f"PORT={given} is no port: choose a number from 1 to 65535.")
    return port


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({(error.strerror or str(error)).lower()}). "
                "Stop what runs there, or choose another: make demo PORT=8001."
            ) from error


def _where_to_look(port: int) -> str:
    site = f"http://{HOST}:{port}"
    return (
        f"\n  Readers' pages   {site}/\n"
        f"  The desk         {site}/admin/\n"
        f"  API and its docs {site}/api/v1/docs/\n\n"
        f"  Sign in as reporter, checker, editor or admin. The password is {people.PASSWORD} for all of them.\n"
    )


def _serve(port: int) -> None:
    """Become the server: signals reach it directly, and its exit code is the command's."""
    connections.close_all()
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", _BLOCKING_THREADS, "--working-dir", str(settings.BASE_DIR)),
        *("--log-level", "warning", "factcheck.wsgi:application"),
    ]
    os.execv(sys.executable, server)  # noqa: S606 - fixed arguments, no shell
