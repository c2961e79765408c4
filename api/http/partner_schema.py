"""What holds for every operation of the partners' part of the API, for the OpenAPI document."""

from collections.abc import Callable
from typing import Any, Final

from api.http.idempotency import HEADER, REPLAYED

PREFIX: Final = "/api/v1/submissions/"


def complete(path: str, method: str, operation: dict[str, Any], problem: Callable[[str], dict[str, Any]]) -> None:
    """Add to ``operation`` its problems and, where it writes, the key that makes it safe to repeat."""
    statuses = ["400", "401", "403", "406", "429"]
    if "{" in path:
        statuses.append("404")
    if method == "post":
        statuses += ["409", "413", "415", "422"]
        describe_key(operation)
    for status in sorted(statuses):
        operation["responses"][status] = problem(status)
    if method == "post":
        operation["responses"]["409"]["description"] = "A request with this key is still under way"
        operation["responses"]["409"]["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "description": "Whole seconds."}
        }


def describe_key(operation: dict[str, Any], *, required: bool = True) -> None:
    """Add the header Idempotency-Key to an operation, and to its answers the header of a repeated one."""
    operation.setdefault("parameters", []).append(
        {
            "in": "header",
            "name": HEADER,
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]*[!-~][ -~]*$"},
            "description": "Your own name for this request. Sent again with it within 72 hours, the request is "
            f"answered the same and not done again; the answer then carries `{REPLAYED}: true`. A refused request "
            "leaves its key free. 409 while the first is under way, 422 when the key was used for another request.",
            "required": required,
        }
    )
    for answer in operation["responses"].values():
        answer.setdefault("headers", {})[REPLAYED] = {
            "schema": {"type": "string", "enum": ["true"]},
            "required": False,
        }
        if operation["operationId"] == "submissions_create":
            answer["headers"]["Location"] = {"schema": {"type": "string", "format": "uri"}, "required": True}
