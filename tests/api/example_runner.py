"""Sends the examples of the OpenAPI document to the demo newsroom, and makes answers comparable.

The ids in an example are made up. ``STANDS_FOR`` says which row of the demo each of the well-known ones is; those of
rows that an example makes are learnt from its answer. In answers, whatever differs from run to run (other ids, new
moments, cursors, salts) is replaced by something that does not.
"""

import base64
import json
import os
import re
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts import services
from api.openapi import examples
from api.openapi.views import openapi
from articles.models import Article, Claim, Claimant, Source
from articles.selectors import api_lists
from partners.models import Endpoint
from tests.api.submissions.test_submissions import Caller
from tests.api.test_openapi import _check as check_answer
from tests.demo_fixtures import Demo

_ID = "0193a5e0-0000-7000-8000-0000000000"
STANDS_FOR: dict[str, tuple[Any, dict[str, str]]] = {
    _ID + "c1": (Claim, {"text__startswith": "The deadline for the handover of Kalbajar"}),
    _ID + "c2": (Claim, {"text__startswith": "The Armenian government paid families"}),
    _ID + "c3": (Claim, {"text__startswith": "Azerbaijan took nearly 300 towns"}),
    _ID + "c4": (Claim, {"text__startswith": "Aliyev promised Putin by telephone"}),
    _ID + "a1": (Article, {"title__startswith": "Ten more days for Kalbajar"}),
    _ID + "51": (Source, {"title__startswith": "Statement by President of the Republic of Azerbaijan"}),
    _ID + "52": (Source, {"title__startswith": "Chiragov and Others"}),
    _ID + "53": (Source, {"title__startswith": "Azerbaijani top official"}),
    _ID + "b1": (Claimant, {"name__startswith": "Hikmet"}),
    _ID + "b2": (Claimant, {"name__contains": "Caucasus Courier"}),
}
#: Rows that hang on a claim have numbers: 1 in an example is the claim's first.
_CHILDREN = ("appearances", "evidence", "replies", "relations", "comments", "dependencies")
EXAMPLES = examples.read()
#: Exports are read over a connection of their own, which sees what is committed.
EXPORTS = ("export_csv", "export_jsonl")
SCOPES = ("read", "submit", "webhooks")
LONGEST, MOST = 400, 2
#: A record is a line of four kilobytes: the first and the last are shown.
MOST_RECORDS = 1
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NOW = (re.compile(r"20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)"), "2026-03-02T09:30:00Z")
_TODAY = (re.compile(r"20(?:2[5-9]|[3-9]\d)-\d\d-\d\d(?!T)"), "2026-03-02")
#: A time that has to be in the future, in a request.
_TONIGHT = "2026-03-02T18:00:00+00:00"
_CURSOR = (re.compile(r"cursor=[\w-]+"), "cursor=Zm9sbG93IG1lIGFzIEkgYW0")
_SITE = (re.compile(r"http://testserver"), "https://facts.example")
_FIXED = {
    "salt": "c2FsdCBpcyByYW5kb20",
    "next_cursor": "Zm9sbG93IG1lIGFzIEkgYW0",
    "nextPageToken": "Zm9sbG93IG1lIGFzIEkgYW0",
    "begins_with": "fcp_Ab12Cd34",
    "message_id": "msg_1f0e9d8c_41_1",
    "secret": "whsec_c2hvd24gb25jZSwgYW5kIGtlcHQgbm93aGVyZQ==",
}


@dataclass
class Runner:
    """One newsroom, asked one example after the other; ``real`` maps an example's ids to those here."""

    demo: Demo
    examples: dict[str, Any]
    operations: dict[str, tuple[str, str]]
    real: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        for made_up, (model, which) in STANDS_FOR.items():
            if row := model.objects.filter(**which).first():
                self.real[made_up] = str(row.pk)

    def run(self, name: str) -> HttpResponse:
        """The answer to an example, after those that have to be run first."""
        request = self.examples[name]["request"]
        for earlier in request.get("first", ()):
            answer = self.run(earlier)
            _learn(self.examples[earlier]["response"].get("body"), _body(answer), self.real)
        method, template = self.operations[name]
        path = template.format(**self._path(template, request.get("path", {})))
        headers = self._who(request.get("as", "")) | self._made_real(request.get("headers", {}))
        if "If-Match" in headers:
            headers["If-Match"] = self.client.get(_tagged(path), headers=headers)["ETag"]
        if method == "get":
            query = self._made_real(request.get("query", {}))
            return self.client.get(path, {key: str(value) for key, value in query.items()}, headers=headers)
        if "file" in request:
            file = SimpleUploadedFile(request["file"]["name"], base64.b64decode(request["file"]["base64"]))
            return self.client.post(path, {"file": file}, headers=headers)
        body = json.dumps(self._made_real(request["body"])) if "body" in request else ""
        body = body.replace(_TONIGHT, (timezone.now() + timedelta(days=1)).isoformat(timespec="seconds"))
        if query := request.get("query"):
            path = f"{path}?{urlencode(query)}"
        return self.client.generic(method.upper(), path, body, "application/json", headers=headers)

    def comparable(self, name: str, answer: HttpResponse) -> dict[str, Any]:
        """An answer as an example holds it."""
        response: dict[str, Any] = {"status": answer.status_code}
        body = _body(answer)
        if body is not None:
            known = {real: made_up for made_up, real in self.real.items()}
            response["body"] = _Settled(name, known).settle(body)
        return response

    def _who(self, who: str) -> dict[str, str]:
        if not who:
            return {}
        if who == "partner":
            return {"Authorization": f"Bearer {Caller(scopes=SCOPES).secret}"}
        _, secret = services.issue_token(user=getattr(self.demo.people, who), name="example")
        return {"Authorization": f"Bearer {secret}"}

    def _path(self, template: str, given: dict[str, Any]) -> dict[str, Any]:
        path: dict[str, Any] = self._made_real(given)
        kind = next((one for one in _CHILDREN if f"/{one}/{{pk}}/" in template), "")
        if kind:
            rows = list(getattr(api_lists.claim(uuid.UUID(path["claim_id"])), kind).all())
            path["pk"] = rows[path["pk"] - 1].pk
        if "endpoint_id" in path:  # the one that an earlier example added
            path["endpoint_id"] = Endpoint.objects.latest("id").pk
        return path

    def _made_real(self, value: Any) -> Any:
        text = json.dumps(value)
        return json.loads(_UUID.sub(lambda found: self.real.get(found[0], found[0]), text))


def check(name: str, demo: Demo, document: dict[str, Any]) -> None:
    """Run an example and hold its answer against the document and against what is stored, or store it."""
    runner = Runner(demo, EXAMPLES, operations())
    answer = runner.run(name)
    method, path = runner.operations[name]
    assert 200 <= answer.status_code < 300, (answer.status_code, answer.content[:1000])
    if not answer.streaming and answer.content:
        check_answer(document, answer, path, method)
    found = runner.comparable(name, answer)
    if os.environ.get("RECORD_EXAMPLES"):
        _record(name, found)
    assert EXAMPLES[name]["response"] == found, "After a wanted change: make examples"


def operations() -> dict[str, tuple[str, str]]:
    """Method and path of every operation of the document, by its id."""
    return {
        operation["operationId"]: (method, path)
        for path, operations in json.loads(openapi())["paths"].items()
        for method, operation in operations.items()
    }


def _record(name: str, response: dict[str, Any]) -> None:
    for file in examples.DIRECTORY.glob("*.json"):
        stored = json.loads(file.read_text(encoding="utf-8"))
        if name in stored:
            stored[name]["response"] = EXAMPLES[name]["response"] = response
            file.write_text(json.dumps(stored, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _tagged(path: str) -> str:
    """The address whose tag a write at ``path`` names: the claim's for what hangs on it."""
    claim = re.match(r"/api/v1/desk/claims/[0-9a-f-]{36}/", path)
    return claim[0] if claim else path


def _body(answer: HttpResponse) -> Any:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if not content:
        return None
    if answer["Content-Type"].startswith(("text/csv", "application/jsonl", "application/x-ndjson")):
        lines = content.decode().splitlines()
        most = MOST if answer["Content-Type"].startswith("text/csv") else MOST_RECORDS
        return "\n".join([*lines[:most], "…", lines[-1]]) if len(lines) > most else "\n".join(lines)
    return json.loads(content)


def _learn(example: Any, real: Any, into: dict[str, str]) -> None:
    """The ids of what an earlier example made: they stand where that example has its own."""
    if isinstance(example, dict) and isinstance(real, dict):
        for name in example.keys() & real.keys():
            _learn(example[name], real[name], into)
    elif isinstance(example, str) and isinstance(real, str) and _UUID.fullmatch(example):
        into[example] = real


class _Settled:
    """Replaces what differs from run to run, the same way in every run."""

    def __init__(self, name: str, known: dict[str, str]) -> None:
        self.name, self.known, self.numbers = name, dict(known), dict[tuple[str, int], int]()

    def settle(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self.settle(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.settle(item, key) for item in value[:MOST]]
        if key == "milliseconds":
            return 12
        if (key in ("id", "evidence") or key.endswith("_id")) and isinstance(value, int):
            return self._number(key, value)
        if key == "row" and isinstance(value, str) and value.isdigit():
            return str(self._number(key, int(value)))
        if not isinstance(value, str):
            return value
        if key == "secret" and value.startswith("fcp_"):
            return "fcp_c2hvd24gb25jZSwgYW5kIGtlcHQgbm93aGVyZQ"
        return _FIXED[key] if key in _FIXED and value else self._text(value)

    def _text(self, value: str) -> str:
        if value.startswith('{"'):  # JSON lines
            return "\n".join(line if line == "…" else self._line(line) for line in value.splitlines())
        for pattern, instead in (_NOW, _TODAY, _CURSOR, _SITE):
            value = pattern.sub(instead, value)
        value = _UUID.sub(lambda found: self._id(found[0]), value)
        return value if len(value) <= LONGEST or "\n" in value[:LONGEST] else value[: LONGEST - 2] + " …"

    def _number(self, key: str, value: int) -> int:
        """The first number that stands under ``key`` is 1, and so on: rows of different tables may share theirs."""
        before = sum(1 for name, _ in self.numbers if name == key)
        return self.numbers.setdefault((key, value), before + 1)

    def _line(self, line: str) -> str:
        return json.dumps(self.settle(json.loads(line)), ensure_ascii=False, separators=(",", ":"))

    def _id(self, real: str) -> str:
        return self.known.setdefault(real, str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.name} {len(self.known)}")))
