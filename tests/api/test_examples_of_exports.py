"""The examples of the exports, which read over a connection of their own: the demo's smallest article, committed."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from demo import content, load, people
from tests.api.example_runner import EXPORTS, check
from tests.api.test_openapi import document  # noqa: F401 - a fixture
from tests.demo_fixtures import Demo

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def test_the_recorded_exports_match_what_is_served(document: dict[str, Any], settings: Any, tmp_path: Path) -> None:  # noqa: F811
    settings.SITE_URL = "https://facts.example"
    newsroom = people.ensure()
    for file in content.DIRECTORY.glob("vodohranilishche.*"):
        shutil.copy(file, tmp_path)
    demo = Demo(newsroom, load.load(newsroom, directory=tmp_path))
    for name in EXPORTS:
        check(name, demo, document)
