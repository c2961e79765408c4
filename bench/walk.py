"""Every page a reader can meet, in every language, light and dark: ``make walk``.

In a Chromium as wide as a phone, each is held against axe's rules, must not be wider than the screen, must ask nothing
of other sites, and the browser must have nothing to complain about. Then each is photographed at the widths of a
phone, a tablet and a desk, on paper, dark, and from right to left: ``var/walk/*.png``, to be looked at. Works on the
demo in a scratch database. Exit code 1 when anything was found; ``--only claim front`` walks a part, and
``--no-pictures`` takes none.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from bench import scratch, serving
from bench.walk_pages import Stop, fill
from lib.webpush import signing

PICTURES = serving.ROOT / "var" / "walk"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = 360
#: Name, width, language, colour scheme, medium.
SHOTS = (
    ("360", PHONE, "", "light", "screen"),
    ("768", 768, "", "light", "screen"),
    ("1280", 1280, "", "light", "screen"),
    ("1280-dark", 1280, "", "dark", "screen"),
    ("360-ar-dark", PHONE, "ar", "dark", "screen"),
    ("1280-ar", 1280, "ar", "light", "screen"),
    ("paper", 794, "", "light", "print"),
)


class Walk:
    """One walk: a browser, where the site is, and what was found."""

    def __init__(self, browser: Any, site: str) -> None:
        self.browser, self.site, self.found = browser, site, 0

    def checked(self, stop: Stop, language: str) -> None:
        """Both colour schemes of a page in one language."""
        with self._page(PHONE, "light") as page:
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda request: complaints.extend(self._elsewhere(request.url)))
            self._go(page, stop, language)
            if stop.template not in (
                "readers/400.html",
                "readers/404.html",
                "readers/newsroom/page_missing.html",
                "readers/expert/refused.html",
            ):
                self._tell(stop, language, complaints)
            for details in page.locator("details").all():
                details.evaluate("one => { one.open = true; }")
            width = page.evaluate("document.documentElement.scrollWidth")
            self._tell(stop, language, [f"{width} pixels wide"] if width > PHONE else [])
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                self._tell(stop, f"{language} {scheme}", violations(page))

    def photographed(self, stop: Stop) -> None:
        """The page in every shape that applies to it."""
        for name, width, language, scheme, medium in SHOTS:
            if language and not stop.has_languages:
                continue
            with self._page(width, scheme) as page:
                page.emulate_media(color_scheme=scheme, media=medium)
                self._go(page, stop, language)
                page.screenshot(path=PICTURES / f"{stop.name}-{name}.png", full_page=True)

    def _go(self, page: Any, stop: Stop, language: str) -> None:
        address = f"{self.site}/{language}{stop.path}" if language else f"{self.site}{stop.path}"
        if stop.made_of is not None:
            page.route(address, lambda route: route.fulfill(body=_rendered(stop, language), content_type="text/html"))
        page.goto(address)

    def _page(self, width: int, scheme: str) -> Any:
        return self.browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)

    def _elsewhere(self, url: str) -> list[str]:
        return [] if url.startswith(f"{self.site}/") else [f"asks for {url}"]

    def _tell(self, stop: Stop, where: str, what: list[str]) -> None:
        self.found += len(what)
        for one in what:
            print(f"  {stop.name} {where}: {one}", flush=True)


def _rendered(stop: Stop, language: str) -> str:
    from django.conf import settings
    from django.template.loader import render_to_string
    from django.utils.translation import override

    with override(language or settings.LANGUAGE_CODE):
        return render_to_string(stop.template, stop.made_of)


def violations(page: Any) -> list[str]:
    """What axe finds wrong on a page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]


def _languages() -> Iterator[str]:
    """Every language's prefix, the newsroom's own language first."""
    from django.conf import settings

    yield ""
    yield from (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)


def main() -> int:
    """Fill, serve, walk, photograph; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[""], help="pages whose names contain one of these")
    parser.add_argument("--no-checks", action="store_true", help="take the pictures alone")
    parser.add_argument("--no-pictures", action="store_true", help="check alone")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        print("Skipped: no Chromium on this machine (CHROMIUM names one).")
        return 0
    with scratch.database_url("walk", template=scratch.migrated()), tempfile.TemporaryDirectory() as folder:
        told = {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAR_DIR": folder}
        told["VAPID_PRIVATE_KEY"] = signing.generate().secret_text()
        os.environ |= serving.environment("http://localhost") | told
        return _walked(options, chromium)


def _walked(options: argparse.Namespace, chromium: str) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from playwright.sync_api import sync_playwright

    call_command("migrate", verbosity=0)
    stops = [stop for stop in fill() if any(part in stop.name for part in options.only)]
    connections.close_all()
    PICTURES.mkdir(parents=True, exist_ok=True)
    # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database; only templates
    # are rendered here from now on.
    with serving.served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        walk = Walk(browser, address)
        for number, stop in enumerate(stops, 1):
            print(f"{number}/{len(stops)} {stop.name} {stop.path}", flush=True)
            for language in [] if options.no_checks else _languages():
                if stop.has_languages or not language:
                    walk.checked(stop, language)
            if not options.no_pictures:
                walk.photographed(stop)
        browser.close()
    print(f"{walk.found} found")
    return 1 if walk.found else 0


if __name__ == "__main__":
    sys.exit(main())
