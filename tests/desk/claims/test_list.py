"""The list of claims as pages and JSON: filters, columns, views, bulk changes, the file, and bad input."""

import csv
import io
import json
import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from lxml import html

from articles.models import BulkChange, Claim, ListColumns, SavedView, Topic
from tests import claim_copies, newsroom
from tests.desk.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/claim/"


def _shown(client: Client, query: str) -> list[str]:
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return [claim.text for claim, _cells in page.context["rows"]]


def _send(client: Client, name: str, **body: Any) -> Any:
    return client.post(reverse(f"admin:articles_claim_{name}"), json.dumps(body), content_type="application/json")


@pytest.fixture
@claim_copies.kept
def rows(people: SimpleNamespace) -> SimpleNamespace:
    """Four claims that differ in all that filters ask for."""
    day = localdate()
    return SimpleNamespace(
        late=newsroom.draft(people.reporter, text="Late", due_on=day - timedelta(days=2), topics=["Bridges"]),
        mine=newsroom.draft(people.reporter, text="Mine", assignee=people.reporter, language="ru"),
        marked=newsroom.complete(people.reporter, text="Marked"),
        gone=newsroom.in_stage("dropped", people, text="Gone"),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Late", "Mine", "Marked"}),
        ("stage=all", {"Late", "Mine", "Marked", "Gone"}),
        ("stage=dropped", {"Gone"}),
        ("overdue=yes", {"Late"}),
        ("overdue=none", {"Mine", "Marked", "Gone"}),
        ("topic=bridges", {"Late"}),
        ("assignee=me", {"Mine"}),
        ("language=ru", {"Mine"}),
        ("publisher=lindholm+herald&stage=open", {"Marked"}),
        ("article=bridge+for&stage=open", {"Marked"}),
        ("rating=true&stage=open", {"Marked"}),
        ("age=90", {"Late", "Mine", "Marked", "Gone"}),
        ("updated=not30&stage=open", {"Late", "Mine", "Marked"}),
        ("updated=7", set()),
        ("q=minutes&stage=open", {"Marked"}),
    ],
)
def test_a_filter_for_each_column(rows: SimpleNamespace, people: SimpleNamespace, query: str, expected: set) -> None:
    assert set(_shown(signed_in(people.reporter), query)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "stage=x&rating=x&assignee=999999&topic=x&claimant=x&article=x&publisher=x&language=zz&age=x&waiting=x",
        "assignee=99999999999999999999&page=99999999999&sort=password&view=x",
        f"claimant={'x' * 3000}&q=%00&topic=%00",
        "page=-1&sort=-&why_chosen__startswith=a",
    ],
)
def test_unknown_values_are_said_and_ignored(rows: SimpleNamespace, people: SimpleNamespace, query: str) -> None:
    page = signed_in(people.reporter).get(f"{LIST}?{query}&stage=all")
    assert page.status_code == 200
    assert "Ignored:" in text_of(page) or not page.context["notes"]


def test_a_query_of_20000_characters_is_cut_and_said(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    page = signed_in(people.reporter).get(LIST, {"q": "bridge " * 2_900})
    assert page.status_code == 200
    assert "longer than 200 characters" in text_of(page)


@pytest.mark.parametrize("column", ["statement", "claimant", "article", "publisher", "rating", "stage", "topic"])
def test_each_column_sorts_both_ways(rows: SimpleNamespace, people: SimpleNamespace, column: str) -> None:
    client = signed_in(people.reporter)
    up, down = (_shown(client, f"stage=all&sort={sign}{column}") for sign in ("", "-"))
    assert len(up) == len(down) == 4
    if column == "statement":
        assert up == sorted(up) == down[::-1]
    head = html.fromstring(client.get(f"{LIST}?sort={column}").content.decode()).xpath("//th[@aria-sort='ascending']")
    assert column == "topic" or column == "publisher" or len(head) == 1


def test_columns_are_kept_per_person_and_go_into_the_file(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    answer = client.post(f"{LIST}list/columns/", {"column": ["topic", "updated", "nonsense"], "back": "stage=all"})
    assert answer.url == f"{LIST}?stage=all"
    assert ListColumns.objects.get().columns == ["statement", "topic", "updated"]
    heads = [head.key for head in client.get(LIST).context["heads"]]
    assert heads == ["statement", "topic", "updated"]
    assert len(signed_in(people.checker).get(LIST).context["heads"]) == 8
    newsroom.draft(people.reporter, text="=SUM(A1:A9)")
    file = b"".join(client.get(f"{LIST}list/export/?stage=all&sort=statement").streaming_content)
    table = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert table[0] == ["id", "Claim", "Topics", "Updated"]
    assert [line[1] for line in table[1:]] == ["'=SUM(A1:A9)", "Gone", "Late", "Marked", "Mine"]


def test_the_file_has_what_the_search_finds_in_its_order(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    file = b"".join(signed_in(people.editor).get(f"{LIST}list/export/?q=marked&stage=open").streaming_content)
    assert [line[1] for line in csv.reader(io.StringIO(file.decode("utf-8-sig")))] == ["Claim", "Marked"]


# --- Saved views --------------------------------------------------------------------------------------
def _save(client: Client, name: str, back: str, **more: str) -> Any:
    return client.post(f"{LIST}list/views/", {"name": name, "back": back, **more}, follow=True)


def test_views_are_personal_or_shared_and_have_counts(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    reporter, checker = signed_in(people.reporter), signed_in(people.checker)
    _save(reporter, "Bridges", "topic=Bridges&sort=-due")
    _save(reporter, "Words", "q=marked&stage=open", is_shared="on")
    own = [tab.name for tab in reporter.get(LIST).context["tabs"] if tab.view]
    assert own == ["Bridges", "Words"]
    assert [tab.name for tab in checker.get(LIST).context["tabs"] if tab.view] == ["Words"]
    counts = reporter.get(f"{LIST}list/counts/").json()["counts"]
    ids = {view.name: str(view.pk) for view in SavedView.objects.all()}
    assert (counts[ids["Bridges"]], counts[ids["Words"]], counts["all"], counts["open"]) == ("1", "1", "4", "3")
    other = SavedView.objects.get(name="Words")
    assert checker.post(f"{LIST}list/views/{other.pk}/", {"act": "delete"}).status_code == 403
    personal = SavedView.objects.get(name="Bridges")
    checker.post(f"{LIST}list/views/{personal.pk}/", {"act": "delete"})
    assert SavedView.objects.count() == 2
    reporter.post(f"{LIST}list/views/{other.pk}/", {"name": "Found", "back": ""})
    reporter.post(f"{LIST}list/views/{personal.pk}/", {"act": "update", "back": "stage=review"})
    other.refresh_from_db()
    personal.refresh_from_db()
    assert (other.name, other.is_shared, personal.query) == ("Found", False, {"stage": "review"})
    reporter.post(f"{LIST}list/views/{other.pk}/", {"act": "delete"})
    assert list(SavedView.objects.all()) == [personal]


def test_a_view_that_names_what_is_gone_opens_and_says_so(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    leaver = people.colleague
    page = _save(client, "Old", f"topic=Bridges&assignee={leaver.pk}&stage=open")
    view = SavedView.objects.get()
    assert len(page.context["rows"]) == 0
    Topic.objects.all().delete()
    leaver.delete()
    page = client.get(LIST, {**view.query, "view": view.pk})
    assert len(page.context["rows"]) == 3
    assert "Topic “Bridges” is not there (any more)." in text_of(page)
    assert "Assigned to" in text_of(page)
    assert client.get(f"{LIST}list/counts/").json()["counts"][str(view.pk)] == "3"


def test_a_name_that_is_taken_or_empty_is_refused(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    _save(client, "One", "stage=open")
    for name in ("One", "", "x" * 61, "\x00"):
        page = _save(client, name, "stage=review")
        assert "The view was not saved." in text_of(page)
        assert page.request["QUERY_STRING"] == "stage=review", "the list stays as it was"
    assert SavedView.objects.count() == 1


# --- Bulk changes -------------------------------------------------------------------------------------
def _chosen(*claims: Claim) -> list[str]:
    return [f"{claim.pk}@{claim.version}" for claim in claims]


def test_bulk_changes_are_shown_done_and_undone(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    body = {"act": "assign", "assignee": str(people.checker.pk), "claims": _chosen(rows.late, rows.mine)}
    plan = _send(client, "bulk_preview", **body).json()
    assert [row["changes"] for row in plan["done"] if row["statement"] == "Late"] == [
        [["Assigned to", "–", people.checker.display_name()]]
    ]
    assert not BulkChange.objects.exists()
    done = _send(client, "bulk", **body).json()
    assert done["message"] == "2 claims changed."
    assert set(Claim.objects.filter(assignee=people.checker).values_list("text", flat=True)) == {"Late", "Mine"}
    assert len(_send(client, "bulk_undo", change=done["change"]).json()["done"]) == 2
    assert Claim.objects.get(text="Mine").assignee == people.reporter
    again = _send(client, "bulk_undo", change=done["change"])
    assert again.status_code == 422
    assert "cannot be undone" in again.json()["detail"]
    assert _send(signed_in(people.checker), "bulk_undo", change=done["change"]).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"act": "assign", "assignee": "999999"},
        {"act": "assign", "assignee": "x"},
        {"act": "due", "due_on": "soon"},
        {"act": "topics"},
        {"act": "topics", "add": "x" * 400},
        {"act": "drop", "reason": ""},
        {"act": "approve"},
        {"act": "due", "claims": ["x@1"]},
        {"act": "due", "claims": []},
        {"act": "due", "claims": "x"},
    ],
)
def test_bad_bulk_requests_say_what_to_send(rows: SimpleNamespace, people: SimpleNamespace, body: dict) -> None:
    answer = _send(signed_in(people.editor), "bulk", **{"claims": _chosen(rows.late), **body})
    said = answer.json()
    assert answer.status_code == 400 or said["refused"]
    assert Claim.objects.get(text="Late").version == rows.late.version


def test_quick_look_shows_the_claim_and_the_next_step(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    claim = client.get(f"{LIST}{rows.marked.pk}/quick/").json()
    assert (claim["statement"], claim["summary"]) == ("Marked", "The minutes show it.")
    assert (len(claim["evidence"]), claim["missing"]) == (2, [])
    assert "Submit for review" in [step["label"] for step in claim["steps"]]
    assert client.get(f"{LIST}{uuid.uuid4()}/quick/").status_code == 404


def test_rows_are_light_and_escape_what_people_wrote(people: SimpleNamespace) -> None:
    newsroom.article(people.reporter, title="A title of some length, as titles of articles are " * 3)
    for number in range(50):
        newsroom.draft(people.reporter, text=f"<b>{number}</b> " + "word " * 70, topics=["One topic", "Another topic"])
    client = signed_in(people.reporter)
    for query in ("stage=all", "q=word&stage=all"):
        page = client.get(f"{LIST}?{query}").content.decode()
        assert "<b>7</b> word" not in page
        body = page[page.index("<tbody>") : page.index("</tbody>")]
        assert len(body.encode()) / 50 <= 1_536


def test_nothing_is_found_offers_to_clear_the_filters(rows: SimpleNamespace, people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    page = client.get(f"{LIST}?q=zeppelin")
    assert "No claims match." in text_of(page)
    assert "Clear filters" in text_of(page)
    assert "Search all claims" not in text_of(page)
    narrow = client.get(f"{LIST}?stage=open&q=zeppelin")
    assert html.fromstring(narrow.content).xpath("//a[text()='Search all claims']/@href") == ["?stage=all&q=zeppelin"]


@pytest.mark.parametrize(
    "name", ["changelist", "list_filters", "list_options", "list_counts", "export", "bulk", "bulk_preview"]
)
def test_who_may_not_see_the_desk_sees_nothing(people: SimpleNamespace, name: str) -> None:
    people.reporter.groups.clear()
    client = signed_in(people.reporter)
    address = reverse(f"admin:articles_claim_{name}")
    answer = _send(client, name, act="due") if name.startswith("bulk") else client.get(address)
    assert answer.status_code == 403
    assert Client().get(address).status_code == 302
