"""A name leads to one claimant, in every way in."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.models import Claimant
from articles.services.library import claimants
from lib.refusals import NotAllowedError
from tests import newsroom

pytestmark = pytest.mark.django_db
AT = newsroom.AT


def test_find_or_add_finds_by_name_whatever_its_capitals_and_blanks(people: SimpleNamespace) -> None:
    known = claimants.add_claimant(by=people.reporter, at=AT, name="Ingrid Sundqvist", role="mayor")
    for name in ("Ingrid Sundqvist", "INGRID SUNDQVIST", "  ingrid\nsundqvist "):
        found = claimants.find_or_add_claimant(name=name, by=people.reporter, at=AT, role="somebody else")
        assert (found.pk, found.role) == (known.pk, "mayor")
    assert Claimant.objects.count() == 1


def test_find_or_add_enters_a_name_nobody_has(people: SimpleNamespace) -> None:
    new = claimants.find_or_add_claimant(name="City of Lindholm", by=people.reporter, at=AT, kind="organisation")
    assert (Claimant.objects.get().pk, new.name, new.kind) == (new.pk, "City of Lindholm", "organisation")


def test_find_or_add_never_guesses_between_two(people: SimpleNamespace) -> None:
    for role in ("mayor", "singer"):
        claimants.add_claimant(by=people.reporter, at=AT, name="Nils Berg", role=role)
    with pytest.raises(claimants.SeveralClaimantsError, match="Several claimants are called “nils berg”"):
        claimants.find_or_add_claimant(name="nils berg", by=people.reporter, at=AT)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a\x00b"])
def test_find_or_add_refuses_what_is_no_name(name: str, people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        claimants.find_or_add_claimant(name=name, by=people.reporter, at=AT)
    assert set(refused.value.message_dict) == {"name"}
    assert not Claimant.objects.exists()


def test_find_or_add_asks_for_permission_for_a_new_name(people: SimpleNamespace) -> None:
    people.reporter.groups.clear()
    stranger = type(people.reporter).objects.get(pk=people.reporter.pk)
    with pytest.raises(NotAllowedError, match="permission to change sources and claimants"):
        claimants.find_or_add_claimant(name="Nils Berg", by=stranger, at=AT)
