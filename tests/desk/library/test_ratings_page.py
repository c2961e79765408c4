"""The page of ratings: who sees what, each act, and bad input."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Change, Rating, RatingTranslation
from articles.selectors.library import ratings as scale
from tests import newsroom
from tests.desk.pages import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "readers"])
LIST = "/admin/articles/rating/"
NEW = {
    "label": "Altered image",
    "key": "altered_image",
    "definition": "The picture is real but was changed in a way that changes what it shows.",
    "tone": "mixed",
    "value": "2",
}


def address(name: str, key: str = "misleading") -> str:
    return reverse(f"admin:articles_rating_{name}", args=[key])


def words(key: str = "misleading", **changed: Any) -> dict[str, Any]:
    """The form as the page draws it, with some of it changed."""
    rating = Rating.objects.current().get(key=key)
    given = {name: getattr(rating, name) for name in ("label", "definition", "tone", "edition")}
    return given | {"value": rating.value or ""} | changed


def texts(client: Client, **changed: str) -> dict[str, Any]:
    """The form of translations as the page draws it, with some of it changed."""
    form = client.get(address("panel")).context["translations"]
    return {name: form[name].value() for name in form.fields} | changed


def shown(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_scale_is_shown_in_order_with_its_use_and_languages(people: SimpleNamespace) -> None:
    newsroom.published(people, rating="misleading")
    newsroom.complete(people.reporter, rating="misleading")
    page = signed_in(people.editor).get(LIST)
    rows = {row.rating.key: row for row, _badge in page.context["in_use"]}
    assert list(rows) == list(Rating.objects.current().values_list("key", flat=True))
    assert (rows["misleading"].verdicts, rows["misleading"].open_claims, rows["true"].verdicts) == (2, 1, 0)
    assert rows["misleading"].is_translated
    assert "Add a rating" in shown(page)


def test_reporters_read_the_scale_and_change_nothing(people: SimpleNamespace) -> None:
    client = signed_in(people.reporter)
    page, panel = client.get(LIST), client.get(address("panel"))
    assert (page.status_code, panel.status_code) == (200, 200)
    assert "Add a rating" not in shown(page)
    assert "Save as edition" not in shown(panel)
    assert client.get(f"{LIST}add/").status_code == 403
    for name in ("panel", "move", "retire", "bring_back", "translations"):
        assert client.post(address(name), words()).status_code == 403, name
    assert Rating.objects.count() == Rating.objects.current().count()


def test_a_rating_is_added_once_however_often_it_is_sent(people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    first = client.post(f"{LIST}add/", NEW, follow=True)
    assert "New verdicts can have it." in shown(first)
    again = client.post(f"{LIST}add/", NEW, follow=True)
    assert "This rating is saved already. There is one of it." in shown(again)
    [made] = Rating.objects.filter(key="altered_image")
    assert (made.edition, made.value, Change.objects.filter(table="articles_rating").latest("id").surface) == (
        *(1, 2),
        "admin",
    )


def test_a_key_is_made_of_the_label(people: SimpleNamespace) -> None:
    signed_in(people.editor).post(f"{LIST}add/", NEW | {"key": "", "label": "Süß & Salzig 2"})
    assert Rating.objects.filter(key="su_salzig_2").exists()
    refused = signed_in(people.editor).post(f"{LIST}add/", NEW | {"key": "", "label": "Ложь"})
    assert "Give a key: none can be made of this label." in shown(refused)
    assert 'value="Ложь"' in shown(refused)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"label": ""}, "This field is required."),
        ({"label": "True"}, "Another rating in use has this label."),
        ({"key": "true"}, "There is a rating with this key"),
        ({"key": "Big Key"}, "Use small letters from a to z"),
        ({"tone": "pink"}, "pink is not one of the available choices"),
        ({"value": "7"}, "7 is not one of the available choices"),
        ({"definition": "x" * 501}, "at most 500 characters"),
        ({"definition": "abc\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_bad_rating_is_refused_and_nothing_typed_is_lost(
    people: SimpleNamespace, changed: dict[str, str], said: str
) -> None:
    before = Rating.objects.count()
    page = signed_in(people.editor).post(f"{LIST}add/", NEW | {"definition": "My own words."} | changed)
    assert page.status_code == 200
    assert said in shown(page)
    assert "My own words." in shown(page) or "definition" in changed
    assert Rating.objects.count() == before


def test_an_edition_saved_twice_gives_a_clear_message_and_one_edition(people: SimpleNamespace) -> None:
    client, sent = signed_in(people.editor), words(label="Distorted")
    first = client.post(address("panel"), sent, follow=True)
    assert "Edition 2 of “Distorted” is in use. Verdicts already given keep the words" in shown(first)
    again = client.post(address("panel"), sent, follow=True)
    assert "Edition 2 of “Distorted” is saved already. There is one of it." in shown(again)
    assert Rating.objects.filter(key="misleading").count() == 2


def test_two_editors_of_one_rating_lose_nothing(people: SimpleNamespace) -> None:
    mine, theirs = words(label="Twisted"), words(label="Distorted")
    signed_in(people.administrator).post(address("panel"), theirs)
    client = signed_in(people.editor)
    page = client.post(address("panel"), mine)
    assert "Somebody else saved edition 2 first: “Distorted”." in shown(page)
    assert 'value="Twisted"' in shown(page)
    assert "Save as edition 3" in shown(page)
    edition = page.context["form"]["edition"].value()
    client.post(address("panel"), mine | {"edition": edition})
    assert Rating.objects.current().get(key="misleading").label == "Twisted"


def test_an_edition_that_changes_nothing_is_refused(people: SimpleNamespace) -> None:
    page = signed_in(people.editor).post(address("panel"), words())
    assert "Nothing differs from edition 1." in shown(page)
    assert signed_in(people.editor).post(address("panel"), words() | {"edition": "x"}).status_code == 200
    assert Rating.objects.filter(key="misleading").count() == 1


def test_a_rating_moves_by_its_buttons_and_a_second_click_does_not_move_it_on(people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    client.post(address("move"), {"place": "2", "to": "up"})
    assert [row.key for row in scale.current()][:3] == ["true", "misleading", "mostly_true"]
    again = client.post(address("move"), {"place": "2", "to": "up"}, follow=True)
    assert "The order was changed in the meantime." in shown(again)
    assert client.post(address("move"), {"place": "many"}, follow=True).status_code == 200
    assert [row.key for row in scale.current()][:3] == ["true", "misleading", "mostly_true"]


def test_retiring_asks_first_and_says_who_keeps_it(people: SimpleNamespace) -> None:
    newsroom.complete(people.reporter, rating="misleading")
    client = signed_in(people.editor)
    asked = client.get(address("retire"))
    assert "1 open claim has it and keeps it." in shown(asked)
    assert Rating.objects.current().filter(key="misleading").exists()
    page = client.post(address("retire"), follow=True)
    assert "“Misleading” is retired." in shown(page)
    assert [row.rating.key for row, _badge in page.context["retired"]] == ["misleading"]
    back = client.post(address("bring_back"), {"edition": "1"}, follow=True)
    assert "“Misleading” is in use again, as edition 2." in shown(back)


def test_the_last_rating_stays(people: SimpleNamespace) -> None:
    Rating.objects.exclude(key="misleading").update(retired_on=newsroom.AT.date())
    client = signed_in(people.editor)
    assert "The last rating in use cannot be retired." in shown(client.get(address("panel")))
    assert "This is the last rating in use" in shown(client.post(address("retire"), follow=True))
    assert Rating.objects.current().count() == 1


def test_translations_are_stored_shown_and_in_the_history(people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    sent = texts(client, ru_label="Искажение")
    assert "1 text is stored." in shown(client.post(address("translations"), sent, follow=True))
    assert "Nothing differs from what is stored." in shown(client.post(address("translations"), sent, follow=True))
    page = client.get(address("panel"))
    assert 'value="Искажение"' in shown(page)
    assert "Вводит в заблуждение" in shown(page)
    history = client.get(reverse("admin:articles_rating_history", args=[Rating.objects.get(key="misleading").pk]))
    assert "Искажение" in shown(history)
    assert people.editor.display_name() in shown(history)


def test_two_translators_lose_nothing(people: SimpleNamespace) -> None:
    client, other = signed_in(people.editor), signed_in(people.administrator)
    mine = texts(client, ru_label="Искажение", tr_label="Çarpıtma")
    other.post(address("translations"), texts(other, ru_label="Искажено"))
    page = client.post(address("translations"), mine)
    assert "Somebody else stored “Искажено”. Save again to replace it." in shown(page)
    assert 'value="Искажение"' in shown(page)
    assert 'value="Çarpıtma"' in shown(page)
    assert [row.said for row in RatingTranslation.objects.all()] == ["Искажено"]
    form = page.context["translations"]
    client.post(address("translations"), {name: form[name].value() for name in form.fields})
    assert {row.said for row in RatingTranslation.objects.all()} == {"Искажение", "Çarpıtma"}


def test_bad_translations_are_refused_beside_their_field(people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    for sent in (texts(client, ru_label="я" * 61), texts(client, ru_label="а\u202eб"), {}):
        page = client.post(address("translations"), sent)
        assert page.status_code == 200
        assert page.context["translations"].errors
    assert not RatingTranslation.objects.exists()


def test_a_rating_that_is_not_there_is_404(people: SimpleNamespace) -> None:
    client = signed_in(people.editor)
    for name in ("panel", "move", "retire", "bring_back", "translations"):
        assert client.post(address(name, "nothing")).status_code == 404, name
    assert client.get(address("panel", "nothing")).status_code == 404


def test_the_page_costs_the_same_at_any_length(people: SimpleNamespace, django_assert_max_num_queries: Any) -> None:
    client = signed_in(people.editor)
    client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(address("panel"))
