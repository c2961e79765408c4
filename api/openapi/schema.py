"""The OpenAPI document's last touch: what holds for whole groups of operations is said once, here."""

import json
from typing import Any, Final

from api.google import schema
from api.http import partner_schema
from api.http.problems import MEDIA_TYPE
from api.keys import schema as keys_schema
from api.matching import schema as matching_schema
from api.openapi import examples, problem_examples, sharing
from api.openapi.components import COMPONENTS
from api.submissions import serializers
from api.webhooks import schema as webhooks_schema
from api.webhooks import serializers as webhooks_serializers

_DESK: Final = "/api/v1/desk/"
_CREATES_ALONE: Final = frozenset(
    {
        "desk_articles_create",
        "desk_claims_create",
        "desk_sources_create",
        "desk_claimants_create",
        "desk_captures_create",
        "desk_import",
        "desk_translations_create",
    }
)
#: Additional problems of single operations.
_MORE: Final = {
    "changes_list": ("410", "503"),
    "export_jsonl": ("503",),
    "export_csv": ("503",),
}
#: They are sent by POST, and change nothing.
_QUESTIONS: Final = frozenset({"claims_match"})
_WRITES: Final = frozenset({"post", "put", "patch", "delete"})

DESCRIPTION: Final = """\
**Read** is open to anyone and holds published records only; a claim is its newest record, byte for byte.
A partner's key (`Authorization: Bearer fcp_…`, scope `read`) lifts the limit on requests; a key that does not work is
a 401, never read as nobody. Every answer says in `RateLimit` what is left. A key in an address is refused.
**Partners** send claims with a key of scope `submit`; every `POST` there needs an `Idempotency-Key` of your making.
**Desk** is for the newsroom's staff: the same services, guards and history as its admin. A personal token (`fct_…`)
also reads what is public. Every `POST` may carry an `Idempotency-Key`.

Examples are from the demo newsroom, and our tests send them; their ids are made up. What you try here is done in
earnest: **Authorize** with your key or token, which this page forgets when you leave it. Read a thing first: its id
and ETag go into the next request.

Lists come in pages: follow `next` and `previous` as they are. Parameters and fields that are not described here are
refused, and so is a parameter given twice. Every error is `application/problem+json` with a stable `code`; below
`/v1alpha1/` errors have Google's shape, with the same code in `details`.

Writes carry `If-Match` with the ETag of the version you read, so that nobody's change is lost: 428 without it, 412
when somebody was faster. What hangs on a claim (its passages, evidence, verdict, replies, relations) and its steps go
by the claim's ETag. Every write answers with the new one.
"""

_LIMITS: Final = {
    "RateLimit-Policy": {
        "schema": {"type": "string", "examples": ['"key";q=6000;w=60']},
        "description": "The limit this request fell under: `q` requests in `w` seconds.",
    },
    "RateLimit": {
        "schema": {"type": "string", "examples": ['"key";r=5999;t=1']},
        "description": "What is left of it: `r` requests at once; all of it again in `t` seconds.",
    },
}

_PROBLEMS: Final = {
    "400": "The query, a header or the body is not as described",
    "401": "No credentials, or no valid ones",
    "403": "You may not do this",
    "404": "There is nothing at this address",
    "406": "`Accept` names no type that is given here",
    "409": "The stage, a condition of the step, or something that is there already does not allow this",
    "410": "The log was restored since this cursor was given: `snapshot` says where to start again",
    "412": "Somebody else's change came first; ETag has the version that is there now",
    "413": "Too large",
    "415": "This content type is not read here",
    "422": "Refused: the code says why",
    "428": "If-Match is missing",
    "429": "Too many requests; Retry-After says when to come back",
    "503": "Not now; Retry-After says when to come back",
}


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add the components that are written out, and to every operation its problems, headers and conditions."""
    result["info"]["description"] = DESCRIPTION
    result["components"].setdefault("schemas", {}).update(
        COMPONENTS
        | matching_schema.COMPONENTS
        | keys_schema.COMPONENTS
        | serializers.COMPONENTS
        | webhooks_serializers.COMPONENTS
        | schema.COMPONENTS
    )
    shown = examples.read()
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
            if example := shown.get(operation["operationId"]):
                examples.place(operation, example)
    _tell_defaults(result["components"]["schemas"])
    sharing.share(result)
    return result


def _tell_defaults(schemas: dict[str, Any]) -> None:
    """Say the defaults of fields in words: generated clients take a field with a default for one that must be sent."""
    for described in schemas.values():
        for field in described.get("properties", {}).values():
            if "default" in field:
                default = json.dumps(field.pop("default"))
                field["description"] = f"{field.get('description', '')} Without it: {default}.".strip()


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    if path.startswith(partner_schema.PREFIX):
        partner_schema.complete(path, method, operation, _problem)
    elif path.startswith(webhooks_schema.PREFIX):
        webhooks_schema.complete(path, method, operation, _problem)
    elif path.startswith(keys_schema.PREFIX):
        keys_schema.complete(path, method, operation, _problem)
    elif path.startswith(schema.PREFIX):
        _cached(operation)
        schema.complete(operation, _problem)
    else:
        _complete_ours(path, method, operation)
    for status, answer in operation["responses"].items():
        answer["headers"] = {**answer.get("headers", {}), **_LIMITS}
        if status >= "400":
            _show_problem(path, status, answer)


def _show_problem(path: str, status: str, answer: dict[str, Any]) -> None:
    """An example of the refusal, in the shape of this part of the API."""
    (content,) = answer["content"].values()
    area = sharing.area(path)
    if area == "Google":
        content["example"] = problem_examples.googles(status, sharing.ADDRESSES[area])
    else:
        content["example"] = problem_examples.ours(status, sharing.ADDRESSES[area], partners=area == "Partner")


#: The work on a claim, and a list: no content that an approval is about, so no entity tags.
_UNTAGGED = ("desk_comments_", "desk_dependencies_", "desk_translations_list", "desk_pictures_list")


def _complete_ours(path: str, method: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    desk, writes = path.startswith(_DESK), method in _WRITES and name not in _QUESTIONS
    conditional = writes and name not in _CREATES_ALONE and not name.startswith(_UNTAGGED)
    if conditional:
        _parameter(operation, "If-Match", "The ETag of the version you are changing.", required=True)
    if not desk and method == "get":
        _cached(operation)
    _headers(operation, desk=desk)
    repeatable = desk and method == "post"
    if repeatable:
        partner_schema.describe_key(operation, required=False)
    if repeatable and (made := operation["responses"].get("201")):
        made.setdefault("headers", {})["Location"] = {"schema": {"type": "string", "format": "uri"}, "required": True}
    statuses = ["400", "401", "403", "406", "429"]
    if "{" in path:
        statuses.append("404")
    if "requestBody" in operation:
        statuses += ["413", "415"]
    if conditional:
        statuses += ["409", "412", "428"]
    elif writes and name.startswith(_UNTAGGED):
        statuses.append("422")
    if repeatable:
        statuses += ["409", "422"]
    statuses += _MORE.get(operation["operationId"], ())
    for status in sorted(set(statuses)):
        operation["responses"][status] = _problem(status)


def _cached(operation: dict[str, Any]) -> None:
    """What is published can be asked about with its tag."""
    _parameter(operation, "If-None-Match", "An ETag you hold: 304 when it is still good.", required=False)
    operation["responses"]["304"] = {"description": "What you hold is still good"}
    for status in ("200", "304"):
        operation["responses"][status]["headers"] = _etag()


def _problem(status: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": _PROBLEMS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in ("412", "428"):
        answer["headers"] = _etag()
    if status in ("429", "503"):
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Whole seconds."}}
    if status == "401":
        answer["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "What is missing."}}
    return answer


def _headers(operation: dict[str, Any], *, desk: bool) -> None:
    """A tag on every answer of the read API, and on the desk's answers about one thing."""
    if desk and operation["operationId"].endswith(("claims_list", "articles_list", "sources_list", "claimants_list")):
        return
    if operation["operationId"] == "desk_claims_history" or operation["operationId"].startswith(_UNTAGGED):
        return
    for status, answer in operation["responses"].items():
        if status.startswith("2") and operation["operationId"] not in _QUESTIONS:
            answer["headers"] = _etag()


def _etag() -> dict[str, Any]:
    return {"ETag": {"schema": {"type": "string"}, "description": "The strong tag of this version."}}


def _parameter(operation: dict[str, Any], name: str, text: str, *, required: bool) -> None:
    described = {"in": "header", "name": name, "schema": {"type": "string"}, "description": text, "required": required}
    operation.setdefault("parameters", []).append(described)
