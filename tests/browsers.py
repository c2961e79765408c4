"""The one way in which tests start a browser: once in a process, with a context of its own for each test."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserType, Error, Playwright, sync_playwright

#: An empty one says that there is none, whatever the machine has.
_PATH = os.environ.get("CHROMIUM", shutil.which("chromium") or shutil.which("chromium-browser") or "")
#: Chromium follows the last list only. The first ones are Playwright's own, as far as they matter without a network;
#: the others prepare the suggestions of an address bar that nobody sees, which takes longer than most pages.
_SWITCHED_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "PaintHolding"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    *("PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    "WebUIOmniboxSimplification",
)
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    f"--disable-features={','.join(_SWITCHED_OFF)}",
)


@dataclass(frozen=True, slots=True)
class _Started:
    """A browser that runs, and the event loop in which it is spoken to."""

    playwright: Playwright
    browser: Browser
    loop: asyncio.AbstractEventLoop


_started: list[_Started] = []


def launch(chromium: BrowserType) -> Browser:
    """A process of its own, for a test that kills one."""
    return chromium.launch(executable_path=_PATH, args=list(_ARGUMENTS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium that shows nothing yet, or a skip that says what is missing.

    It goes on running after the block, for the next test: starting it takes longer than most tests. Inside, its event
    loop runs in the test's own thread. Django takes that for asynchronous code: it has to be allowed to work all the
    same, and it opens connections of its own, which nobody would close but this.
    """
    if not _PATH:
        pytest.skip("no Chromium on this machine (CHROMIUM names one)")
    if _started and not _started[0].browser.is_connected():
        stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = _started[0] if _started else _start()
        asyncio._set_running_loop(started.loop)
        try:
            yield started.browser
        finally:
            with suppress(Error):
                for context in started.browser.contexts:
                    context.set_offline(True)  # what pages send when they close would meet emptied tables
                    context.close()
            connections.close_all()
            asyncio._set_running_loop(None)


def stop() -> None:
    """End the browser of this process, if one was started."""
    while _started:
        last = _started.pop()
        asyncio._set_running_loop(last.loop)
        try:
            with suppress(Error):
                last.browser.close()
            last.playwright.stop()
        finally:
            asyncio._set_running_loop(None)


def _start() -> _Started:
    playwright = sync_playwright().start()
    browser = launch(playwright.chromium)
    _started.append(_Started(playwright, browser, asyncio.get_running_loop()))
    return _started[0]
