"""What others do with ten submitted claims, each in a browser: they read, send back, approve, schedule and publish."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from articles.models import Article, Claim, Schedule
from tests.desk.browser import sign_in
from tests.journeys.desk.hands import PATIENCE, Hands, Keyboard, Mouse
from tests.notifications.colleagues import send
from tests.notifications.smtp import mail_server

MISSING: Final = "@reporter the year of the register is missing."


@contextmanager
def at_desk(chrome: Browser, site: str, name: str, kind: type[Hands]) -> Iterator[Any]:
    """The hands of a person who is signed in, in a window of their own, at the inbox."""
    context = chrome.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    sign_in(context, name, domain=str(urlsplit(site).hostname))
    hands = kind(context.new_page(), site, name)
    hands.visit("/admin/")
    try:
        yield hands
    finally:
        hands.picture()
        context.close()


class Checker:
    """At the review page, with the keyboard alone."""

    def __init__(self, hands: Keyboard) -> None:
        self.hands, self.page = hands, hands.page

    def open_review(self, statement: str = "") -> Claim:
        """From the inbox: the claim with this statement, or the first one."""
        self.hands.visit("/admin/")
        row = self.page.locator("#review .inbox-row", has_text=statement).first
        self.hands.open_inbox_row(row)
        self.page.wait_for_selector(".review")
        self.page.wait_for_load_state()  # its script listens then
        return Claim.objects.get(pk=self.page.url.split("/")[-3])

    def tick_all(self) -> int:
        """Each figure and quotation, one after the other; returns how many there are."""
        boxes = self.page.locator("#review-items .review-row")
        total = boxes.count()
        if total:
            self.page.keyboard.press("t")
        for _number in range(total):
            self.page.keyboard.press("Space")
        if total:
            expect(self.page.locator("#review-ticked")).to_have_text(str(total), timeout=PATIENCE)
            expect(self.page.locator("#review-status")).to_have_text("Every figure and quotation is ticked.")
        return total

    def send_back(self, words: str) -> None:
        """With what is missing."""
        self.page.keyboard.press("b")
        self.page.wait_for_selector("#send_back_comment:focus")
        self.page.keyboard.type(words)
        self.hands.picture()
        self.hands.use("#review-send-back [type=submit]")
        self.hands.see("Send back: done")

    def approve(self) -> None:
        """All is ticked, so no reason is asked for."""
        self.page.keyboard.press("Control+Shift+Enter")
        self.hands.see("Approve: done")


def send_one_back_and_approve_others(hands: Keyboard, many: int) -> Claim:
    """The first claim of the inbox goes back, with its figures ticked; all others are approved. Returns the first."""
    checker = Checker(hands)
    expect(hands.page.locator("#review .inbox-row")).to_have_count(many)
    back, ticked = checker.open_review(), checker.tick_all()
    checker.send_back(MISSING)
    for _number in range(many - 1):
        checker.open_review()
        ticked += checker.tick_all()
        checker.approve()
    assert ticked >= many, "hardly a claim has a figure"
    hands.visit("/admin/")
    hands.see("You are done.")
    return back


def approve_again(hands: Keyboard, claim: Claim, added: str) -> None:
    """Only the change is read: it is marked, and what was ticked stays ticked where nothing changed."""
    checker = Checker(hands)
    checker.open_review(claim.text)
    hands.see("since it was sent back")
    expect(hands.page.locator("[data-part=summary] ins")).to_have_text(added)
    expect(hands.page.locator("#review-open")).to_be_hidden()
    checker.approve()


def mend(hands: Keyboard, claim: Claim, mended: str) -> None:
    """The reporter sees both in the inbox, what is missing and the mention; mends, answers and submits again."""
    page = hands.page
    hands.visit("/admin/")
    mention = page.locator("#mentions .inbox-row", has_text=claim.text)
    expect(mention).to_contain_text("Checker Test mentions you")
    expect(mention).to_contain_text(MISSING)
    row = page.locator("#sent-back .inbox-row", has_text=claim.text)
    expect(row).to_contain_text("Checker Test sent back")
    expect(row).to_contain_text(MISSING)
    hands.picture()
    hands.open_inbox_row(row)
    page.wait_for_selector(".claim-ready")
    page.wait_for_load_state()
    hands.see(MISSING)
    hands.write("#id_summary", mended)
    page.keyboard.press("Control+Shift+Enter")
    hands.see("Submit for review: done")
    hands.visit("/admin/")
    expect(page.locator("#sent-back")).to_have_count(0)
    expect(page.locator("#in-review, .inbox-side")).to_contain_text([claim.text])


def schedule(hands: Mouse, claim: Claim, at: datetime) -> None:
    """Out of the inbox, after a look at the preview; readers get it at ``at``."""
    hands.open_inbox_row(hands.page.locator("#approved .inbox-row", has_text=claim.text))
    hands.page.frame_locator("iframe[name=preview]").locator("h1").wait_for()
    hands.tick("[name=when][value=schedule]")
    hands.set_date("[name=day]", at.date())
    hands.set_time("[name=time]", at.time())
    hands.picture()
    hands.use("#publish_form [data-submit]")
    hands.see("Scheduled for")
    kept = Schedule.objects.get()
    assert (kept.claim, kept.publish_at) == (claim, at)


def publish_together(hands: Mouse, article: Article, later: Claim, many: int) -> None:
    """From the article: all that is approved but the scheduled one, on one page that says what cannot be undone."""
    hands.visit(reverse("admin:articles_article_desk", args=[article.pk]))
    hands.use("a:has-text('Publish approved claims…')")
    rows = hands.page.locator(".publish-claims > li")
    expect(rows).to_have_count(many + 1)
    for number in range(many + 1):
        row = rows.nth(number)
        if later.text in row.inner_text():
            expect(row).to_contain_text("Scheduled for")
        else:
            hands.use(row.locator("label"))
    hands.see("A publication cannot be undone.")
    hands.use("button:text-is('Publish the chosen claims')")
    hands.see(f"{many} claims published")
    expect(hands.page.locator(".publish-results li")).to_have_count(many)
    expect(rows).to_have_count(1)


class Reader:
    """Somebody without an account, on the public page of an article."""

    def __init__(self, chrome: Browser, site: str, article: Article) -> None:
        self.page = chrome.new_context(viewport={"width": 1280, "height": 800}, locale="en-US").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.address = f"{site}{reverse('readers:article', args=[article.slug])}"

    def passages(self) -> set[str]:
        """The words of the article that were checked."""
        self.page.goto(self.address)
        return set(self.page.locator(".passage mark").all_inner_texts())

    def open_check(self, words: str, summary: str) -> None:
        """The check of these words says what was found."""
        self.page.locator(".passage", has_text=words).locator(".answer a", has_text=summary).click()
        expect(self.page.locator("h1")).to_be_visible()
        expect(self.page.locator("main")).to_contain_text(summary)


def mail_of(settings: Any, name: str) -> list[str]:
    """The subjects of what the worker's job sends to somebody."""
    with mail_server(settings) as server:
        send()
    return [" ".join(message["Subject"].split()) for message in server.to(f"{name}@newsroom.example")]


def tomorrow() -> datetime:
    """Half past nine tomorrow, in the newsroom's time."""
    return (timezone.localtime() + timedelta(days=1)).replace(hour=9, minute=30, second=0, microsecond=0)
