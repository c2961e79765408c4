"""Unsaved changes of the admin site's forms: for one person, per form, gone when the form is saved."""

import json
import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Change, ClaimTemplate, UnsavedPage
from articles.services.collaboration import unsaved
from articles.services.library import sources
from tests import newsroom
from tests.desk import pages

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/unsaved/"
PAGE = "/admin/articles/claimtemplate/add/"


def send(client: Client, method: str, user: Any, **body: Any) -> Any:
    sent = {"_page": PAGE, "_user": user.pk, "_page_writer": str(uuid.uuid4()), **body}
    return client.generic(method, ADDRESS, json.dumps(sent), "application/json")


def kept(client: Client, page: str = PAGE) -> Any:
    return client.get(ADDRESS, {"page": page}).json()["kept"]


def test_what_is_typed_is_kept_for_that_person_and_that_form_alone(people: SimpleNamespace) -> None:
    client = pages.signed_in(people.editor)
    assert kept(client) is None
    before = Change.objects.count()
    assert (
        send(client, "PUT", people.editor, _version="v", name="Elections", note=["Look at the\x00 year"]).status_code
        == 200
    )
    found = kept(client)
    assert (found["fields"], found["version"]) == ({"name": ["Elections"], "note": ["Look at the year"]}, "v")
    assert kept(client, "/admin/articles/topic/add/") is None
    assert kept(pages.signed_in(people.checker)) is None
    assert Change.objects.count() == before, "it is in no history"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"_version": "v\x00"}, 200),
        ({"name\x00": "Elections"}, 200),
        ({"name": "\ud800"}, 400),
        ({"name": {"a": ["b"]}}, 400),
        ({"name": [["b"]]}, 400),
        ({"name": float("nan")}, 200),
        ({"name": "x" * 600_000}, 422),
        ({"_page_writer": "\x00"}, 400),
        ({"_page": PAGE + "\x00"}, 400),
    ],
)
def test_odd_characters_and_shapes_are_kept_or_refused_and_never_an_error(
    people: SimpleNamespace, body: dict[str, Any], status: int
) -> None:
    assert send(pages.signed_in(people.editor), "PUT", people.editor, **body).status_code == status


def test_another_tab_does_not_replace_it(people: SimpleNamespace) -> None:
    client, first = pages.signed_in(people.editor), str(uuid.uuid4())
    send(client, "PUT", people.editor, _page_writer=first, name="First")
    refused = send(client, "PUT", people.editor, name="Second")
    assert (refused.status_code, refused.json()["code"]) == (409, "other_unsaved")
    assert kept(client)["fields"] == {"name": ["First"]}
    assert send(client, "PUT", people.editor, _page_replaces=first, name="Third").status_code == 200
    assert kept(client)["fields"] == {"name": ["Third"]}


def test_saving_the_form_forgets_it_and_a_refused_form_does_not(people: SimpleNamespace) -> None:
    client, writer = pages.signed_in(people.editor), str(uuid.uuid4())
    send(client, "PUT", people.editor, _page_writer=writer, name="Elections")
    sent = pages.form_of(client.get(PAGE)) | {"_page_writer": writer, "name": ""}
    assert client.post(PAGE, sent).status_code == 200
    assert kept(client)["writer"] == writer
    assert client.post(PAGE, sent | {"name": "Elections"}).status_code == 302
    assert ClaimTemplate.objects.get().name == "Elections"
    assert kept(client) is None


def test_a_form_without_a_version_and_one_that_a_colleague_saved_keep_what_was_typed(people: SimpleNamespace) -> None:
    row = newsroom.source(people.editor)
    page, client = pages.page_of(row), pages.signed_in(people.editor)
    sent = pages.form_of(client.get(page))
    send(client, "PUT", people.editor, _page=page, _page_writer=sent["_page_writer"], publisher="Mine")
    sources.edit_source(source=row, by=people.checker, version=row.version, publisher="Theirs")
    refused = client.post(page, sent | {"publisher": "Mine"})
    assert refused.status_code == 200
    assert 'value="Mine"' in refused.content.decode()
    assert kept(client, page)["fields"] == {"publisher": ["Mine"]}


@pytest.mark.parametrize(
    "page", ["", None, 7, "/claims/", "https://evil.example/admin/", "/admin/" + "x" * 300, "/admin/\x00"]
)
def test_only_forms_of_the_desk_have_unsaved_changes(page: Any, people: SimpleNamespace) -> None:
    assert send(pages.signed_in(people.editor), "PUT", people.editor, _page=page, name="x").status_code == 400
    assert not UnsavedPage.objects.exists()


def test_nothing_is_kept_for_somebody_who_is_not_signed_in_or_somebody_else(people: SimpleNamespace) -> None:
    assert send(Client(), "PUT", people.editor, name="x").status_code in (302, 403)
    refused = send(pages.signed_in(people.checker), "PUT", people.editor, name="x")
    assert refused.status_code == 403
    assert "You are now signed in as checker." in refused.json()["detail"]
    large = send(pages.signed_in(people.editor), "PUT", people.editor, note="x" * (unsaved.MAX_BYTES + 1))
    assert large.json()["code"] == "unsaved_too_large"
    assert not UnsavedPage.objects.exists()


def test_old_ones_are_deleted(people: SimpleNamespace) -> None:
    send(pages.signed_in(people.editor), "PUT", people.editor, name="x")
    assert unsaved.prune(at=timezone.now(), keep=timedelta(days=1)) == 0
    assert unsaved.prune(at=timezone.now() + timedelta(days=2), keep=timedelta(days=1)) == 1


def test_each_longer_form_of_the_desk_keeps_what_is_typed(people: SimpleNamespace) -> None:
    client = pages.signed_in(people.administrator)
    forms = ["page/add", "claimtemplate/add", "source/add", "claimant/add", "topic/add"]
    addresses = [f"/admin/articles/{form}/" for form in forms] + ["/admin/partners/partner/add/"]
    addresses += [pages.page_of(newsroom.article(people.reporter)), pages.page_of(newsroom.source(people.reporter))]
    for address in addresses:
        page = client.get(address)
        if page.status_code == 403:  # rows that nobody adds by a form
            continue
        assert "desk/http/autosave" in page.content.decode(), address
        assert 'name="_page_writer"' in page.content.decode(), address
