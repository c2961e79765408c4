"""An administrator's day: people and roles, the scale, topics that are one, a partner with an endpoint, our pages."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import RolePolicy, User
from articles.models import Page, Rating, Topic
from partners.models import Endpoint, Key, Partner
from tests import newsroom
from tests.journeys.desk.conftest import SignIn, lived_with
from tests.journeys.desk.hands import Hands, Mouse
from tests.sizes import sized

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
SUMMARY = "Reads what others wrote, and approves it."


@pytest.fixture(autouse=True)
def _scale_and_roles_stay_as_they_were(people: SimpleNamespace) -> Iterator[None]:
    """Both outlive a test."""
    before = dict(RolePolicy.objects.values_list("pk", "summary"))
    yield
    Rating.objects.filter(key="altered_image").delete()
    for pk, summary in before.items():
        RolePolicy.objects.filter(pk=pk).update(summary=summary)


def invite(hands: Hands) -> None:
    hands.go("People")
    hands.use("#content a:has-text('Invite a person')")
    hands.write("[name=name]", "Nora Newcomer")
    hands.write("[name=email]", "nora@factcheck.example")
    hands.tick("label:has-text('Checker:') [name=role], li:has-text('Checker:') [name=role]")
    hands.use("button:has-text('Send the invitation')")
    hands.see("nora@factcheck.example is invited.")


def change_role(hands: Hands) -> None:
    """Of a person, and the sentence of a role."""
    hands.go("People")
    hands.use("#result_list a:has-text('colleague') >> nth=0")
    hands.tick("label:has-text('Editor:') [name=role], li:has-text('Editor:') [name=role]")
    hands.use("button[name=_save]")
    hands.see("was changed successfully")
    hands.go("Roles")
    hands.use("#result_list th a:has-text('Checker'), #result_list td a:has-text('Checker')")
    hands.write("[name=summary]", SUMMARY)
    hands.use("button[name=_save]")
    hands.see("was changed successfully")


def add_rating(hands: Hands) -> None:
    """A rating, and its second edition in better words."""
    hands.go("Ratings")
    hands.use("a:has-text('Add a rating')")
    hands.write("[name=label]", "Altered image")
    hands.write("[name=definition]", "The picture was changed.")
    hands.tick("[name=tone] >> nth=3")
    hands.use("button:has-text('Add the rating')")
    hands.see("New verdicts can have it.")
    hands.write("[name=definition]", "The picture was changed so that it shows something else.")
    hands.picture()
    hands.use("button:has-text('Save as edition 2')")
    hands.see("Edition 2, since")


def merge_topics(hands: Hands) -> None:
    hands.go("Topics")
    hands.use("#result_list tr:has-text('bridge'):not(:has-text('bridges')) a:has-text('Merge…')")
    hands.use("main a:has-text('bridges')")
    hands.picture()
    hands.use("main button:has-text('Merge')")
    hands.see("merged")


def add_partner(hands: Hands) -> None:
    """A partner with a key and an endpoint; what is shown once is seen."""
    hands.go("Partners")
    hands.use("a[href$='/partner/add/'] >> nth=0")
    hands.write("[name=name]", "The Herald")
    hands.write("[name=contact_email]", "desk@herald.example")
    hands.use("button[name=_save]")
    hands.use("#keys a:has-text('Issue a key')")
    hands.write("[name=name]", "Import of checks")
    hands.use("button:has-text('Issue')")
    hands.see("It is shown this once")
    hands.use("a:has-text('I have copied it')")
    hands.page.wait_for_selector("#keys td:has-text('Import of checks')")
    hands.picture()


def add_endpoint(hands: Hands) -> None:
    hands.go("Endpoints")
    hands.use("a[href$='/endpoint/add/'] >> nth=0")
    hands.choose("[name=partner]", "The Herald")
    hands.write("[name=url]", "https://93.184.215.14/hooks")
    hands.use("button[name=_save]")
    hands.see("Copy the secret now")
    hands.use("a:has-text('I have copied it')")
    hands.page.wait_for_selector("[name=url]")


def write_page(hands: Hands) -> None:
    """The first page that readers miss."""
    hands.go("About pages")
    hands.use("section a:has-text('not written yet') >> nth=0")
    hands.write("[name=title]", "Who we are")
    hands.write("[contenteditable=true].ProseMirror", "Four people in Lindholm who check what is said in public.")
    hands.use("button[name=_save]")
    hands.use("a:has-text('Publish…')")
    hands.write("[name=note]", "The first version.")
    hands.picture()
    hands.use("main form.desk-card button:text-is('Publish')")
    hands.see("Revision 1 is published.")


@sized
@lived_with(Mouse)
def test_from_an_invitation_to_a_page_of_ours(people: SimpleNamespace, sign_in: SignIn, settings: Any) -> None:
    for topics in (["bridge"], ["bridges"], ["bridges"]):
        newsroom.draft(people.reporter, topics=topics)
    hands = sign_in("administrator")
    invite(hands)
    change_role(hands)
    assert User.objects.get(email="nora@factcheck.example").groups.get().name == "Checker"
    assert User.objects.get(username="colleague").groups.get().name == "Editor"
    assert RolePolicy.objects.get(group__name="Checker").summary == SUMMARY

    add_rating(hands)
    assert set(Rating.objects.filter(key="altered_image").values_list("edition", flat=True)) == {1, 2}
    merge_topics(hands)
    assert [topic.name for topic in Topic.objects.filter(merged_into=None)] == ["bridges"]

    add_partner(hands)
    add_endpoint(hands)
    assert Key.objects.get().partner == Endpoint.objects.get().partner == Partner.objects.get(name="The Herald")
    write_page(hands)
    assert Page.objects.get().published_number == 1
