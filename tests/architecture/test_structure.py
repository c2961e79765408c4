"""The rules of the house that no linter knows: who writes, who reads where, how big a thing may get."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from articles.models import PUBLISHED_MODELS, Change

ROOT = Path(__file__).parents[2]
DELIVERY = ("admin", "api", "public", "expert", "management", "templatetags")
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# What one surface promises is read in one module of tests, so these may be longer.
MAX_MODULE, MAX_TEST_MODULE, MAX_FUNCTION = 300, 450, 40


def modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


ALL = list(modules("accounts", "articles", "factcheck", "outbound", "partners", "tests", "tools", "bench"))


@pytest.mark.parametrize("path", ALL, ids=name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text()
    limit = MAX_TEST_MODULE if "tests" in path.parts else MAX_MODULE
    assert source.count("\n") <= limit or "# Long because" in source
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", list(modules(*(f"articles/{package}" for package in DELIVERY))), ids=name)
def test_delivery_never_writes(path: Path) -> None:
    """Queryset writes (``….objects.create(…)``, ``.filter(…).update(…)``) belong to services."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            called_on = ast.unparse(node.func.value)
            assert not re.search(r"\bobjects\b|_default_manager|\.filter\(", called_on), ast.unparse(node)


@pytest.mark.parametrize("path", list(modules("articles")), ids=name)
def test_only_the_public_selectors_choose_the_readers_plane(path: Path) -> None:
    if path.parent.name == "selectors" and path.name.startswith("public"):
        return
    assert 'using("readers")' not in path.read_text()
    assert "using(PLANE)" not in path.read_text()


@pytest.mark.parametrize("path", list(modules("articles/public")), ids=name)
def test_public_pages_know_no_desk_model(path: Path) -> None:
    desk = {
        model.__name__
        for model in apps.get_app_config("articles").get_models()
        if model not in PUBLISHED_MODELS and model.__name__ not in ("Rating", "PublishedEntity")
    } | {Change.__name__}
    imported = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("articles.models")
        for alias in node.names
    }
    assert imported & desk == set()


@pytest.mark.parametrize("path", list(modules("accounts", "articles", "factcheck", "outbound", "partners")), ids=name)
def test_every_public_function_and_class_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text())
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


def test_nothing_names_a_machine() -> None:
    """No path of somebody's machine stands in a tracked text."""
    suspicious = re.compile(r"/(?:home|Users|root)/\w+/")
    texts = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".toml", ".html", ".css", ".txt", ".yml"}]
    tracked = [p for p in texts if not {".venv", "var", ".git", "node_modules"} & set(p.relative_to(ROOT).parts)]
    assert [name(p) for p in tracked if p != Path(__file__) and suspicious.search(p.read_text())] == []
