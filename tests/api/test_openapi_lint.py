"""What redocly and spectral say of the OpenAPI document, and that each rule which is off has its reason."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from api.openapi.views import openapi

ROOT = Path(__file__).parents[2]
TOOLS = {"redocly": (), "spectral": ("--fail-severity", "hint")}
SETTINGS = ("redocly.yaml", ".spectral.yaml")


@pytest.mark.parametrize("tool", TOOLS)
def test_the_openapi_document_passes(tool: str, tmp_path: Path) -> None:
    program = ROOT / "node_modules/.bin" / tool
    if not program.exists():
        pytest.skip(f"{tool} is not installed (make lint-api installs it)")
    file = tmp_path / "openapi.json"
    file.write_bytes(openapi().replace(b'"url":"http://127.0.0.1:', b'"url":"http://facts.example.net:'))
    done = subprocess.run(
        [program, "lint", *TOOLS[tool], str(file)],
        cwd=ROOT,
        env=os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SETTINGS)
def test_each_rule_that_is_off_has_its_reason(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    off = [number for number, line in enumerate(lines) if re.search(r": (off|warn|false)\b", line)]
    assert off
    assert [lines[number] for number in off if not lines[number - 1].lstrip().startswith("# ")] == []
