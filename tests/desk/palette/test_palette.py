"""The command palette: what it finds, for whom, and at what cost."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.services.library import claimants
from tests import newsroom
from tests.desk.pages import page_of, signed_in, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/palette/"


def _groups(client, typed: str) -> dict[str, list[str]]:
    answer = client.get(ADDRESS, {"q": typed})
    assert answer.status_code == 200
    return {group["label"]: [entry["title"] for entry in group["entries"]] for group in answer.json()["groups"]}


@pytest.fixture
def rows(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, text="Kalbajar was handed over", topics=["Kalbajar"])
    newsroom.article(people.reporter, title="Ten days for Kalbajar")
    newsroom.source(people.reporter, title="Minutes on Kalbajar")
    claimants.add_claimant(by=people.reporter, at=newsroom.AT, name="Mayor of Kalbajar", kind="person")


@pytest.mark.parametrize("typed", ["kalbajar", "kalbjar", "KALB"])
def test_every_kind_is_found_also_misspelt_or_unfinished(rows, people: SimpleNamespace, typed: str) -> None:
    found = _groups(signed_in(people.editor), typed)
    assert found["Claims"] == ["Kalbajar was handed over"]
    assert found["Articles"] == ["Ten days for Kalbajar"]
    assert found["Sources"] == ["Minutes on Kalbajar"]
    assert found["Claimants"] == ["Mayor of Kalbajar"]
    assert found["Topics"] == ["Kalbajar"]


def test_colleagues_are_found_by_those_who_may_see_accounts(people: SimpleNamespace) -> None:
    name = people.checker.username
    assert people.checker.display_name() in _groups(signed_in(people.administrator), f"@{name}")["People"]
    assert "People" not in _groups(signed_in(people.reporter), f"@{name}")


def test_acts_are_those_that_one_may_do(people: SimpleNamespace) -> None:
    every = _groups(signed_in(people.administrator), "")["Actions"]
    mine = _groups(signed_in(people.reporter), "")["Actions"]
    assert {"New claim", "Import an article", "Inbox"} <= set(mine)
    assert "Invite a person" in every
    assert "Invite a person" not in mine
    assert _groups(signed_in(people.reporter), "> new cl") == {"Actions": ["New claim"]}


def test_an_act_whose_title_has_the_words_comes_first(people: SimpleNamespace) -> None:
    assert _groups(signed_in(people.administrator), "> people")["Actions"] == ["People", "Claimants"]


def test_it_leads_to_every_page_of_the_menu(people: SimpleNamespace) -> None:
    client = signed_in(people.administrator)
    acts = [entry["address"] for entry in client.get(ADDRESS, {"q": ">"}).json()["groups"][0]["entries"]]
    page = html.fromstring(client.get("/admin/inbox/").content.decode())
    menu = set(page.xpath("//*[@id='nav-sidebar']//li//a/@href")) - {"/"}
    assert menu
    assert menu <= set(acts)


def test_each_address_opens(rows, people: SimpleNamespace) -> None:
    client = signed_in(people.administrator)
    for typed in ("", "kalbajar", f"@{people.checker.username}"):
        for group in client.get(ADDRESS, {"q": typed}).json()["groups"]:
            for entry in group["entries"]:
                assert client.get(entry["address"]).status_code == 200, entry


def test_two_statements_find_everything(rows, people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    client.get(ADDRESS, {"q": "kalbajar"})
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS, {"q": "kalbajar"})
    reads = [q["sql"] for q in captured if "UNION ALL" in q["sql"]]
    assert len(reads) == 2, "what people work with now, then all others"
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= 7  # session, user, two permissions, likeness


@pytest.mark.parametrize("typed", ["\x00", "(", "a" * 20_000, "\\", "' OR 1=1", "%%", "@", ">", "@>", "\U0001f600"])
def test_strange_input_is_no_error(people: SimpleNamespace, typed: str) -> None:
    _groups(signed_in(people.reporter), typed)


def test_it_is_on_every_page_of_the_desk_for_those_who_may_see_it(people: SimpleNamespace) -> None:
    claim = newsroom.draft(people.reporter)
    client = signed_in(people.reporter)
    for address in ("/admin/", "/admin/articles/source/", page_of(claim)):
        page = client.get(address).content.decode()
        assert 'id="desk-palette"' in page
        assert "searchCommand()" not in page, "the theme's own search is not there as well"
    people.checker.groups.clear()
    stranger = signed_in(people.checker)
    assert stranger.get(ADDRESS).status_code == 403
    assert "desk-palette" not in text_of(stranger.get("/admin/", follow=True))
