"""Threads, mentions and presence in a real browser: by keyboard alone, by axe's rules, light, dark, right to left."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from articles.models import Comment
from articles.services.collaboration import comments
from tests import newsroom
from tests.axe import violations_in_each_look
from tests.desk.browser import open_desk, real, sign_in
from tests.desk.pages import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]


def opened(chrome: Browser, address: str, name: str, complaints: list[str]) -> Page:
    page = chrome.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page.context, name)
    page.goto(address)
    page.wait_for_load_state()
    return page


def test_a_thread_on_the_claims_page_by_keyboard(people, live_server, chrome: Browser) -> None:
    claim, at = newsroom.complete(people.reporter), timezone.now()
    first = comments.write(claim=claim, text="@checker which year?", by=people.reporter, at=at).comment
    done = comments.write(claim=claim, text="An old question", by=people.reporter, at=at).comment
    comments.resolve(comment=done, by=people.editor, at=at)
    complaints: list[str] = []
    page = opened(chrome, f"{live_server.url}{page_of(claim)}", "checker", complaints)
    page.wait_for_selector(".claim-ready")
    page.press("#claim-tab-comments", "Enter")
    page.focus(f"#comment-{first.pk} ~ .desk-thread-acts summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("@edi")
    page.wait_for_selector("#mention-list [aria-selected=true] >> text=Editor Test")
    assert page.get_attribute(f"#reply_{first.pk}", "aria-activedescendant") == "mention-0"
    page.keyboard.press("Escape")
    assert page.is_hidden("#mention-list")
    page.keyboard.type("tor2 knows")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#reply_{first.pk}_error >> text=Did you mean @editor (Editor Test)")
    assert page.input_value(f"#reply_{first.pk}") == "@editor2 knows"
    page.fill(f"#reply_{first.pk}", "")
    page.focus(f"#reply_{first.pk}")
    page.keyboard.type("@edi")
    page.wait_for_selector("#mention-list [aria-selected=true]")
    page.keyboard.press("Enter")
    page.keyboard.type("knows.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-replies >> text=@editor knows.")
    assert Comment.objects.latest("id").parent == first
    assert violations_in_each_look(page, "#together") == []
    assert real(complaints) == []


def test_comments_on_an_article_by_keyboard(people, live_server, chrome: Browser) -> None:
    article = newsroom.article(people.reporter)
    comments.write(article=article, text="@reporter is the text complete?", by=people.editor, at=timezone.now())
    complaints: list[str] = []
    page = open_desk(chrome, live_server.url, article, complaints)
    panel = "#mark-panel-article-comments"
    page.click("#mark-tab-claims-button")
    page.wait_for_selector(f"{panel} >> text=1 for you")
    page.locator(f"{panel} >> button:has-text('Reply')").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Yes, @ghost")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"{panel} >> text=Nobody on the desk is called @ghost.")
    page.keyboard.press("Backspace")
    for _ in "ghos@":
        page.keyboard.press("Backspace")
    page.keyboard.type("it is.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"{panel} .desk-replies >> text=Yes, it is.")
    assert not page.is_visible(f"{panel} >> text=1 for you")
    assert violations_in_each_look(page, panel) == []
    page.locator(f"{panel} >> button:has-text('Resolve')").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{panel} >> text=Resolved by Reporter Test")
    assert Comment.objects.filter(resolved_by=people.reporter).count() == 1
    page.goto("about:blank")
    address = page_of(article).replace("/change/", "/desk/")
    page.goto(f"{live_server.url}{address}#comment-{Comment.objects.earliest('id').pk}")
    page.wait_for_selector("article.desk-comment:focus >> text=is the text complete?")
    assert [said for said in real(complaints) if "400" not in said] == []


def test_two_people_on_one_claim_see_each_other(people, live_server, chrome: Browser) -> None:
    claim = newsroom.complete(people.reporter)
    complaints: list[str] = []
    address = f"{live_server.url}{page_of(claim)}"
    first = opened(chrome, address, "reporter", complaints)
    with first.expect_response(lambda answer: "verdict" in (answer.request.post_data or "")):
        first.focus("[name=summary]")
    second = opened(chrome, address, "checker", complaints)
    second.wait_for_selector("#desk-here >> text=Reporter Test is editing the verdict")
    assert second.get_attribute("#desk-here", "aria-live") == "polite"
    first.close()
    second.focus("#say_text")
    second.wait_for_function("document.querySelector('#desk-here').textContent === ''")
    assert real(complaints) == []
