"""Every operation of the OpenAPI document, asked right and wrong: the small version of ``make prove``'s run."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from api.openapi.views import openapi
from bench import schema
from bench.api_clients import askers
from factcheck.wsgi import application
from tests.demo_fixtures import Demo

pytestmark = [pytest.mark.django_db(databases=["default", "readers"]), pytest.mark.slow]
EXAMPLES = 3


@pytest.fixture(autouse=True)
def _unlimited(settings: Any) -> Iterator[None]:
    settings.API_READ_RATE = settings.API_DESK_RATE = settings.API_FAILURE_RATE = ""
    logging.disable(logging.WARNING)  # thousands of refusals are what this is about
    for signal in (request_started, request_finished):  # as Django's own client does: the test keeps its transaction
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    logging.disable(logging.NOTSET)


def test_random_requests_get_only_documented_answers(demo: Demo) -> None:
    document = schema.document(openapi(), application)
    outcomes = list(schema.examine(document, askers(demo.people.editor), examples=EXAMPLES))
    assert len(outcomes) > 40
    for outcome in outcomes:
        if outcome.fault:
            print(f"{outcome.operation} {outcome.answers}: {outcome.fault}")
    assert [f"{o.operation} {o.answers}: {o.fault}" for o in outcomes if o.fault] == []
    assert all(sum(o.answers.values()) > 0 for o in outcomes)
