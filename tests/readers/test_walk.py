"""``make walk`` leads to a page of every template there is, and each of its addresses answers as it says."""

import pytest
from django.conf import settings
from django.test import Client

from bench import walk_pages
from tests.demo_fixtures import Demo

#: Stops whose page is an error, by name: what they answer.
ERRORS = {"error-400": 400, "error-404": 404, "expert-refused": 404}


@pytest.mark.django_db
def test_make_walk_visits_every_readers_template(demo: Demo, client: Client) -> None:
    stops = walk_pages.fill()  # finds the demo loaded
    folder = settings.BASE_DIR / "templates"
    pages = [*folder.glob("*.*"), *(path for path in folder.glob("readers/**/*.*") if "parts" not in path.parts)]
    there = {path.relative_to(folder).as_posix() for path in pages}
    assert {stop.template for stop in stops} | walk_pages.FOR_MACHINES == there - {"readers/base.html"}
    answered = {stop.name: client.get(stop.path).status_code for stop in stops if stop.made_of is None}
    assert {name: code for name, code in answered.items() if code != 200} == ERRORS
