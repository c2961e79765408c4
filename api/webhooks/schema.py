"""What holds for every operation about webhook endpoints, for the OpenAPI document."""

from collections.abc import Callable
from typing import Any, Final

from api.http.idempotency import HEADER, REPLAYED

PREFIX: Final = "/api/v1/webhooks/"
#: These show a secret, and may be sent with an ``Idempotency-Key``.
_ONCE: Final = frozenset({"webhook_endpoints_create", "webhook_endpoints_rotate"})
_TAGGED: Final = frozenset({"webhook_endpoints_read", "webhook_endpoints_change", *_ONCE})
#: What keeps these from being done may be over in a moment, or at a time that is known.
_PASSING: Final = frozenset({*_ONCE, "webhook_endpoints_test"})
_REFUSED: Final = frozenset({*_ONCE, "webhook_endpoints_replay"})


def complete(path: str, method: str, operation: dict[str, Any], problem: Callable[[str], dict[str, Any]]) -> None:
    """Add to ``operation`` its problems, headers and conditions."""
    name, statuses = operation["operationId"], _statuses(path, method, operation)
    if method in ("patch", "delete"):
        text = "The ETag of the version you are changing."
        _header(operation, "If-Match", {"type": "string"}, text, required=True)
    if name in _ONCE:
        _once(operation)
    if name in _TAGGED:
        for status, answer in operation["responses"].items():
            tag = {"ETag": {"schema": {"type": "string"}, "description": "The strong tag of this version."}}
            operation["responses"][status]["headers"] = {**answer.get("headers", {}), **tag}
    for status in sorted(statuses):
        operation["responses"][status] = problem(status)
    if "409" in statuses:
        operation["responses"]["409"]["description"] = "Not as things are now: the code says why"
    if name in _PASSING:
        wait = {"schema": {"type": "integer"}, "description": "Seconds, where the code is of something that passes."}
        operation["responses"]["409"]["headers"] = {"Retry-After": wait}


def _statuses(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    """The statuses of problems that an operation may answer with."""
    found = ["400", "401", "403", "406", "429"]
    if "{" in path:
        found.append("404")
    if method == "delete":
        found += ["412", "428"]
    if method == "patch":
        found += ["409", "412", "428"]
    if method == "post":
        found.append("409")
    if operation["operationId"] in _REFUSED:
        found.append("422")
    if "requestBody" in operation:
        found += ["413", "415"]
    return found


def _once(operation: dict[str, Any]) -> None:
    schema = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]*[!-~][ -~]*$"}
    text = (
        "Your own name for this request, if you like. Sent again with it within 72 hours, the request is not done "
        f"again and is answered the same, with `{REPLAYED}: true`; but `secret` is null then: it is kept nowhere."
    )
    _header(operation, HEADER, schema, text, required=False)
    for status, answer in operation["responses"].items():
        answer["headers"] = {REPLAYED: {"schema": {"type": "string", "enum": ["true"]}, "required": False}}
        if status == "201":
            answer["headers"]["Location"] = {"schema": {"type": "string", "format": "uri"}, "required": True}


def _header(operation: dict[str, Any], name: str, schema: dict[str, Any], text: str, *, required: bool) -> None:
    described = {"in": "header", "name": name, "schema": schema, "description": text, "required": required}
    operation.setdefault("parameters", []).append(described)
