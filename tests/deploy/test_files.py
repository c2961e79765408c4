"""The files of ``deploy/``: read by the programs that use them, where these are installed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
HARDENED = {
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ReadWritePaths=/var/lib/factcheck",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
}


def without_comments(path: Path) -> str:
    return "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("#"))


def test_the_options_of_the_web_server_are_in_one_file_and_leave_threads_free() -> None:
    users = [path for path in DEPLOY.rglob("*") if path.is_file() and "--blocking-threads" in path.read_text()]
    assert users == [DEPLOY / "serve-web"]
    (threads,) = re.findall(r"--blocking-threads (\d+)", (DEPLOY / "serve-web").read_text())
    limits = (ROOT / "factcheck/settings/limits.py").read_text()
    waiting = [int(n) for n in re.findall(r'"(?:CHANGES_WAITERS|EXPORTS_AT_ONCE)", (\d+)\)', limits)]
    assert len(waiting) == 2
    assert int(threads) >= sum(waiting) + 4


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_hardened_and_restart(unit: Path) -> None:
    lines = set(without_comments(unit).splitlines())
    assert lines >= HARDENED | {"Restart=always", "User=factcheck"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_units(unit: Path, tmp_path: Path) -> None:
    # The programs are at their place only on a real installation; here the checkout stands in for it.
    copy = tmp_path / unit.name
    text = unit.read_text().replace("/srv/factcheck/current", str(ROOT))
    copy.write_text(text.replace(f"{ROOT}/.venv/bin/python", "/bin/sh"))
    run = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, timeout=60)
    assert [line for line in run.stderr.splitlines() if "factcheck" in line] == []
    rated = ["systemd-analyze", "security", "--offline=yes", "--threshold=30", str(copy)]
    run = subprocess.run(rated, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout[-200:] + run.stderr


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return loaded


def test_services_restart_and_are_checked_and_start_in_order() -> None:
    services = compose()["services"]
    assert set(services) == {"database", "upgrade", "web-a", "web-b", "worker", "proxy"}
    assert {name for name, service in services.items() if service["restart"] != "unless-stopped"} == {"upgrade"}
    assert services["upgrade"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("web-a", "web-b", "worker"):
        assert services[name]["depends_on"] == {"upgrade": {"condition": "service_completed_successfully"}}
    for name in ("upgrade", "web-a", "web-b", "worker"):
        site = services[name]
        assert (site["read_only"], site["cap_drop"], site["env_file"]) == (True, ["ALL"], ["factcheck.env"])
        assert site["volumes"] == ["var:/var/lib/factcheck"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_files_that_compose_mounts_exist_and_volumes_are_declared() -> None:
    described = compose()
    mounts = [mount for service in described["services"].values() for mount in service.get("volumes", ())]
    sources = {mount.split(":")[0] for mount in mounts}
    made_by_hand = {"./tls", "./acme"}
    files = {source for source in sources if source.startswith("./")} - made_by_hand
    assert files
    assert [source for source in files if not (DEPLOY / source).is_file()] == []
    assert {source for source in sources if not source.startswith("./")} == set(described["volumes"])


def test_what_the_image_copies_exists_and_holds_no_tests_and_no_secrets() -> None:
    ignored = without_comments(DEPLOY / "Dockerfile.dockerignore").split()
    assert ignored[0] == "*", "everything is left out that is not named"
    kept = {line[1:] for line in ignored if line.startswith("!")}
    assert [name for name in kept if not (ROOT / name).exists()] == []
    assert not kept & {"tests", "bench", "tools", "var", ".git", ".env"}
    recipe = without_comments(DEPLOY / "Dockerfile")
    assert "--require-hashes" in recipe
    assert "requirements-dev" not in recipe
    assert re.search(r"^USER factcheck$", recipe, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*deploy/check-web", recipe, re.MULTILINE)
    compiled = re.search(r"compileall -q ([a-z ]+)$", recipe, re.MULTILINE)
    assert compiled
    assert set(compiled[1].split()) <= kept


def test_the_example_of_the_environment_names_known_variables_only() -> None:
    example = (DEPLOY / "factcheck.env.example").read_text()
    names = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) - {"WEB_WORKERS"}
    known = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))
    assert len(names) > 8
    assert names <= known


def test_files_with_secrets_are_not_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert set(ignored) >= {"deploy/factcheck.env", "deploy/database.env", "deploy/tls/"}
