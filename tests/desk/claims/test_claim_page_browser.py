"""The main job in a real browser: reporter drafts from an article, checker approves, editor publishes."""

import pytest
from playwright.sync_api import Browser, Page

from articles.models import Claim
from tests import newsroom
from tests.conftest import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "readers"]),
]


def _sign_in(browser: Browser, site: str, name: str, complaints: list[str]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/admin/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("text=Inbox")
    return page


def _add_evidence(page: Page, number: int, source: str, locator: str) -> None:
    page.click("text=Add another Piece of evidence")
    row = f"evidence-{number}"
    page.click(f"#{row} .field-source .select2-selection, #id_{row}-source + .select2 .select2-selection")
    page.fill(".select2-search__field", source)
    page.click(f".select2-results__option >> text={source}")
    page.select_option(f"[name={row}-stance]", "supports")
    page.fill(f"[name={row}-locator]", locator)


def _press(page: Page, step: str) -> None:
    if step == "approve":
        page.click("text=Review and approve…")
        page.fill("#approve_comment", "Compared with the minutes.")
        page.click("#review-approve [type=submit]")
    else:
        page.click(f"button[name=_step][value={step}]")


def test_a_claim_goes_from_an_article_to_readers(people, live_server, chrome):
    article = newsroom.article(people.reporter)
    newsroom.source(people.reporter, title="Council minutes")
    newsroom.source(people.reporter, title="Annual accounts")
    complaints: list[str] = []

    page = _sign_in(chrome, live_server.url, "reporter", complaints)
    page.click("text=Articles")
    page.click(f"text={article.title}")
    page.click("text=New claim from this article")
    page.fill("[name=text]", "The new bridge of Lindholm cost 12 million crowns")
    page.check("[name=is_unattributed]", force=True)
    page.fill("[name=appearances-0-exact]", newsroom.QUOTE)
    page.click("button[name=_save]")
    page.wait_for_selector("#stage-panel")
    page.click("button[name=_step][value=start]")
    page.wait_for_selector("text=Start checking: done")
    page.select_option("[name=rating]", label="True")
    page.fill("[name=summary]", "The council's minutes give the same figure.")
    _add_evidence(page, 0, "Council minutes", "page 4")
    _add_evidence(page, 1, "Annual accounts", "table 2")
    page.click("button[name=_save]")
    page.wait_for_selector("text=Nothing is missing: it can be approved")
    page.click("button[name=_step][value=submit]")
    page.wait_for_selector("text=Submit for review: done")
    assert page.is_visible("text=Review and approve…")
    assert page.is_visible("text=You cannot approve this: you wrote the claim.")
    address = page.url

    for who, step, done in (("checker", "approve", "Approve: done"), ("editor", "publish", "Kind of publication")):
        page = _sign_in(chrome, live_server.url, who, complaints)
        page.goto(address)
        _press(page, step)
        page.wait_for_selector(f"text={done}")
    page.click("#publish_form [data-submit]")
    page.wait_for_selector("text=Readers see revision 1: True")
    assert Claim.objects.get().stage == "published"
    assert complaints == []


def test_claims_that_are_ticked_are_counted(people, live_server, chrome):
    for text in ("The bridge is new", "The ferry is old"):
        newsroom.draft(people.reporter, text=text)
    complaints: list[str] = []
    page = _sign_in(chrome, live_server.url, "checker", complaints)
    page.goto(f"{live_server.url}/admin/articles/claim/")
    page.check("input.action-select >> nth=0", force=True)
    page.wait_for_selector("text=1 of 2 selected")
    assert complaints == []


def test_steps_work_without_scripts(people, live_server, chrome):
    claim = newsroom.in_stage("review", people)
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    page.fill("[name=login]", "checker")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.click("button[name=_step][value=send_back]")
    page.fill("[name=comment]", "Which page?")
    page.click("form.desk-card button[type=submit]")
    page.wait_for_selector("text=Send back: done")
    assert Claim.objects.get().stage == "checking"


def test_like_claims_appear_while_the_statement_is_typed(people, live_server, chrome):
    claim = newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    complaints: list[str] = []
    page = _sign_in(chrome, live_server.url, "reporter", complaints)
    page.goto(f"{live_server.url}/admin/articles/claim/add/")
    page.fill("[name=text]", "Velmstad bridge: 47 million!")
    page.wait_for_selector("#similar li >> text=In common: Velmstad, bridge, 47, million")
    assert page.get_attribute("#similar li a", "href").endswith(f"/{claim.pk}/change/")
    page.fill("[name=text]", "Zeppelins")
    page.wait_for_selector("text=No claim like it is open or published.")
    assert page.locator("#similar li").count() == 0
    assert complaints == []
