"""The examples of the exports: the demo has to be committed for them, since they read over their own connection."""

from typing import Any

import pytest

from articles.demo import load, people
from tests.articles.api.example_runner import EXPORTS, check
from tests.articles.api.test_openapi import document  # noqa: F401 - a fixture
from tests.articles.conftest import Demo

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])


def test_the_exports_are_what_happens(document: dict[str, Any], settings: Any) -> None:  # noqa: F811
    settings.SITE_URL = "https://facts.example"
    newsroom = people.ensure()
    demo = Demo(newsroom, load.load(newsroom))
    for name in EXPORTS:
        check(name, demo, document)
