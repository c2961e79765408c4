"""The main pages of the desk in its languages, light and dark: ``make walk-desk``.

In a Chromium as wide as a laptop each page is held against axe's rules, may not be wider than the window, may not cut
the words of a button, tab or heading, and the browser must have nothing to complain about. Then it is photographed:
``var/walk-desk/*.png``, to be looked at. Works on the demo in a scratch database. Exit code 1 when anything was found.
``--only claim --languages en,ar`` walks a part, ``--no-pictures`` takes none, ``--widths 768,1920`` takes pictures at
these widths.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

from bench import scratch, serving
from bench.walk import ARGUMENTS, violations
from bench.walk_desk.stops import Stop, fill, stops

PICTURES = serving.ROOT / "var" / "walk-desk"
LAPTOP, HEIGHT = 1280, 800
SCHEMES = ("light", "dark")
#: Words that are cut at the edge of what they stand in.
_CUT = """() => [...document.querySelectorAll("button, summary, th, th a, h1, h2, h3, legend, [role=tab], label, .btn")]
    .filter((one) => one.checkVisibility() && !one.closest("#nav-sidebar"))
    .filter((one) => one.clientWidth > 4 && one.textContent.trim() && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => getComputedStyle(one).overflowX !== "visible")
    .map((one) => one.textContent.trim().slice(0, 60))"""


class Walk:
    """One walk: a browser, where the site is, and what was found."""

    def __init__(self, browser: Any, site: str, password: str) -> None:
        self.browser, self.site, self.password, self.found = browser, site, password, 0
        self._pages: dict[tuple[str, str, str], Any] = {}

    def checked(self, stop: Stop, language: str, scheme: str) -> None:
        """The page by axe's rules and the browser's own."""
        page = self._page(stop.who, language, scheme)
        complaints: list[str] = []
        listen = lambda message: complaints.append(message.text) if message.type == "error" else None  # noqa: E731
        page.on("console", listen)
        self._go(page, stop)
        page.wait_for_load_state("networkidle")  # what a key asked for has been answered
        page.remove_listener("console", listen)
        width = page.evaluate("document.documentElement.scrollWidth")
        self._tell(stop, language, scheme, [f"{width} pixels wide"] if width > LAPTOP else [])
        self._tell(stop, language, scheme, [f"cut: {words}" for words in page.evaluate(_CUT)])
        self._tell(stop, language, scheme, [*complaints, *violations(page)])

    def photographed(self, stop: Stop, language: str, scheme: str, width: int) -> None:
        """The window as it opens, at a width in pixels."""
        page = self._page(stop.who, language, scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        self._go(page, stop)
        dark = "-dark" if scheme == "dark" else ""
        page.screenshot(path=PICTURES / f"{stop.name}-{width}-{language}{dark}.png")
        page.set_viewport_size({"width": LAPTOP, "height": HEIGHT})

    def _go(self, page: Any, stop: Stop) -> None:
        page.goto(f"{self.site}{stop.path}", wait_until="load")
        page.wait_for_timeout(400)
        for key in stop.keys:
            page.keyboard.press(key)
            page.wait_for_timeout(300)
        if stop.marks:
            page.evaluate("one => getSelection().selectAllChildren(document.querySelector(one))", stop.marks)
        if stop.clicks:
            page.click(stop.clicks)
        if stop.waits_for:
            page.wait_for_selector(stop.waits_for)

    def _page(self, who: str, language: str, scheme: str) -> Any:
        """A page in which ``who`` is signed in, with a browser in this language and colour scheme."""
        if (who, language, scheme) not in self._pages:
            context = self.browser.new_context(
                viewport={"width": LAPTOP, "height": HEIGHT}, locale=language, color_scheme=scheme
            )
            page = self._pages[who, language, scheme] = context.new_page()
            if who:
                page.goto(f"{self.site}/admin/login/")
                page.fill("[name=login]", who)
                page.fill("[name=password]", self.password)
                page.press("[name=password]", "Enter")
                page.wait_for_selector("#nav-sidebar", state="attached")
        return self._pages[who, language, scheme]

    def _tell(self, stop: Stop, language: str, scheme: str, what: list[str]) -> None:
        self.found += len(what)
        for one in what:
            print(f"  {stop.name} {language} {scheme}: {one}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="pages whose names contain one of these words, by commas")
    parser.add_argument("--languages", default="", help="such as en,ar; all if not given")
    parser.add_argument("--schemes", default=",".join(SCHEMES), help="of the checks: light, dark or both")
    parser.add_argument("--widths", default=str(LAPTOP), help="of the pictures, in pixels")
    parser.add_argument("--no-checks", action="store_true", help="take the pictures alone")
    parser.add_argument("--no-pictures", action="store_true", help="check alone")
    parser.add_argument("--site", default="", help="a served demo to walk instead of a scratch database of its own")
    return parser.parse_args()


def main() -> int:
    """Fill, serve, walk, photograph; 1 when something was found."""
    options = _options()
    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        print("Skipped: no Chromium on this machine (CHROMIUM names one).")
        return 0
    if options.site:
        return _walked(options, chromium, stops)
    with scratch.database_url("walk", template=scratch.migrated()), tempfile.TemporaryDirectory() as folder:
        told = {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAR_DIR": folder}
        os.environ |= serving.environment("http://localhost") | told
        return _walked(options, chromium, fill)


def _walked(options: argparse.Namespace, chromium: str, there_are: Any) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from playwright.sync_api import sync_playwright

    from demo.people import PASSWORD

    if not options.site:
        call_command("migrate", verbosity=0)
    wanted = options.only.split(",")
    chosen = [stop for stop in there_are() if any(word in stop.name for word in wanted)]
    languages = options.languages.split(",") if options.languages else list(settings.DESK_LANGUAGES)
    connections.close_all()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        address = options.site or stack.enter_context(serving.served())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        walk = Walk(browser, address, PASSWORD)
        for number, stop in enumerate(chosen, 1):
            print(f"{number}/{len(chosen)} {stop.name} {stop.path}", flush=True)
            _look_at(walk, stop, languages, options)
        browser.close()
    print(f"{walk.found} found")
    return 1 if walk.found else 0


def _look_at(walk: Walk, stop: Stop, languages: list[str], options: argparse.Namespace) -> None:
    for language in languages:
        for scheme in options.schemes.split(","):
            if not options.no_checks:
                walk.checked(stop, language, scheme)
        for width in [] if options.no_pictures else map(int, options.widths.split(",")):
            walk.photographed(stop, language, options.schemes.split(",")[0], width)


if __name__ == "__main__":
    sys.exit(main())
