"""A page of Wagtail, in a process and a virtual environment of its own: ``make bench-traffic`` installs it into var."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench import scratch, serving

PYTHON = serving.ROOT / "var" / "wagtail" / "bin" / "python"


@contextmanager
def acts(*, wanted: bool) -> Iterator[dict[str, Callable[[int], float]]]:
    """What Wagtail is asked for, by name: each gives the CPU seconds of one of so many requests.

    Empty, after saying why, where Wagtail is not installed.
    """
    if not wanted or not PYTHON.exists():
        print("  Wagtail is left out" + (": make bench-traffic installs it." if wanted else "."))
        yield {}
        return
    with scratch.database_url("wagtail") as url:
        told = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.traffic.wagtail_site.settings"}
        command = [str(PYTHON), "-m", "bench.traffic.wagtail_site"]
        process = subprocess.Popen(  # noqa: S603
            command, cwd=serving.ROOT, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            yield {name: _asking(process, name) for name in json.loads(_line(process))}
        finally:
            assert process.stdin is not None  # noqa: S101
            process.stdin.close()
            process.wait(timeout=60)


def _asking(process: "subprocess.Popen[str]", name: str) -> Callable[[int], float]:
    def cost(times: int) -> float:
        assert process.stdin is not None  # noqa: S101
        process.stdin.write(json.dumps([name, times]) + "\n")
        process.stdin.flush()
        return float(json.loads(_line(process)))

    return cost


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None  # noqa: S101
    line = process.stdout.readline()
    if not line:
        raise SystemExit("Wagtail's process ended.")
    return line
