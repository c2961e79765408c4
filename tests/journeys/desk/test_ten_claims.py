"""From an article to ten submitted claims without leaving the article desk, counted; and what happens to them then.

In between the browser is killed, the session ends and the server is started again: nothing that was typed is lost.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from articles.models import Article, Claim, UnsavedForm
from tests import newsroom
from tests.articles.verification.test_schedules import let_time_pass
from tests.browsers import launch
from tests.conftest import PASSWORD
from tests.desk.browser import REAL
from tests.journeys.desk import colleagues
from tests.journeys.desk.counted_keyboard import CountedKeyboard, count_in
from tests.journeys.desk.hands import PATIENCE, Hands, Keyboard, Mouse
from tests.journeys.desk.site_process import SiteProcess, site_process
from tests.journeys.desk.town_water import TOWN_WATER
from tests.notifications.colleagues import with_addresses
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "readers"])]
MANY, GOAL = 10, 12
SOURCES = ("Annual report of the office", "Register of the district")
SUMMARY = "The report and the register give another figure for the same year."
ADDED = "of last year"
MENDED = SUMMARY.replace("register", f"register {ADDED}")


class Desk:
    """The article desk in a browser of its own, which can be killed."""

    def __init__(self, chrome: Browser, site: SiteProcess) -> None:
        self.launcher, self.site = chrome.browser_type, site
        self.path = ""
        self.open_browser()

    def open_browser(self) -> None:
        """A new browser process, signed in, at the desk if an article was imported."""
        self.browser = launch(self.launcher)
        context = self.browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        context.set_default_timeout(PATIENCE)
        count_in(context)
        self.hands = CountedKeyboard(context.new_page(), self.site.address, "reporter")
        self.page = self.hands.page
        self.hands.visit(self.path or "/admin/")
        self.hands.write("[name=login]", "reporter")
        self.hands.write("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".mark-scripted #mark-text" if self.path else ".inbox")

    def kill_browser(self) -> None:
        """As when its process is killed: no page hears of it."""
        gone = []
        self.browser.on("disconnected", lambda _browser: gone.append(True))
        with contextlib.suppress(PlaywrightError):  # the answer does not come any more
            self.browser.new_browser_cdp_session().send("Browser.crash")
        wait_until(lambda: gone or not self.browser.is_connected())

    def import_article(self, text: str) -> None:
        """Pasted on the import page; the outlet is typed."""
        hands = self.hands
        hands.use(".inbox-top a:has-text('Import article')")
        hands.reach("[name=body]")
        self.page.keyboard.insert_text(text)
        hands.use(".desk-intake [type=submit]")
        hands.write("[name=publisher]", "Caucasus Courier")
        hands.use("button:has-text('Save the article')")
        self.page.wait_for_selector(".mark-scripted #mark-text")
        self.path = self.page.url.removeprefix(self.site.address).split("#")[0]

    def mark(self) -> list[Counter[str]]:
        """Ten suggestions become claims, with one key each: of their speaker, or of the outlet where none is named."""
        self.page.wait_for_selector(".mark-suggestion")
        self.page.keyboard.press("g")
        self.page.wait_for_selector(".mark-suggestion:focus")
        taken = []
        for number in range(1, MANY + 1):
            before = self.hands.counts()
            speaker = self.page.locator(".mark-suggestion:focus p:has-text('Said by') bdi")
            named = speaker.count() and speaker.first.inner_text()[:1].isupper()
            self.page.keyboard.press("a" if named else "p")
            self.page.wait_for_selector(f"#mark-status:has-text('Claim saved, {number} of this article')")
            self.page.wait_for_selector(".mark-suggestion:focus")
            taken.append(self.hands.counts() - before)
        return taken

    def open_next(self, key: str) -> str:
        """The id of the claim to which ``key`` leads, once it is open. The one that was saved last is open already."""
        if key:
            self.page.keyboard.press(key)
        row = "document.activeElement.closest('[data-claim]')?.dataset.claim"
        claim = str(self.page.wait_for_function(row).json_value())
        self.page.wait_for_selector(f"#mark-work #claim_form[action*='{claim}']")
        return claim

    def add_source(self, title: str, number: int) -> None:
        """Found by its title, with its stance and a quotation."""
        page = self.page
        page.keyboard.press("a")
        page.wait_for_selector("#mark-work .evidence-form [data-find]:focus")
        page.keyboard.type(title.lower())
        page.wait_for_selector(f".evidence-form [role=option][aria-selected=true]:has-text('{title}')")
        page.keyboard.press("Enter")
        page.wait_for_selector(".evidence-form [name=stance]:focus")
        page.keyboard.press("r")
        page.wait_for_selector(".evidence-form [name=quote]:focus")
        page.keyboard.type("The figure is another one.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#mark-work .evidence-card")).to_have_count(number, timeout=PATIENCE)
        page.wait_for_selector("#mark-work .evidence-card:focus")

    def add_sources(self) -> None:
        """The two that the newsroom knows."""
        for number, title in enumerate(SOURCES, 1):
            self.add_source(title, number)

    def rate(self, rating: int, summary: str = SUMMARY) -> None:
        """A rating leads to the summary."""
        self.page.keyboard.press(str(rating))
        self.page.wait_for_selector("#id_summary:focus")
        self.page.keyboard.type(summary)

    def submit(self) -> None:
        """The next step of a draft that lacks nothing."""
        self.page.keyboard.press("Control+Shift+Enter")
        self.page.wait_for_selector("#mark-status:has-text('Submit for review: done')")
        self.page.wait_for_selector("#mark-work:focus")


@pytest.fixture
def site(people: SimpleNamespace, tmp_path: Path) -> Iterator[SiteProcess]:
    for title in SOURCES:
        newsroom.source(people.reporter, title=title, url="")
    with site_process(tmp_path) as running:
        for person in vars(people).values():
            person.refresh_from_db()  # a session is bound to the password as it is stored
        yield running


@pytest.fixture
def desk(site: SiteProcess, chrome: Browser) -> Iterator[Desk]:
    opened = Desk(chrome, site)
    yield opened
    opened.hands.picture()
    opened.browser.close()


def close_browser_and_go_on(desk: Desk, claim: str) -> None:
    """The browser is killed in the middle of a summary. What was typed is there again."""
    half = SUMMARY[:30]
    desk.rate(2, half)
    wait_until(lambda: UnsavedForm.objects.filter(fields__summary=[half]).exists())
    desk.kill_browser()
    desk.open_browser()
    desk.page.keyboard.press("c")
    while desk.open_next("j") != claim:
        pass
    expect(desk.page.locator("#id_summary")).to_have_value(half, timeout=PATIENCE)
    desk.hands.reach("#id_summary")
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(SUMMARY[30:])


def end_session_and_go_on(desk: Desk, _claim: str) -> None:
    """The session's row is gone. The page asks for the password, and keeps what is typed."""
    desk.rate(3, SUMMARY[:-1])
    Session.objects.all().delete()
    desk.page.keyboard.type(SUMMARY[-1])
    desk.page.wait_for_selector("dialog:has-text('Your session has ended') #signing-in-password")
    desk.hands.reach("#signing-in-password")
    desk.page.keyboard.type(PASSWORD)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("dialog[open]", state="detached")
    expect(desk.page.locator("#id_summary")).to_have_value(SUMMARY, timeout=PATIENCE)


def restart_server_and_go_on(desk: Desk, _claim: str) -> None:
    """The server is killed while somebody types. The step says that it was not done, and is done when it is back."""
    desk.site.kill()
    desk.rate(4)
    desk.page.keyboard.press("Control+Shift+Enter")
    desk.page.wait_for_selector("#mark-status.mark-status-bad")
    expect(desk.page.locator("#id_summary")).to_have_value(SUMMARY, timeout=PATIENCE)
    desk.site.start()


#: What happens while which claim is worked on.
DISTURBED: Final = {3: close_browser_and_go_on, 5: end_session_and_go_on, 7: restart_server_and_go_on}


def work_through(desk: Desk, *, is_disturbed: bool) -> list[Counter[str]]:
    """All ten claims, from sources to the review; what each took that was not disturbed."""
    taken = []
    desk.page.keyboard.press("c")
    for number in range(1, MANY + 1):
        before = desk.hands.counts()
        claim = desk.open_next("j" if number > 1 else "")
        desk.add_sources()
        disturbed = DISTURBED.get(number) if is_disturbed else None
        if disturbed:
            disturbed(desk, claim)
        else:
            desk.rate(number % 4 + 1)
        desk.hands.picture()
        desk.submit()
        if not disturbed:
            taken.append(desk.hands.counts() - before)
    return taken


def submit_ten(desk: Desk, text: str, *, is_disturbed: bool) -> None:
    """From the import to the review, within the goal."""
    desk.import_article(text)
    loads = desk.hands.counts()["loads"]
    marked = desk.mark()
    worked = work_through(desk, is_disturbed=is_disturbed)
    keys = max(one["keys"] for one in marked) + max(one["keys"] for one in worked)
    print(f"{keys} keys for a claim; {sum(worked, Counter())} for {len(worked)} claims that are marked")
    assert keys <= GOAL
    assert not any(one["clicks"] or one["loads"] for one in (*marked, *worked))
    assert is_disturbed or desk.hands.counts()["loads"] == loads
    stored = Claim.objects.filter(stage="review")
    assert (stored.count(), Claim.objects.count()) == (MANY, MANY)
    assert {claim.verdicts.get().summary for claim in stored} == {SUMMARY}
    assert all(claim.evidence.count() == 2 and claim.claimant for claim in stored)
    assert not UnsavedForm.objects.exists()


@pytest.fixture
def colleague(desk: Desk, chrome: Browser) -> Iterator[Callable[[str, type[Hands]], Any]]:
    """Opens the desk as somebody else, in the browser that tests share."""
    with contextlib.ExitStack() as windows:
        yield lambda name, kind: windows.enter_context(colleagues.at_desk(chrome, desk.site.address, name, kind))


def test_ten_claims_are_submitted_reviewed_and_published_while_everything_breaks_down(
    people: SimpleNamespace, desk: Desk, chrome: Browser, colleague: Callable[..., Any], settings: Any
) -> None:
    with_addresses(people)
    submit_ten(desk, TOWN_WATER, is_disturbed=True)
    checker = colleague("checker", Keyboard)
    back = colleagues.send_one_back_and_approve_others(checker, MANY)
    colleagues.mend(desk.hands, back, MENDED)
    colleagues.approve_again(checker, back, ADDED)
    subjects = colleagues.mail_of(settings, "reporter")
    assert sum(subject.startswith("Factcheck: Sent back") for subject in subjects) == 1, subjects
    assert sum(subject.startswith("Factcheck: You were mentioned") for subject in subjects) == 1, subjects

    editor, article = colleague("editor", Mouse), Article.objects.get()
    colleagues.schedule(editor, back, colleagues.tomorrow())
    colleagues.publish_together(editor, article, back, MANY - 1)
    reader = colleagues.Reader(chrome, desk.site.address, article)
    words = {claim.pk: claim.appearances.get().exact for claim in Claim.objects.all()}
    later = words[back.pk]
    assert reader.passages() == {*words.values()} - {later}
    reader.open_check(min({*words.values()} - {later}), SUMMARY)
    assert str(let_time_pass(back)) == "1 published, 0 refused"
    assert reader.passages() == {*words.values()}
    reader.open_check(later, MENDED)


@pytest.mark.skipif(
    not REAL.exists(), reason="the real article is not kept with the project; another text takes its way"
)
def test_ten_claims_of_the_real_article_are_submitted_without_leaving_the_desk(desk: Desk) -> None:
    submit_ten(desk, REAL.read_text(), is_disturbed=False)
