"""Clients that generators make from the OpenAPI document: each takes a claim from its article to a retraction,
asks whether it was checked, and follows its changes.

``make prove-clients`` installs the generators into ``var/clients`` and runs these tests. Without that folder they are
skipped: the generators are large. ``tests/api/test_openapi.py`` looks for what they stumble over in the document.
"""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from accounts import services
from api.openapi.views import openapi
from articles.services.evidence import evidence
from tests import newsroom

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "readers"]), pytest.mark.slow]
FOLDER = Path(os.environ.get("CLIENTS", ""))
PROGRAMS = Path(__file__).parent / "programs"
KEPT_BACK = "A member of the city council"


def _run(command: list[str | Path], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def _openapi_python_client(folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    _run(
        [FOLDER / "bin/openapi-python-client", "generate", "--path", "openapi.json", "--output-path", "made"],
        folder,
        PATH=f"{FOLDER / 'bin'}:{os.environ['PATH']}",
    )
    return [FOLDER / "bin/python", PROGRAMS / "openapi_python_client.py"], {"PYTHONPATH": str(folder / "made")}


def _openapi_generator(folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    named = "--additional-properties=packageName=factcheck_client"
    program = FOLDER / "bin/openapi-generator-cli"
    _run([program, "generate", "-i", "openapi.json", "-g", "python", "-o", "made", named], folder)
    return [FOLDER / "bin/python", PROGRAMS / "openapi_generator.py"], {"PYTHONPATH": str(folder / "made")}


def _openapi_typescript(folder: Path) -> tuple[list[str | Path], dict[str, str]]:
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "life.ts").write_text((PROGRAMS / "openapi_typescript.ts").read_text())
    _run(["node_modules/.bin/openapi-typescript", "openapi.json", "-o", "schema.d.ts"], folder)
    strict = ["--strict", "--skipLibCheck", "--target", "ES2022", "--module", "NodeNext"]
    _run(["node_modules/.bin/tsc", *strict, "life.ts"], folder)
    return ["node", "life.js"], {}


GENERATORS = [_openapi_python_client, _openapi_generator, _openapi_typescript]


@pytest.mark.skipif(not FOLDER.name, reason="the generators are large: make prove-clients installs them and runs this")
@pytest.mark.parametrize("generate", GENERATORS, ids=lambda one: one.__name__.strip("_"))
def test_a_generated_client_takes_a_claim_from_its_article_to_a_retraction(
    generate: Callable[[Path], tuple[list[str | Path], dict[str, str]]],
    people: SimpleNamespace,
    live_server: Any,
    tmp_path: Path,
) -> None:
    claim = newsroom.complete(people.reporter, text="The bridge was opened in 2019")
    secret = newsroom.source(people.reporter, is_confidential=True, public_description=KEPT_BACK, url="")
    said = {"source": secret, "stance": "supports", "locator": "interview"}
    claim = evidence.add(claim=claim, by=people.reporter, at=newsroom.AT, version=claim.version, **said).claim
    for transition, by in (("submit", people.reporter), ("approve", people.editor), ("publish", people.editor)):
        claim = newsroom.take(claim, transition, by)
    (tmp_path / "openapi.json").write_bytes(openapi())
    command, environment = generate(tmp_path)
    tokens = [services.issue_token(user=user, name="client")[1] for user in (people.checker, people.editor)]
    printed = _run(command, tmp_path, SITE=live_server.url, TOKEN=tokens[0], EDITOR_TOKEN=tokens[1], **environment)
    assert json.loads(printed) == {
        "same": [[True, True]],
        "followed": ["published", "retracted"],
        "kept_back": [KEPT_BACK],
        "named": 2,
        "published": ["published", "true"],
        "retracted": ["retracted", "The timetable was a draft.", None],
    }
