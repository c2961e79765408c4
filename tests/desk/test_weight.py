"""How many bytes a browser fetches for pages of the desk. Bounds on bytes; times depend on the machine."""

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from fontTools.ttLib import TTFont
from playwright.sync_api import APIResponse, Browser, Page, Response

from tests import newsroom
from tests.desk.browser import sign_in
from tests.desk.pages import page_of, signed_in
from tools import desk_fonts

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "readers"])
FIRST_VISIT, NEXT_PAGE, ROW = 300_000, 60_000, 1_500
#: What the proxy and the static files are sent packed as.
_PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")


def _weight(response: APIResponse) -> int:
    body = response.body()
    is_packed = response.headers.get("content-type", "").startswith(_PACKED)
    return len(gzip.compress(body, 5) if is_packed else body)


def _fetched(page: Page, go: Callable[[], object]) -> dict[str, int]:
    """The addresses that ``page`` fetches until it is quiet, each with its weight."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    go()
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    urls = {one.url for one in answers if one.status == 200 and one.url.startswith("http")}
    return {url: _weight(page.request.get(url)) for url in urls}


@pytest.mark.browser
def test_a_claim_page_is_light_on_the_first_visit_and_on_the_next_page(people, live_server, chrome: Browser) -> None:
    first, second = newsroom.in_stage("review", people), newsroom.in_stage("checking", people)
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page.context, "editor")
    page.goto(f"{live_server.url}/admin/")
    page.wait_for_selector("text=Inbox")
    known = chrome.new_context(viewport={"width": 1280, "height": 900}, storage_state=context.storage_state())
    page = known.new_page()
    visited = _fetched(page, lambda: page.goto(live_server.url + page_of(first)))
    heaviest = dict(sorted(visited.items(), key=lambda item: -item[1])[:8])
    assert sum(visited.values()) <= FIRST_VISIT, heaviest
    assert not [url for url in visited if "-other" in url], "letters and signs of the desk are in one part of a font"
    again = _fetched(page, lambda: page.goto(live_server.url + page_of(second)))
    added = {
        url: size for url, size in again.items() if url not in visited or not urlsplit(url).path.startswith("/static")
    }
    assert sum(added.values()) <= NEXT_PAGE, added


def test_a_row_of_the_list_is_short(people) -> None:
    client, address = signed_in(people.editor), reverse("admin:articles_claim_changelist")
    newsroom.complete(people.reporter, text="A statement of the usual length about a bridge that was built in Lindholm")
    one = len(client.get(address).content)
    for number in range(20):
        newsroom.complete(people.reporter, text=f"A statement of the usual length about a bridge in Lindholm {number}")
    assert (len(client.get(address).content) - one) / 20 <= ROW


def test_the_font_of_icons_holds_each_icon_that_is_named() -> None:
    missing = desk_fonts.icons() - desk_fonts.icons_written()
    assert not missing, f"python -m tools.desk_fonts writes them: {sorted(missing)}"
    assert {"fact_check", "expand_more", "schedule"} <= desk_fonts.icons()


def test_letters_are_cut_into_parts_without_losing_any_of_the_six_languages() -> None:
    letters = set("AəƏğĞıİşŞöüçñßЯяЁёңү–—…“”№€→⌘✓○")
    for name in desk_fonts.WEIGHTS.values():
        given = set(TTFont(desk_fonts.GIVEN / "inter" / f"Inter-{name}.woff2").getBestCmap())
        files = [desk_fonts.WRITTEN / "inter" / f"Inter-{name}-{part}.woff2" for part in desk_fonts.PARTS]
        kept = {code for file in files for code in TTFont(file).getBestCmap()}
        assert {chr(code) for code in given - kept} & letters == set()


def test_smaller_files_stand_in_place_of_the_themes() -> None:
    for name in ("unfold/js/chart/chart.js", "unfold/fonts/inter/styles.css", f"unfold/fonts/{desk_fonts.ICONS}"):
        assert Path(str(finders.find(name))).is_relative_to(desk_fonts.ROOT / "factcheck" / "static"), name


def test_no_page_of_the_desk_draws_a_chart() -> None:
    texts = {
        file: file.read_text(encoding="utf-8") for file in (desk_fonts.ROOT / "templates" / "desk").rglob("*.html")
    }
    assert [file for file, text in texts.items() if "components/chart" in text or "<canvas" in text] == []
