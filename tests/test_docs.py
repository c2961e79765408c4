"""What the documents promise is there."""

import re
from pathlib import Path

from demo import content
from tests.findings import assert_none

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "lib").rglob("*.md")])
#: Folders whose files documents name by their path.
FOLDERS = (
    *("accounts", "api", "articles", "bench", "demo", "deploy", "desk", "docs", "factcheck", "jobs", "lib", "locale"),
    *("notifications", "partners", "readers", "templates", "tests", "tools"),
)
#: Where templates of the first edition lay: the pages that tell a theme's owner where to move them name them.
FORMER = ("templates/public", "templates/expert", "templates/articles", "templates/partners")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def name(path):
    return str(path.relative_to(ROOT))


def texts():
    """The name and text of each document."""
    return [(name(page), page.read_text(encoding="utf-8")) for page in PAGES]


def test_links_of_documents_lead_to_files_that_exist():
    assert_none(
        f"{name(page)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    )


def test_make_targets_that_documents_name_exist():
    known = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert_none(
        f"{page}: make {target}"
        for page, text in texts()
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)
        if target not in known
    )


def test_files_that_documents_name_exist():
    assert_none(
        f"{page}: {file}"
        for page, text in texts()
        for file in re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w/.-]+)", text)
        if not (ROOT / file.split("::")[0]).exists() and not file.startswith(FORMER)
    )


def test_commands_that_documents_name_exist():
    own = {path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")}
    known = own | {"check", "migrate", "collectstatic", "createsuperuser", "clearsessions"}
    assert_none(
        f"{page}: manage.py {command}"
        for page, text in texts()
        for command in re.findall(r"manage\.py ([a-z_]+)", text)
        if command not in known
    )


def test_tests_that_documents_name_exist():
    assert_none(
        f"{page}: {file}::{test}"
        for page, text in texts()
        for file, test in re.findall(r"(tests/[\w/]+\.py)::(\w+)", text)
        if not (ROOT / file).exists() or f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    )


def test_every_environment_variable_is_described():
    modules = (ROOT / "factcheck").rglob("*.py")
    settings = "".join(module.read_text(encoding="utf-8") for module in modules)
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*[\"']([A-Z_]+)[\"']", settings))
    assert len(read) > 10
    assert read == set(re.findall(r"^\| `([A-Z_]+)`", operations, re.MULTILINE))


def test_the_documented_threads_are_more_than_waiting_requests_can_hold():
    settings = (ROOT / "factcheck" / "settings" / "limits.py").read_text(encoding="utf-8")
    deployed = (ROOT / "deploy" / "serve-web").read_text(encoding="utf-8")
    serving = (ROOT / "factcheck" / "serving.py").read_text(encoding="utf-8")
    waiting = [int(n) for n in re.findall(r'"(?:CHANGES_WAITERS|EXPORTS_AT_ONCE)", (\d+)\)', settings)]
    threads = [int(n) for n in re.findall(r"--blocking-threads (\d+)", deployed)]
    threads += [int(n) for n in re.findall(r'_BLOCKING_THREADS = "(\d+)"', serving)]
    assert (len(waiting), len(threads)) == (2, 2)
    signing_in = (ROOT / "desk" / "people" / "sign_in_queue.py").read_text(encoding="utf-8")
    [line] = re.findall(r"QUEUE = Queue\(waiting=(\d+)", signing_in)
    assert min(threads) >= sum(waiting) + int(line) + 1 + 4


def test_the_readme_counts_the_demo_right():
    files = content.read()
    claims = sum(len(file.get("claim", ())) for file in files)
    assert (len(files), claims) == (5, 38)
    assert f"five invented articles with {claims} claims" in (ROOT / "README.md").read_text(encoding="utf-8")
