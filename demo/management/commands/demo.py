"""``manage.py demo``: a newsroom to look around in, and the server to do it with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.choices import Surface
from articles.services import audit
from demo import about, load, people
from factcheck import serving


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
        port = serving.port()
        if not options["no_serve"]:
            serving.check_free(port, routine="make demo")
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        with audit.surface(Surface.COMMAND):
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
            serving.serve(port)


def _where_to_look(port: int) -> str:
    site = f"http://{serving.HOST}:{port}"
    return (
        f"\n  Readers' pages   {site}/\n"
        f"  The desk         {site}/admin/\n"
        f"  API and its docs {site}/api/v1/docs/\n"
        f"  E-mails          {site}/admin/sent-emails/ (they are shown, not sent; run make worker beside it)\n\n"
        f"  Sign in as reporter, checker, editor or admin. The password is {people.PASSWORD} for all of them.\n"
    )
