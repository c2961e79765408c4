"""A reader without scripts follows a claim in Azerbaijani, confirms it, and leaves."""

from typing import Any

import pytest

from followers.models import Follow, Follower
from notifications.models import Message
from tests import newsroom
from tests.browsers import chromium
from tests.readers.following.test_pages import path_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def test_a_reader_without_scripts_follows_confirms_and_leaves(people: Any, live_server: Any, settings: Any) -> None:
    settings.SITE_URL = live_server.url
    claim = newsroom.published(people, text="The bridge of Lindholm cost 12 million")
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{live_server.url}/az/claims/{claim.slug}/")
        page.get_by_label("E-poçt ünvanınız").fill("reader@mail.example")
        page.get_by_label("Hansı tezliklə?").select_option("weekly")
        page.get_by_role("button", name="İzlə", exact=True).click()
        assert page.url == f"{live_server.url}/az/follow/asked/"
        [message] = Message.objects.all()
        page.goto(live_server.url + path_in(message, "own"))
        page.get_by_role("button", name="Təsdiqlə").click()
        assert Follow.objects.confirmed().get().rhythm == "weekly"
        page.get_by_role("button", name="Hamısını dayandır və ünvanımı sil").click()
        assert "Ünvanınızı sildik." in page.content()
        assert not page.context.cookies()
    assert not Follower.objects.exists()
    assert not Message.objects.exists()
