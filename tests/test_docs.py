"""What the documents promise is there."""

import re
from pathlib import Path

import pytest

from demo import content

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_links_lead_somewhere(document):
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [t for t in targets if "://" not in t and not (document.parent / t).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_files_commands_and_targets_that_are_named_exist(document):
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)", text)) | set(re.findall(r"^make ([a-z-]+)", text, re.MULTILINE))
    assert {target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)} == set()
    files = re.findall(r"`((?:articles|accounts|factcheck|outbound|partners|tests|docs|tools)/[\w/.-]+)", text)
    assert {file for file in files if not (ROOT / file.split("::")[0]).exists()} == set()
    own = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    django = {"migrate", "collectstatic", "createsuperuser", "clearsessions"}
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= own | django


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_tests_that_are_named_exist(document):
    for file, test in re.findall(r"(tests/[\w/]+\.py)::(\w+)", document.read_text(encoding="utf-8")):
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_environment_variable_is_described():
    settings = (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*[\"']([A-Z_]+)[\"']", settings))
    assert len(read) > 10
    assert read == set(re.findall(r"^\| `([A-Z_]+)`", operations, re.MULTILINE))


def test_who_waits_leaves_threads_for_everybody_else():
    settings = (ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8")
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    serving = (ROOT / "factcheck" / "serving.py").read_text(encoding="utf-8")
    waiting = [int(n) for n in re.findall(r'"(?:CHANGES_WAITERS|EXPORTS_AT_ONCE)", (\d+)\)', settings)]
    threads = [int(n) for n in re.findall(r"--blocking-threads (\d+)", operations)]
    threads += [int(n) for n in re.findall(r'_BLOCKING_THREADS = "(\d+)"', serving)]
    assert (len(waiting), len(threads)) == (2, 2)
    assert min(threads) >= sum(waiting) + 4


def test_the_readme_counts_the_demo_right():
    files = content.read()
    claims = sum(len(file.get("claim", ())) for file in files)
    assert (len(files), claims) == (4, 34)
    assert f"four invented articles with {claims} claims" in (ROOT / "README.md").read_text(encoding="utf-8")
