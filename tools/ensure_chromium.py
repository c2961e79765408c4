"""Print the path of a Chromium that starts, installing one when the machine has none.

Order: ``CHROMIUM`` (empty: browser tests are not wanted), the usual commands, Playwright's own copy;
then, as root on a Debian, the package ``chromium``; then Playwright's download. Standard library only.
Without success nothing is printed, the reason goes to standard error, and the exit code is 1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
)
#: Seconds one installation step may take.
INSTALL_SECONDS = 900


def run(*command: str, seconds: float = 30, **environment: str) -> str | None:
    """What a command printed; None when it is missing, fails or takes longer than ``seconds``."""
    try:
        done = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def starts(path: str) -> bool:
    """True for a browser that can say its version (Ubuntu's ``chromium`` may be a stub that cannot)."""
    return bool(run(path, "--version"))


def installed() -> str | None:
    """A browser that is already here."""
    for command in COMMANDS:
        path = shutil.which(command)
        if path and starts(path):
            return path
    path = run(sys.executable, "-c", PLAYWRIGHT_PATH)
    return path if path and starts(path) else None


def installations() -> Iterator[str]:
    """Install a browser one way after another; yields the name of each way tried."""
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if root and shutil.which("apt-get"):
        run("apt-get", "update", "-qq", seconds=INSTALL_SECONDS)
        options = ("-y", "-qq", "--no-install-recommends")
        run("apt-get", "install", *options, "chromium", seconds=INSTALL_SECONDS, DEBIAN_FRONTEND="noninteractive")
        yield "the system's package"
    run(sys.executable, "-m", "playwright", "install", "chromium", seconds=INSTALL_SECONDS)
    yield "Playwright's download"


def find() -> str | None:
    """The path of a Chromium, or None after everything was tried (the reason has been said)."""
    wanted = os.environ.get("CHROMIUM")
    if wanted is not None:
        path = shutil.which(wanted) if wanted else None
        if path and starts(path):
            return path
        why = f"CHROMIUM={wanted} does not start" if wanted else "CHROMIUM is set and empty"
        print(f"{why}: browser tests will be skipped.", file=sys.stderr)
        return None
    path = installed()
    if path:
        return path
    print("Installing Chromium for the browser tests (this takes a minute) …", file=sys.stderr)
    tried = []
    for way in installations():
        tried.append(way)
        path = installed()
        if path:
            return path
    print(
        f"No Chromium here, and {' and '.join(tried)} did not give one: browser tests will be skipped. "
        "Install Chromium or Chrome, or set CHROMIUM to its path.",
        file=sys.stderr,
    )
    return None


if __name__ == "__main__":
    browser = find()
    if browser is None:
        sys.exit(1)
    print(browser)
