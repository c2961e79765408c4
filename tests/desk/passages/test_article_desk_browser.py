"""The article desk in a real browser: by keyboard alone, without a connection, by axe's rules, in many scripts."""

from typing import Any

import pytest

from articles.models import Appearance, Article, Claim
from articles.services.claims import claims
from articles.services.library import claimants
from tests import newsroom
from tests.axe import violations
from tests.desk.browser import DEMO, REAL, Hands, open_desk, real
from tests.newsroom import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


@pytest.mark.parametrize(("path", "many"), [(REAL, 10), (DEMO, 3)], ids=["real", "demo"])
def test_claims_are_marked_with_the_keyboard_alone(people, live_server, chrome, path, many):
    if not path.exists():
        pytest.skip("the real article is not kept with the project; the demo's own takes the same path")
    claimants.add_claimant(by=people.reporter, at=AT, name="Hikmet Hajiyev", role="foreign policy adviser")
    article = newsroom.article(people.reporter, title="Kalbajar", body=path.read_text(), published_on="2020-11-16")
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    hands = Hands(page)
    for number in range(1, many + 1):
        hands.read_on()
        if number == 2:
            hands.press("Shift+ArrowLeft", 3)
        if number == 3:
            hands.press("Shift+ArrowDown")
        hands.press("m")
        if number == 2:
            hands.press("Tab")
            hands.type("Ingrid Holm")
        hands.press("Control+Enter")
        page.wait_for_selector(f"#mark-status:has-text('Claim saved, {number} of this article')")
    print(f"{path.name}: {many} claims, {dict(hands.count)}")
    body = article.current_version().body
    marks = list(Appearance.objects.select_related("claim__claimant"))
    assert len(marks) == Claim.objects.count() == many
    assert all(body[mark.start : mark.end] == mark.exact for mark in marks)
    assert any("\n\n" in mark.exact for mark in marks) or path == DEMO
    assert {mark.claim.claimed_on.isoformat() for mark in marks} == {"2020-11-16"}
    assert "Ingrid Holm" in {mark.claim.claimant.name for mark in marks if mark.claim.claimant}
    assert hands.count["acts"] - 1 <= 3 * many  # one Tab belongs to the typing
    assert real(complaints) == []


BODIES = """The bridge 🌉 was opened by 👩‍👩‍👧‍👦 and cost 12 million 🇸🇪 crowns.

The cafe\u0301 of A\u030angstro\u0308m sold 3 tons; 𝟏𝟐 of them 𐐀𐐁.



قال الوزير إنّ الجسر كلّف ١٢ مليونًا.
A line of its own, with  two blanks."""


def test_positions_hold_in_every_script_and_overlaps_are_seen(people, live_server, chrome):
    article = newsroom.article(people.reporter, body=BODIES.replace("\n", "\r\n"))
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    for number in range(1, 5):
        page.keyboard.press("p")
        page.keyboard.press("m")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(f"#mark-status:has-text('Claim saved, {number} of')")
        page.keyboard.press("ArrowDown")
    body = article.current_version().body
    marks = list(Appearance.objects.order_by("start"))
    assert [mark.exact for mark in marks] == [line for line in body.split("\n") if line]
    assert all(body[mark.start : mark.end] == mark.exact for mark in marks)

    for key in ("ArrowUp", "ArrowRight", "Shift+ArrowRight", "m", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("#mark-status:has-text('Claim saved, 5 of')")
    inner = Appearance.objects.order_by("-id").first()
    assert page.text_content(".mark-several") == inner.exact
    page.keyboard.press("Enter")
    page.wait_for_selector("#mark-chooser[open] >> nth=0")
    page.keyboard.press("Escape")
    page.focus("#mark-text")
    page.keyboard.press("u")
    page.wait_for_selector("#mark-status:has-text('Taken back')")
    assert Claim.objects.filter(stage="dropped").count() == 1
    assert page.locator(".mark-several").count() == 0
    assert real(complaints) == []


def test_what_was_typed_survives_a_lost_line_a_lost_answer_and_leaving(people, live_server, chrome):
    article = newsroom.article(people.reporter)
    page = open_desk(chrome, live_server.url, article, [])
    page.context.set_offline(True)
    page.keyboard.press("m")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-connection:has-text('No connection: 1 claim is kept here')")
    assert page.is_visible(".mark-stage-waiting")
    assert Claim.objects.count() == 0
    page.context.set_offline(False)
    page.wait_for_selector("#mark-status:has-text('Claim saved, 1 of')")

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/desk/claims/*/", lose_the_answer, times=1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-connection:has-text('1 claim is kept here')")
    page.click("#mark-connection button")
    page.wait_for_selector("#mark-status:has-text('Claim saved, 2 of')")
    assert Claim.objects.count() == 2

    page.focus("#mark-text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.type(" Typed and not saved.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("#mark-form-notice:has-text('what you were typing')")
    assert "Typed and not saved." in page.input_value("[name=text]")


def test_a_conflict_keeps_what_was_typed_and_says_what_came_first(people, live_server, chrome):
    article = newsroom.article(people.reporter)
    page = open_desk(chrome, live_server.url, article, [])
    page.keyboard.press("m")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-status:has-text('Claim saved')")
    page.keyboard.press("e")
    page.fill("[name=text]", "Mine")
    claim = Claim.objects.get()
    claims.edit(claim=claim, by=people.colleague, at=AT, version=claim.version, text="Theirs")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-form-notice:has-text('Theirs')")
    assert page.input_value("[name=text]") == "Mine"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#mark-status:has-text('Claim saved.')")
    assert Claim.objects.get().text == "Mine"


def test_axe_finds_nothing_in_light_and_dark(people, live_server, chrome):
    newsroom.in_stage("published", people, text="The bridge cost 12 million")
    article = Article.objects.get()
    claims.mark(
        claim=newsroom.draft(people.reporter),
        article_version=article.current_version(),
        exact="said on Monday that the new bridge",
        by=people.reporter,
        at=AT,
        version=1,
    )
    for scheme, asked in (("light", "all"), ("dark", "colours")):
        complaints: list[str] = []
        page = open_desk(chrome, live_server.url, article, complaints, color_scheme=scheme)
        page.evaluate("name => document.documentElement.classList.toggle('dark', name === 'dark')", scheme)
        page.click("#mark-claims .mark-row >> nth=0")
        page.wait_for_selector(".mark-detail")
        page.click("text=Add a request for a reply")
        page.focus("#mark-text")
        page.keyboard.press("m")
        page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
        page.click(".mark-legend summary")
        assert violations(page, asked=asked) == []
        page.click("#mark-help-button")
        assert violations(page, asked=asked) == []
        assert real(complaints) == []
