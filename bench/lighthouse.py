"""Lighthouse's opinion of the readers' pages on a phone: ``make lighthouse``.

The npm package is put into ``var/lighthouse``, out of the project's way, and drives the Chromium that the browser tests
use. The site is served as in earnest (DEBUG off, pages and files packed) on the demo in a scratch database. Prints the
four scores of each page and every audit that costs points; exit code 1 below 100. Without npm or Chromium it says so
and measures nothing.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.loading import demo_site
from bench.serving import ROOT, served

HOME = ROOT / "var" / "lighthouse"
PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Now and then it cannot record how a page loads, and says so in place of a report.
TRIES = 2
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def installed() -> Path | None:
    """Lighthouse's program, installed on first use; None, after saying why, where it cannot be."""
    npm, program = shutil.which("npm"), HOME / "node_modules" / ".bin" / "lighthouse"
    if not npm:
        print("Skipped: Lighthouse needs npm (Debian: apt-get install npm).")
        return None
    if not program.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        # Without the prefix, npm would install into the nearest folder above that has a package.json: the project's.
        install = [npm, "install", "--prefix", str(HOME), "--no-audit", "--no-fund", "--silent", PACKAGE]
        got = subprocess.run(install, cwd=HOME, check=False)  # noqa: S603
        if got.returncode or not program.exists():
            print(f"Skipped: npm could not install {PACKAGE}.")
            return None
    return program


def report(program: Path, chromium: str, url: str) -> dict[str, Any]:
    """Lighthouse's report of one page, in its mobile profile."""
    command = [str(program), url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    for _try in range(TRIES):
        done = subprocess.run(  # noqa: S603
            command,
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if not done.returncode:
            result: dict[str, Any] = json.loads(done.stdout)
            return result
    raise SystemExit(f"Lighthouse failed: {done.stderr[-2000:]}")


def told(found: dict[str, Any]) -> bool:
    """Print scores and what cost points; whether all are 100."""
    full = True
    for key in CATEGORIES:
        category = found["categories"][key]
        score = round(100 * (category["score"] or 0))
        full = full and score == 100
        print(f"  {category['title']:16} {score:4}", flush=True)
        for reference in category["auditRefs"]:
            audit = found["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"      {audit['title']} ({audit.get('displayValue', '')}) {audit['score']}")
    return full


def main() -> int:
    """Each page asked for; 1 when one of them has less than 100 anywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="pages to look at; otherwise claims' pages, front and list")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    if not chromium:
        print("Skipped: no Chromium on this machine (CHROMIUM names one).")
        return 0
    program = installed()
    if program is None:
        return 0
    with demo_site.filled("lighthouse") as paths, served(application=demo_site.PACKED) as address:
        full = True
        for path in options.paths or paths.values():
            print(path)
            full = told(report(program, chromium, address + path)) and full
    return 0 if full else 1


if __name__ == "__main__":
    sys.exit(main())
