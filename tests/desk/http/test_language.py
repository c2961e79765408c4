"""The language of the desk: the person's choice, the browser's, and English for programs."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from desk.http import language, texts
from notifications.services import preferences


def _asked(header: str = "", chosen: str | None = None):
    request = RequestFactory().get("/admin/", headers={"Accept-Language": header} if header else {})
    request.session = {} if chosen is None else {language.IN_SESSION: chosen}
    if chosen is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "given"
    return request


def test_the_choice_comes_before_the_browser_and_what_the_desk_lacks_is_passed_over(settings):
    settings.DESK_LANGUAGES = ["en", "tr", "ru"]
    assert language.language_of(_asked("ru", chosen="tr")) == "tr"
    assert language.language_of(_asked("ru", chosen="")) == "ru"
    assert language.language_of(_asked("ru", chosen="az")) == "ru"
    assert language.language_of(_asked("de, tr-TR;q=0.7, ru;q=0.5")) == "tr"
    assert language.language_of(_asked("de")) == "en"
    assert language.language_of(_asked()) == "en"


def test_without_a_wish_the_newsrooms_own_language_is_taken_where_the_desk_has_it(settings):
    settings.LANGUAGE_CODE, settings.DESK_LANGUAGES = "az", ["en", "az"]
    assert language.language_of(_asked()) == "az"
    settings.DESK_LANGUAGES = ["en"]
    assert language.language_of(_asked()) == "en"


@pytest.mark.django_db
def test_a_page_is_marked_with_its_language_and_direction(client, people, settings):
    settings.DESK_LANGUAGES = ["en", "ar"]
    preferences.choose(user=people.editor, choices={}, language="ar")
    client.force_login(people.editor)
    answer = client.get("/admin/notifications/", headers={"Accept-Language": "en"})
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.django_db
def test_the_api_is_english_whatever_the_browser_asks_for(client, settings):
    settings.DESK_LANGUAGES = ["en", "ru"]
    answer = client.get("/api/v1/claims/?rating=none-such", headers={"Accept-Language": "ru"})
    assert answer.headers.get("Content-Language", "en") == "en"


@pytest.mark.django_db
def test_the_texts_of_scripts_are_kept_under_an_address_that_names_them(client, settings):
    settings.DESK_LANGUAGES = ["en", "ru"]
    address = f"/admin/texts/ru/{texts._stamp('ru')}.js"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.text.startswith("globalThis.deskTexts = {")
    assert client.get("/admin/texts/xx/0.js").status_code == 404
