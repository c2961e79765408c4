"""The tools as a server of the Model Context Protocol, by its own SDK: over HTTP, or as a local command."""

import inspect
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from api.agents import tools
from partners import networks, rates
from partners.services import limits
from partners.services.limits import Quota

_INSTRUCTIONS = """\
Published fact-checks of {name}. Ask match_claim first. Pass on a verdict only for a claim in `same`, and only after you
have compared the two claims. Quote the verdict in its own words with its definition, its day and its address: `cite` is
a sentence that does. “Unverified” is a verdict: do not guess. If nothing is found, say that it was not checked here.
"""
#: Paths are relative to the proxy's location for this server.
PATH = "/mcp"


def make_server() -> MCPServer[Any]:
    """The server with its four tools. Each only reads."""
    server: MCPServer[Any] = MCPServer(
        name="factcheck",
        title=settings.SITE_NAME,
        instructions=_INSTRUCTIONS.format(name=settings.SITE_NAME),
        website_url=settings.SITE_URL,
        log_level="WARNING",
    )
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in tools.TOOLS:
        server.add_tool(_answering(tool), name=tool.__name__, description=tool.__doc__, annotations=hints)
    return server


def serve_http(*, host: str, port: int) -> None:
    """Serve until the process is stopped. It keeps no sessions, so any number of processes can stand side by side."""
    site = urlsplit(settings.SITE_URL)
    hosts = [host, site.netloc, *settings.ALLOWED_HOSTS, "127.0.0.1", "localhost"]
    security = TransportSecuritySettings(
        allowed_hosts=[*hosts, *(f"{name}:*" for name in hosts)], allowed_origins=[f"{site.scheme}://{site.netloc}"]
    )
    make_server().run(
        "streamable-http",
        host=host,
        port=port,
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=1024 * 1024,
        transport_security=security,
    )


def serve_local() -> None:
    """Answer on standard input and output until they are closed."""
    make_server().run("stdio")


def _answering(tool: Any) -> Any:
    """``tool`` with its limit counted, and with refusals in the protocol's form."""
    asked = tools.in_thread(tool)

    @wraps(tool)
    def answer(ctx: Context, **given: Any) -> dict[str, Any]:
        _count(ctx)
        try:
            return asked(**given)
        except tools.QuestionError as error:
            raise ToolError(str(error)) from error

    answer.__signature__ = _with_context(tool)  # type: ignore[attr-defined]
    answer.__annotations__ = {**tool.__annotations__, "ctx": Context}
    return answer


def _with_context(tool: Any) -> Any:
    signature = inspect.signature(tool)
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=Context)
    return signature.replace(parameters=[*signature.parameters.values(), context])


def _count(ctx: Any) -> None:
    """Count a question of this network; a local command is not counted. Raises ``ToolError``."""
    request = getattr(ctx.request_context, "request", None)
    rate = rates.parse(settings.API_MATCH_RATE)
    if request is None or rate is None:
        return
    subject = networks.of(_address(request))
    (state,) = limits.take([Quota("match", subject, rate)])
    if not state.taken:
        raise ToolError(f"Too many questions from your network. Come back in {state.wait} seconds.")


def _address(request: Any) -> str:
    """Where a request comes from; behind a proxy, what the nearest proxy saw."""
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if settings.REST_FRAMEWORK["NUM_PROXIES"] and forwarded:
        return str(forwarded[-1])
    return request.client.host if request.client else ""
