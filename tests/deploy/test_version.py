"""The version is said in one place; files that name it follow, and the changelog has a section for it."""

import re
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from factcheck import __version__

ROOT = Path(__file__).parents[2]


def test_the_version_has_three_numbers_and_pyproject_reads_it() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "factcheck.__version__"}


def test_files_that_name_the_version_follow() -> None:
    files = ("deploy/Dockerfile", "deploy/compose.yaml", "docs/install.md")
    pattern = r"(?:factcheck:|VERSION:-|releases/|--branch v)(\d+\.\d+\.\d+)"
    named = {file: set(re.findall(pattern, (ROOT / file).read_text())) for file in files}
    assert named == {file: {__version__} for file in files}


def test_the_changelog_has_a_section_for_the_version_with_an_upgrade_note() -> None:
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]
    (section,) = [text for text in sections if text.startswith((f"{__version__} (", f"Unreleased: {__version__}"))]
    assert "**Before you upgrade**" in section


@pytest.mark.django_db
def test_the_command_prints_it() -> None:
    out = StringIO()
    with pytest.raises(CommandError):  # the computed rows of the tests' database were never computed as a whole
        call_command("upgrade", "finish", "--check", stdout=out)
    assert out.getvalue().splitlines()[0] == f"Factcheck {__version__}"
