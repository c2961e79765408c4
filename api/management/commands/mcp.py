"""Answer assistants that speak the Model Context Protocol."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

try:
    from api.agents import server
except ModuleNotFoundError as error:
    if error.name != "mcp":
        raise
    server = None  # type: ignore[assignment] # the extra is not installed


class Command(BaseCommand):
    """``manage.py mcp`` on standard input and output; ``manage.py mcp --http`` beside the web process."""

    help = "Answers assistants that speak the Model Context Protocol about what is published. It only reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Over HTTP, and where."""
        parser.add_argument("--http", action="store_true", help="serve over HTTP instead of standard input and output")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8010)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until it is stopped. Raises ``CommandError`` without the extra."""
        if server is None:
            raise CommandError("This needs the SDK of the protocol: pip install -r requirements-mcp.txt")
        if options["http"]:
            server.serve_http(host=options["host"], port=options["port"])
        else:
            server.serve_local()
