"""The rules of the house that no linter knows: who writes, who reads where, how big a thing may get.

Each test looks at everything it is about and names all offenders at once.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps

from articles.models import PUBLISHED_MODELS, Change
from tests.findings import assert_none

ROOT = Path(__file__).parents[2]
PRODUCT = (
    *(
        "accounts",
        "api",
        "articles",
        "caching",
        "demo",
        "desk",
        "factcheck",
        "followers",
        "jobs",
        "lib",
        "notifications",
        "partners",
    ),
    "readers",
)
BESIDE_IT = ("bench", "tests", "tools")
#: HTTP, forms, the command line: they call services to write.
DOORS = ("api", "desk", "readers", "demo", "articles/management", "partners/management", "accounts/management")
WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET = re.compile(r"\bobjects\b|_(?:default|base)_manager|\.(?:filter|exclude|all|using|order_by)\(")
#: What one surface promises is read in one module of tests, so these may be longer.
MAX_MODULE, MAX_TEST_MODULE, MAX_FUNCTION = 300, 450, 40
#: Nineteen of twenty functions of the product are no longer than this.
MAX_USUAL_FUNCTION = 25
MAX_MODULES_IN_A_FOLDER = 25
MAX_IMPORTS_INSIDE_FUNCTIONS = 5


def modules(*packages: str) -> Iterator[Path]:
    """Every module below these folders except migrations."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(*packages: str) -> Iterator[tuple[str, int]]:
    """Each function with its length in lines, decorators not counted."""
    for path in modules(*packages):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_modules_have_at_most_300_lines_and_test_modules_450() -> None:
    too_long = []
    for path in modules(*PRODUCT, *BESIDE_IT):
        source = path.read_text()
        lines, limit = source.count("\n"), MAX_TEST_MODULE if "tests" in path.parts else MAX_MODULE
        if lines > limit and "# Long because" not in source:
            too_long.append(f"{name(path)}: {lines} lines, at most {limit}")
    assert_none(too_long)


def test_functions_have_at_most_40_lines() -> None:
    measured = functions(*PRODUCT, *BESIDE_IT)
    assert_none(f"{which}: {lines} lines" for which, lines in measured if lines > MAX_FUNCTION)


def test_nineteen_of_twenty_functions_have_at_most_25_lines() -> None:
    lengths = sorted(lines for _which, lines in functions(*PRODUCT))
    assert lengths[len(lengths) * 95 // 100] <= MAX_USUAL_FUNCTION


def test_no_folder_has_more_than_25_modules() -> None:
    counted = Counter(path.parent for path in modules(*PRODUCT, *BESIDE_IT) if path.name != "__init__.py")
    assert_none(f"{name(folder)}: {many}" for folder, many in counted.items() if many > MAX_MODULES_IN_A_FOLDER)


def test_doors_never_write_with_querysets() -> None:
    """``….objects.create(…)`` and ``.filter(…).update(…)`` belong to services."""
    writes = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in modules(*DOORS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if QUERYSET.search(ast.unparse(node.func.value))
    ]
    assert_none(writes)


def test_readers_pages_import_no_desk_model() -> None:
    shown = {model.__name__ for model in PUBLISHED_MODELS} | {"Rating", "PublishedEntity"}
    desk = {model.__name__ for model in apps.get_app_config("articles").get_models()} | {Change.__name__}
    imported = [
        f"{name(path)}:{node.lineno} {alias.name}"
        for path in modules("readers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("articles.models")
        for alias in node.names
        if alias.name in desk - shown
    ]
    assert_none(imported)


def test_every_public_function_and_class_has_a_docstring() -> None:
    bare = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules(*PRODUCT)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert_none(bare)


def test_the_products_own_modules_are_imported_at_the_top() -> None:
    """A few imports inside functions are needed (settings read before Django is ready); ``apps.py`` is not counted."""
    inside = {
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in modules(*PRODUCT)
        if path.name != "apps.py"
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_own(node)
    }
    assert len(inside) <= MAX_IMPORTS_INSIDE_FUNCTIONS, sorted(inside)


def _is_own(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] in PRODUCT
    return any(alias.name.split(".")[0] in PRODUCT for alias in node.names)


def test_every_library_has_a_readme() -> None:
    parts = [path for path in (ROOT / "lib").iterdir() if (path / "__init__.py").exists()]
    assert parts
    assert_none(name(part) for part in parts if not (part / "README.md").exists())


def test_tests_wait_for_conditions_and_never_for_a_fixed_time() -> None:
    """``tests.waiting`` polls with a bound; one of the receivers is slow on purpose."""
    allowed = {"tests/waiting.py", "tests/lib/safehttp/receivers.py"}
    assert_none(
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in modules("tests")
        if name(path) not in allowed
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("sleep", "wait_for_timeout")
    )


def test_no_tracked_text_names_a_machine() -> None:
    suspicious = re.compile(r"/(?:home|Users|root)/\w+/")
    suffixes = {".py", ".md", ".toml", ".html", ".css", ".js", ".json", ".txt", ".yml", ".po", ".sql"}
    texts = [path for path in ROOT.rglob("*") if path.suffix in suffixes]
    tracked = [p for p in texts if not {".venv", "var", ".git", "node_modules"} & set(p.relative_to(ROOT).parts)]
    assert_none(name(p) for p in tracked if p != Path(__file__) and suspicious.search(p.read_text()))
