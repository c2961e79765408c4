"""The page that merges, and the lists that suggest what to merge."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from articles.models import Claimant, Topic
from articles.services.library import claimants
from tests import newsroom
from tests.desk.pages import page_of, signed_in

pytestmark = pytest.mark.django_db
AT = newsroom.AT


@pytest.fixture
def two(people: SimpleNamespace) -> tuple[Claimant, Claimant]:
    older, newer = (
        claimants.add_claimant(by=people.reporter, at=AT, name=name, kind="organisation")
        for name in ("Société du Pont", "SOCIETE DU PONT")
    )
    newsroom.draft(people.reporter, claimant=newer)
    return older, newer


def merge_page(row: object) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_merge", args=[row.pk])  # type: ignore[attr-defined]


def test_the_page_suggests_and_finds_the_row_that_stays(
    people: SimpleNamespace, two: tuple[Claimant, Claimant]
) -> None:
    older, newer = two
    other = claimants.add_claimant(by=people.reporter, at=AT, name="Board of Bridges", kind="government")
    browser = signed_in(people.editor)
    assert f"?into={older.pk}" in browser.get(merge_page(newer)).content.decode()
    found = browser.get(merge_page(newer), {"q": "board"}).content.decode()
    assert f"?into={other.pk}" in found
    assert merge_page(newer) in browser.get(page_of(newer)).content.decode()


def test_a_merge_is_confirmed_with_numbers_and_done(people: SimpleNamespace, two: tuple[Claimant, Claimant]) -> None:
    older, newer = two
    browser = signed_in(people.editor)
    page = browser.get(merge_page(newer), {"into": str(older.pk)})
    shown = page.content.decode()
    assert "A merge cannot be undone." in shown
    assert "Open claims: <b>1</b>" in shown
    sent = {
        "into": str(older.pk),
        "_version": page.context["desk_version"],
        "_into_version": page.context["into_version"],
    }
    answer = browser.post(merge_page(newer), sent, follow=True)
    assert "is merged into" in answer.content.decode()
    assert Claimant.objects.get(pk=newer.pk).merged_into == older
    assert "This was merged into" in browser.get(page_of(newer)).content.decode()
    assert "SOCIETE" not in browser.get(reverse("admin:articles_claimant_changelist")).content.decode()
    assert browser.get(merge_page(newer)).status_code == 404


def test_a_merge_on_an_old_version_is_refused(people: SimpleNamespace, two: tuple[Claimant, Claimant]) -> None:
    older, newer = two
    browser = signed_in(people.editor)
    page = browser.get(merge_page(newer), {"into": str(older.pk)})
    claimants.edit_claimant(claimant=older, by=people.editor, version=older.version, role="builder")
    sent = {
        "into": str(older.pk),
        "_version": page.context["desk_version"],
        "_into_version": page.context["into_version"],
    }
    answer = browser.post(merge_page(newer), sent, follow=True)
    assert "Somebody else saved a change first" in answer.content.decode()
    assert not Claimant.objects.exclude(merged_into=None).exists()


def test_reporters_may_not_merge(people: SimpleNamespace, two: tuple[Claimant, Claimant]) -> None:
    older, newer = two
    browser = signed_in(people.reporter)
    assert browser.get(merge_page(newer)).status_code == 403
    assert browser.post(merge_page(newer), {"into": str(older.pk)}).status_code == 403
    assert merge_page(newer) not in browser.get(page_of(newer)).content.decode()


def test_the_list_names_pairs_that_may_be_one(people: SimpleNamespace, two: tuple[Claimant, Claimant]) -> None:
    older, newer = two
    claimants.add_claimant(by=people.reporter, at=AT, name="Ingrid Sundqvist")
    page = signed_in(people.editor).get(reverse("admin:articles_claimant_changelist"))
    pairs = [{pair.row, pair.into} for pair, _address in page.context["merge_pairs"]]
    assert pairs == [{older, newer}]


def test_a_topic_is_renamed_and_merged_on_its_page(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["bridges", "Bridge"])
    topic, other = Topic.objects.get(name="bridges"), Topic.objects.get(name="Bridge")
    browser = signed_in(people.editor)
    page = browser.get(page_of(topic))
    browser.post(page_of(topic), {"name": "Bridges", "_version": page.context["desk_version"]})
    topic.refresh_from_db()
    assert topic.name == "Bridges"
    listed = browser.get(reverse("admin:articles_topic_changelist"))
    assert "Bridges" in listed.content.decode()
    assert [{pair.row, pair.into} for pair, _address in listed.context["merge_pairs"]] == [{topic, other}]
    assert browser.get(merge_page(topic), {"into": str(other.pk)}).status_code == 200


def test_topics_are_renamed_and_merged_from_their_list(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["bridges", "Bridge"])
    newsroom.draft(people.reporter, topics=["Bridge", "Water"])
    few, many = Topic.objects.get(name="bridges"), Topic.objects.get(name="Bridge")
    listing, browser = reverse("admin:articles_topic_changelist"), signed_in(people.editor)
    page = browser.get(listing).content.decode()
    assert f'href="{page_of(few)}">Rename<' in page
    assert f'href="{merge_page(few)}">Merge…<' in page
    sent = {"action": "merge_selected", "_selected_action": [str(many.pk), str(few.pk)]}
    asked = browser.post(listing, sent)
    assert asked["Location"] == f"{merge_page(few)}?into={many.pk}"
    assert f"{merge_page(many)}?into={few.pk}" in browser.get(asked["Location"]).content.decode()
    one = browser.post(listing, sent | {"_selected_action": [str(many.pk)]}, follow=True)
    assert "Select two topics" in one.content.decode()


def test_a_renamed_topic_leads_back_to_the_list(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["bridges"])
    topic, browser = Topic.objects.get(name="bridges"), signed_in(people.editor)
    address = f"{page_of(topic)}?_changelist_filters=q%3Dbrid"
    version = browser.get(address).context["desk_version"]
    answer = browser.post(address, {"name": "Bridges", "_version": version})
    assert answer["Location"] == f"{reverse('admin:articles_topic_changelist')}?q=brid"


def test_reporters_rename_topics_in_the_list_and_do_not_merge(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["bridges"])
    page = signed_in(people.reporter).get(reverse("admin:articles_topic_changelist")).content.decode()
    assert ">Rename<" in page
    assert "Merge" not in page
