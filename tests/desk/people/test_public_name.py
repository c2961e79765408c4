"""The page on which a person chooses their public name."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AccountEvent, User
from tests.desk.pages import form_of, save, signed_in, text_of

pytestmark = pytest.mark.django_db


def _stored(user: User) -> tuple[str, str]:
    row = User.objects.get(pk=user.pk)
    return row.public_name, row.public_line


def test_a_person_chooses_a_name_and_takes_it_away(people: SimpleNamespace) -> None:
    desk, address = signed_in(people.reporter), reverse("admin:people_public_name")
    page = text_of(desk.get(address))
    assert "versions published before keep the name" in page
    assert save(desk, address, public_name=" Rita  Reporter ", public_line="reports on health").status_code == 302
    assert _stored(people.reporter) == ("Rita Reporter", "reports on health")
    assert form_of(desk.get(address))["public_name"] == "Rita Reporter"
    assert AccountEvent.objects.filter(user=people.reporter, what="public name").count() == 1
    assert save(desk, address, public_name="", public_line="").status_code == 302
    assert _stored(people.reporter) == ("", "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"public_name": "", "public_line": "reports on health"}, "Give a name, or leave both empty."),
        ({"public_name": "x" * 81}, "at most 80 characters"),
        ({"public_name": "Rita", "public_line": "x" * 121}, "at most 120 characters"),
        ({"public_name": "Rita \u202eatiR\u202c"}, "reverse the order of its letters"),
    ],
)
def test_what_cannot_be_a_name_is_refused_at_its_field(
    people: SimpleNamespace, given: dict[str, Any], said: str
) -> None:
    refused = save(signed_in(people.reporter), reverse("admin:people_public_name"), **given)
    assert said in text_of(refused)
    assert _stored(people.reporter) == ("", "")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("none", "publishes no names of authors"),
        ("authors", "not those who approve"),
        ("authors-and-checkers", "and those who approve"),
    ],
)
def test_the_page_says_whom_the_newsroom_names(people: SimpleNamespace, settings: Any, chosen: str, said: str) -> None:
    settings.BYLINES = chosen
    assert said in text_of(signed_in(people.reporter).get(reverse("admin:people_public_name")))
