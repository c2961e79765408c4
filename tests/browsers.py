"""The one way in which tests start a browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserType, sync_playwright

#: An empty one says that there is none, whatever the machine has.
_PATH = os.environ.get("CHROMIUM", shutil.which("chromium") or shutil.which("chromium-browser") or "")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def launch(chromium: BrowserType) -> Browser:
    """A process of its own, for a test that kills one."""
    return chromium.launch(executable_path=_PATH, args=list(_ARGUMENTS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium, or a skip that says what is missing.

    Inside, the browser's event loop runs in the test's own thread. Django takes that for asynchronous code: it has to
    be allowed to work all the same, and it opens connections of its own, which nobody would close but this.
    """
    if not _PATH:
        pytest.skip("no Chromium on this machine (CHROMIUM names one)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = launch(playwright.chromium)
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()
