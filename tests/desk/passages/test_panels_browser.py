"""Suggestions and like claims on the article desk, in a real browser: by keyboard alone, by axe's rules."""

import uuid
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from articles.models import Appearance, Article, Claim, Dismissal, Relation
from articles.services.claims import claim_entry
from tests import newsroom
from tests.axe import Asked, violations
from tests.desk.browser import DEMO, REAL, Hands, open_desk, real

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]

#: What the article is known for, as its sentences put it; each is to be among what is suggested.
FIGURES = {
    REAL: [
        "November 25",
        "1993",
        "27 years",
        "2,317",
        "2,000 troops",
        "five-year",
        "20 percent",
        "44 days",
        "nearly 300",
    ],
    DEMO: ["1993", "27 years", "2,317", "20 percent", "five years", "44 days", "nearly 300"],
}


def said(page: Page, words: str) -> None:
    page.wait_for_selector(f"#mark-status:has-text('{words}')")


def left(page: Page, number: int) -> None:
    page.wait_for_selector(f"#mark-tab-suggestions-button .desk-count:has-text('{number}')")


def words_in_hand(page: Page) -> str:
    return page.locator(".mark-suggestion:focus .mark-suggestion-text").text_content() or ""


def kalbajar(people: SimpleNamespace, path: Any) -> Article:
    if not path.exists():
        pytest.skip("the real article is not kept with the project; the demo's own takes the same path")
    return newsroom.article(people.reporter, title="Kalbajar", body=path.read_text(), published_on="2020-11-16")


def see_what_the_text_gives_away(page: Page, figures: list[str]) -> None:
    """Every figure is in a suggestion, and what does not agree is flagged in the list and in the text."""
    suggested = " ".join(page.locator(".mark-suggestion-text").all_text_contents())
    assert [figure for figure in figures if figure not in suggested] == []
    flagged = page.text_content(".mark-flags") or ""
    assert [words for words in ("six weeks", "nearly two months", "44 days") if words not in flagged] == []
    assert {"six weeks", "nearly two months", "44 days"} <= set(page.locator(".mark-flag").all_text_contents()) | {
        mark.rstrip(".,") for mark in page.locator(".mark-flag").all_text_contents()
    }


def dismiss_and_take_back(page: Page, hands: Hands, offered: int) -> None:
    """The first suggestion, with one key each."""
    first = words_in_hand(page)
    assert page.text_content("#mark-under") == first  # its passage is lit in the text
    hands.press("d")
    left(page, offered - 1)
    said(page, "Dismissed")
    assert Dismissal.objects.get().exact == first
    assert words_in_hand(page) != first
    hands.press("u")
    said(page, "It is suggested again")
    assert (Dismissal.objects.count(), words_in_hand(page)) == (0, first)


@pytest.mark.parametrize(("path", "many"), [(REAL, 10), (DEMO, 3)], ids=["real", "demo"])
def test_suggestions_are_decided_with_the_keyboard_alone(
    people: SimpleNamespace, live_server: Any, chrome: Browser, path: Any, many: int
) -> None:
    article = kalbajar(people, path)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    page.wait_for_selector(".mark-suggestion", state="attached")
    hands = Hands(page)
    hands.press("g")
    see_what_the_text_gives_away(page, FIGURES[path])
    offered = page.locator(".mark-suggestion").count()
    dismiss_and_take_back(page, hands, offered)
    hands.count = Counter()
    for number in range(1, many + 1):
        if number == 2:  # its words are changed first
            hands.press("Enter")
            page.wait_for_selector("#mark-form:not([hidden])")
            hands.type(" Changed")
            hands.press("Control+Enter")
        else:
            hands.press("a")
        said(page, f"Claim saved, {number} of this article")
        page.wait_for_selector(".mark-suggestion:focus")
    print(f"{path.name}: {many} suggestions accepted, {dict(hands.count)}")
    body = article.current_version().body
    marks = list(Appearance.objects.select_related("claim__claimant"))
    assert len(marks) == Claim.objects.count() == many
    assert all(body[mark.start : mark.end] == mark.exact for mark in marks)
    assert sum("Changed" in mark.claim.text for mark in marks) == 1
    speakers = {mark.claim.claimant.name for mark in marks if mark.claim.claimant}
    assert speakers & {"Hikmet Hajiyev", "Azerbaijan's Defence Ministry"}
    assert hands.count["acts"] == many + 1  # one key each, and one more for the form
    hands.press("u")
    said(page, "Taken back")
    assert Claim.objects.filter(stage="dropped").count() == 1
    left(page, offered - many + 1)
    assert real(complaints) == []


def test_two_sentences_become_one_and_what_others_do_is_said_in_place(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    article = newsroom.article(people.reporter)
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    page.wait_for_selector(".mark-suggestion", state="attached")
    page.keyboard.press("g")
    while "4,000" not in words_in_hand(page):
        page.keyboard.press("j")
    page.keyboard.press("n")
    assert words_in_hand(page).endswith("Critics call it too narrow.")
    assert page.text_content("#mark-under") == words_in_hand(page)
    page.keyboard.press("Shift+ArrowUp")
    alone = words_in_hand(page)
    assert alone.endswith("a day.")
    version = article.current_version()
    claim_entry.enter(
        pk=uuid.uuid4(),
        article_version=version,
        exact=alone,
        start=version.body.index(alone),
        speaker=claim_entry.Speaker(),
        by=people.colleague,
        at=newsroom.AT,
        text="Theirs",
        claimed_on=None,
    )
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector(".mark-gone:has-text('It is a claim now: “Theirs”')")
    assert words_in_hand(page) == alone
    page.keyboard.press("a")  # nothing: it is decided
    page.keyboard.press("?")
    page.wait_for_selector("#mark-help[open] :text('accept it as it stands')")
    assert Claim.objects.filter(appearances__isnull=False).count() == 1
    assert real(complaints) == []


def test_a_passage_is_marked_for_the_like_claim_by_one_key_and_taken_back(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    mine = newsroom.draft(people.reporter, text="The new bridge cost 12 million crowns")
    public = newsroom.published(people, text="The old ferry made 20 trips a day", quote="20 trips a day")
    article = newsroom.article(
        people.reporter, title="Again", body="The new bridge cost 12 million crowns.\n\nThe ferry made 20 trips a day."
    )
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    for claim, waits in ((mine, False), (public, True)):
        page.keyboard.press("m")
        page.wait_for_selector(f"#mark-candidate-{claim.pk}.mark-candidate-current .mark-common")
        page.keyboard.press("Alt+Enter")
        said(page, "the passage waits there" if waits else "Marked for")
        assert page.is_hidden("#mark-form")
        page.keyboard.press("u")
        said(page, "Taken back")
        page.keyboard.press("ArrowDown")
    assert mine.appearances.count() == 0
    assert Relation.objects.count() == 0
    page.keyboard.press("m")
    page.fill("[name=text]", "Nothing that anybody has ever said")
    page.wait_for_selector("#mark-panel-candidates:has-text('No similar claim')")
    page.keyboard.press("Control+Enter")  # and saving was never in question
    said(page, "Claim saved")
    assert real(complaints) == []


def test_axe_finds_nothing_on_the_panels_in_light_and_dark(
    people: SimpleNamespace, live_server: Any, chrome: Browser
) -> None:
    newsroom.published(people, text="The new bridge cost 12 million crowns")
    body = newsroom.BODY + "\nIt ended six weeks of fighting. The clashes, nearly two months of clashes, were over.\n"
    article = newsroom.article(people.reporter, title="Another", body=body)
    looks: dict[str, Asked] = {"light": "all", "dark": "colours"}
    for scheme, asked in looks.items():
        page = open_desk(chrome, live_server.url, article, [], color_scheme=scheme)
        page.evaluate("name => document.documentElement.classList.toggle('dark', name === 'dark')", scheme)
        page.wait_for_selector(".mark-suggestion", state="attached")
        page.keyboard.press("g")
        page.keyboard.press("d")
        said(page, "Dismissed")
        page.keyboard.press("h")
        page.click("[data-fold=others] summary")
        assert violations(page, asked=asked) == []
        page.keyboard.press("g")
        page.keyboard.press("Enter")
        page.fill("[name=text]", "The new bridge cost 12 million")
        page.wait_for_selector(":not([aria-busy=true]) > .mark-candidates > .mark-candidate")
        assert violations(page, asked=asked) == []
        page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/suggestions/list/")
        page.evaluate("name => document.documentElement.classList.toggle('dark', name === 'dark')", scheme)
        assert violations(page, asked=asked) == []
