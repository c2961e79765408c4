"""The main job in a real browser: reporter drafts from an article, checker approves, editor publishes."""

import pytest
from playwright.sync_api import Browser, Page

from articles.models import Claim, Verdict
from articles.services.claims import claims
from tests import newsroom
from tests.axe import violations
from tests.desk.browser import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "readers"]),
]


def _sign_in(browser: Browser, site: str, name: str, complaints: list[str]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, name)
    page.goto(f"{site}/admin/")
    page.wait_for_selector("text=Inbox")
    return page


def _add_evidence(page: Page, source: str, locator: str) -> None:
    page.keyboard.press("a")
    page.wait_for_selector(".evidence-form [data-find]:focus")
    page.keyboard.type(source)
    page.wait_for_selector(f".evidence-form [role=option][aria-selected=true]:has-text('{source}')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".evidence-form [name=stance]:focus")
    page.keyboard.press("s")
    page.uncheck(".evidence-form [name=fetch]")
    page.fill(".evidence-form [name=locator]", locator)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f".claim-piece:has-text('{source}') summary:focus")


def _press(page: Page, step: str) -> None:
    if step == "approve":
        page.click("button[name=_open][value=approve]")
        page.click("#review-approve [type=submit]")
        if page.locator("#approve_comment").is_visible():  # figures without a tick need a reason
            page.fill("#approve_comment", "Compared with the minutes.")
            page.click("#review-approve [type=submit]")
    else:
        page.click(f"button[name=_open][value={step}]")


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
    page.press("[name=is_unattributed]", "Space")
    page.fill("[name=appearances-0-exact]", newsroom.QUOTE)
    page.click("button[name=_continue]")
    page.click("button[name=_step][value=start]")
    page.wait_for_selector("text=Start checking: done")
    page.wait_for_selector(".claim-ready button[name=_step][value=submit]:disabled")
    page.keyboard.press("1")
    page.wait_for_selector("#id_summary:focus")
    page.keyboard.type("The council's minutes give the same figure.")
    page.keyboard.press("Escape")
    _add_evidence(page, "Council minutes", "page 4")
    _add_evidence(page, "Annual accounts", "table 2")
    assert page.input_value("[name=summary]") == "The council's minutes give the same figure."
    page.wait_for_selector("text=Nothing is missing: it can be approved", state="attached")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_selector("text=Submit for review: done")
    assert page.is_visible("button[name=_open][value=approve]")
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


def test_steps_work_without_scripts(people, live_server, chrome):
    claim = newsroom.in_stage("review", people)
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page.context, "checker")
    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    page.click("button[name=_step][value=send_back]")
    page.fill("[name=comment]", "Which page?")
    page.click("form.desk-card button[type=submit]")
    page.wait_for_selector("text=Send back: done")
    assert Claim.objects.get().stage == "checking"


def test_one_screen_shows_verdict_checklist_and_next_step(people, live_server, chrome):
    claim = newsroom.in_stage("checking", people)
    complaints: list[str] = []
    page = _sign_in(chrome, live_server.url, "reporter", complaints)
    for width, height in ((1280, 800), (1920, 1080), (768, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
        for selector in (
            ".claim-rating >> nth=7",
            "#id_summary",
            ".claim-checklist",
            "button[name=_step][value=submit]",
        ):
            box = page.locator(selector).bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height, selector
        scrolls = (
            "document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"
        )
        assert not page.evaluate(scrolls)
        assert page.locator("button[name=_save]").count() == 1
    assert violations(page) == []
    assert complaints == []


def test_a_step_that_lacks_something_says_what_and_leads_there(people, live_server, chrome):
    claim = newsroom.complete(people.reporter)
    Verdict.objects.all().delete()
    complaints: list[str] = []
    page = _sign_in(chrome, live_server.url, "reporter", complaints)
    page.goto(f"{live_server.url}/admin/articles/claim/{claim.pk}/change/")
    page.wait_for_selector(".claim-ready button[name=_step][value=submit]:disabled")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_selector("[name=rating]:focus")
    page.keyboard.press("Space")
    page.fill("[name=summary]", "Seen.")
    page.wait_for_selector("button[name=_step][value=submit]:enabled")
    page.click("button[name=_step][value=submit]")
    page.wait_for_selector("text=Submit for review: done")
    assert Claim.objects.get().verdicts.get().summary == "Seen."
    assert complaints == []


def test_keys_go_to_the_next_claim_and_are_listed(people, live_server, chrome):
    text = newsroom.article(people.reporter).current_version()
    for quote in ("The mayor of Lindholm", newsroom.QUOTE):
        claim = newsroom.draft(people.reporter, text=quote)
        given = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
        claims.mark(claim=claim, article_version=text, exact=quote, **given)
    page = _sign_in(chrome, live_server.url, "reporter", [])
    page.goto(f"{live_server.url}/admin/articles/claim/{Claim.objects.get(text=newsroom.QUOTE).pk}/change/")
    page.wait_for_selector(".claim-ready")
    page.keyboard.press("?")
    page.wait_for_selector("#claim-keys[open] dt:has-text('Ctrl')")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.wait_for_selector("#say_text:focus")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector("#mark-status:has-text('no other claim')")
    page.keyboard.press("k")
    page.wait_for_selector("h2:has-text('The mayor of Lindholm')", state="attached")


def test_like_claims_appear_while_the_statement_is_typed(people, live_server, chrome):
    claim = newsroom.draft(people.reporter, text="The Velmstad bridge cost 47 million crowns")
    complaints: list[str] = []
    page = _sign_in(chrome, live_server.url, "reporter", complaints)
    page.goto(f"{live_server.url}/admin/articles/claim/add/")
    page.fill("[name=text]", "Velmstad bridge: 47 million!")
    page.click("#claim-tab-related")
    page.wait_for_selector("#similar li >> text=In common: Velmstad, bridge, 47, million")
    assert page.get_attribute("#similar li a", "href").endswith(f"/{claim.pk}/change/")
    page.fill("[name=text]", "Zeppelins")
    page.wait_for_selector("text=No similar claim is open or published.")
    assert page.locator("#similar li").count() == 0
    assert complaints == []
