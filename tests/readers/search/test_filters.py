"""One list of filters: the API's parser, its description, the search page and the statements agree with it."""

from dataclasses import fields
from datetime import date

import pytest
from django.http import QueryDict

from api.http import openapi_helpers, query
from articles.selectors.readers import claim_filters
from articles.selectors.readers.claim_filters import FILTERS, Filters
from readers.search import filters

VALUES = {"search": "bread", "keys": "true,false", "entity": "a-name", "text": "health", "language": "en"}


def _filters() -> Filters:
    days = iter([date(2026, 3, 1), date(2026, 3, 31)])
    return Filters(**{one.name: next(days) if one.kind == "day" else VALUES[one.kind] for one in FILTERS})


def test_every_field_is_a_filter_with_a_name_of_its_own():
    assert [one.name for one in FILTERS] == [field.name for field in fields(Filters)]
    assert len({one.parameter for one in FILTERS}) == len(FILTERS)


def test_an_address_says_every_filter_and_is_read_back():
    wanted = _filters()
    assert filters.read(QueryDict(filters.query(wanted).removeprefix("?"))) == wanted


@pytest.mark.django_db(databases=["default", "readers"])
def test_the_api_reads_the_same_address():
    wanted = _filters()
    given = query.read(QueryDict(filters.query(wanted).removeprefix("?")), query.FILTERS)
    assert claim_filters.from_parameters(given) == wanted


def test_the_api_describes_every_filter():
    described = {one.name: one for one in openapi_helpers.many(query.FILTERS)}
    assert [*described] == [one.parameter for one in FILTERS]
    assert all(described[one.parameter].description == one.description for one in FILTERS)


@pytest.mark.django_db
def test_every_filter_in_force_is_named_and_can_be_taken_away(people):
    wanted = _filters()
    for one in filters.active(wanted, []):
        rest = filters.read(QueryDict(one.without.removeprefix("?")))
        changed = {field.name for field in fields(Filters) if getattr(rest, field.name) != getattr(wanted, field.name)}
        assert changed == {one.name}
    assert {one.name for one in filters.active(wanted, [])} == {one.name for one in FILTERS}


@pytest.mark.django_db
@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_every_filter_changes_the_statement(one, people):
    with_it = Filters(**{one.name: getattr(_filters(), one.name)})
    rows, everything = claim_filters.filtered(with_it), claim_filters.filtered(Filters())
    assert rows.query.is_empty() or str(rows.query) != str(everything.query)


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_without_empties_one_filter(one):
    rest = _filters().without(one.name)
    assert not getattr(rest, one.name)
    assert all(getattr(rest, other.name) for other in FILTERS if other is not one)
