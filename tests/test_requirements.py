"""What the code imports is required, what is required is pinned, and what is pinned is what gets installed."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = (
    *("accounts", "api", "articles", "caching", "demo", "desk", "factcheck", "jobs", "lib", "notifications"),
    *("followers", "partners", "readers"),
)
#: What is installed where a newsroom wants it.
EXTRAS = sorted({path.name for path in ROOT.glob("requirements-*.txt")} - {"requirements-dev.txt"})
DEVELOPMENT = ("tests", "bench", "tools")
#: Packages that a test makes from the OpenAPI document (tests/clients).
MADE = frozenset({"factcheck_api_client", "factcheck_client"})
#: What the peer of make bench-traffic imports, in an environment of its own (bench/traffic/requirements.txt).
PEER = frozenset({"modelcluster", "taggit", "wagtail"})
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[a-z,-]+\])?==([A-Za-z0-9.]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def _key(name: str) -> str:
    """A distribution's name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _lines(name: str) -> Iterator[str]:
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _pins(name: str) -> dict[str, str]:
    found = {}
    for line in _lines(name):
        if not line.startswith("-r "):
            pin = _PIN.fullmatch(line)
            assert pin, f"{name}: a name and one exact version for every Python, not {line}"
            found[_key(pin[1])] = pin[2]
    return found


def _locked(name: str) -> dict[str, tuple[str, int]]:
    """The version of each package of a lock file, and how many hashes it has."""
    found, package = {}, ""
    for line in _lines(name):
        if pin := _PIN.match(line):
            package = _key(pin[1])
            assert package not in found, f"{name}: {package} has two versions"
            found[package] = (pin[2], 0)
        elif _HASH.search(line):
            version, n = found[package]
            found[package] = (version, n + 1)
    return found


def _imported(folders: tuple[str, ...]) -> dict[str, str]:
    """The packages from outside that these folders import, each with one file that does."""
    found = {}
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                found[name.split(".")[0]] = str(path.relative_to(ROOT))
    own = {*PRODUCT, *DEVELOPMENT} | MADE | PEER
    return {name: path for name, path in found.items() if name not in own | sys.stdlib_module_names}


@pytest.mark.parametrize(
    ("folders", "files"),
    [
        (PRODUCT, ["requirements.txt", *EXTRAS]),
        (DEVELOPMENT, ["requirements.txt", *EXTRAS, "requirements-dev.txt"]),
    ],
    ids=["product", "development"],
)
def test_every_imported_package_is_required(folders, files):
    required = {name for file in files for name in _pins(file)}
    distributions = packages_distributions()
    imported = _imported(folders)
    assert {"django", "pytest"} & set(imported)
    missing = {
        name: path
        for name, path in imported.items()
        if not required & {_key(distribution) for distribution in distributions.get(name, [])}
    }
    assert missing == {}


@pytest.mark.parametrize(
    ("pins", "lock"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements.txt", "requirements-dev.lock"),
        ("requirements-dev.txt", "requirements-dev.lock"),
        *((extra, "requirements-dev.lock") for extra in EXTRAS),
    ],
)
def test_every_pin_is_in_the_lock_with_the_same_version(pins, lock):
    locked = _locked(lock)
    different = {
        name: (version, locked.get(name))
        for name, version in _pins(pins).items()
        if locked.get(name, ("",))[0] != version
    }
    assert different == {}, "make lock"


def test_development_installs_the_versions_of_the_product():
    product, development = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {name: development.get(name) for name in product} == product, "make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes(lock):
    locked = _locked(lock)
    assert len(locked) > 30
    assert [name for name, (_version, n) in locked.items() if not n] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_package_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index|--find-links|--trusted-host", text) == []
