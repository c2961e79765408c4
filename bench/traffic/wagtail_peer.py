"""A page of Wagtail behind the same web server, in an environment of its own: ``make bench-traffic`` installs it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench import scratch, serving
from bench.traffic.site import Site

PYTHON = serving.ROOT / "var" / "wagtail" / "bin" / "python"
EMPTY = "/hello"


@contextmanager
def acts(*, wanted: bool) -> Iterator[dict[str, Callable[[int], float]]]:
    """What Wagtail is asked for, by name: each gives the CPU seconds of one of so many requests.

    Empty, after saying why, where Wagtail is not installed.
    """
    if not wanted or not (PYTHON.parent / "granian").exists():
        print("  Wagtail is left out" + (": make bench-traffic installs it." if wanted else "."))
        yield {}
        return
    with scratch.database_url("wagtail") as url:
        blog = Path(os.environ["VAR_DIR"], "wagtail")
        (blog / "blog_migrations").mkdir(parents=True)  # before Python looks at its path
        (blog / "blog_migrations" / "__init__.py").touch()
        told = os.environ | {
            **{"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.traffic.wagtail_site.settings"},
            "PYTHONPATH": f"{serving.ROOT}{os.pathsep}{blog}",
        }
        command = [str(PYTHON), "-m", "bench.traffic.wagtail_site"]
        filled = subprocess.run(command, cwd=serving.ROOT, env=told, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
        application = "bench.traffic.wagtail_site.wsgi:application"
        with serving.started(application, threads=1, told=told, python=str(PYTHON), alive=EMPTY) as server:
            asked = _asked(filled.stdout.strip())
            site = Site(server, scratch.name_of(url))
            for what in asked.values():
                site.get(*what)  # opens the connection that is measured
            yield {name: partial(_cost, site, *what) for name, what in asked.items()}


def _asked(page: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Addresses and headers by what they show."""
    return {
        "Wagtail: an empty view behind its middleware": (EMPTY, {}),
        "Wagtail: blog page, nothing cached": (page, {}),
        "Wagtail: blog page, its fragment cached": (page, {"X-Fragments": "1"}),
        "Wagtail: blog page kept for a minute by Django": (f"/minute{page}", {}),
    }


def _cost(site: Site, address: str, headers: dict[str, str], times: int) -> float:
    answer = site.get(address, headers)  # not counted: what is kept is kept now
    if answer.status != 200 or (address != EMPTY and b"The bridge" not in answer.content):
        raise SystemExit(f"Wagtail answered {answer.status} at {address}: {answer.content[:300]!r}")
    return site.meter.cost(lambda: site.get(address, headers), times)
