"""How readers' pages load on a phone with 4G: bytes, layout shift, largest paint. ``make bench-loading``.

Chromium's own numbers, the middle of some runs with an empty cache. Simulated are a phone's screen (412 x 823 at 2.625)
and the network: 9 Mbit/s down, 1.5 up, 170 ms for a round trip, which WebPageTest calls 4G. The processor is the
machine's own: ``--slow 4`` makes it four times slower, which on a busy machine measures the neighbours. The site is
served as in earnest, on the demo in a scratch database, its pages packed as the proxy in front does it. Exit code 1
when a bound is missed.
"""

import argparse
import os
import statistics
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench import serving
from bench.loading import demo_site
from bench.loading.demo_site import PACKED
from bench.walk import ARGUMENTS

#: Kilobytes of 1,024 without fonts, of a claim's page with a picture and without; of its fonts; seconds; layout shift.
MOST_WITH_PICTURE, MOST, MOST_FONTS, MOST_SECONDS, MOST_SHIFT = 150, 60, 62, 1.8, 0.0
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 2.625, "is_mobile": True, "has_touch": True}
NETWORK = {
    "offline": False,
    "latency": 170,
    "downloadThroughput": 9_000_000 / 8,
    "uploadThroughput": 1_500_000 / 8,
}
RUNS = 3
#: Milliseconds in which a page comes to rest: late fonts, late pictures.
REST = 1500
_OBSERVE = """
window.seen = {shift: 0, paint: 0, what: "", moved: []};
new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) {
  window.seen.shift += one.value;
  window.seen.moved.push(...one.sources.map(source => source.node && (source.node.className || source.node.nodeName)));
} }).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries()) {
  window.seen.paint = one.startTime; window.seen.what = one.element ? one.element.tagName : "";
} }).observe({type: "largest-contentful-paint", buffered: true});
"""


@dataclass
class Load:
    """What one loading of a page came to: bytes by kind of file, seconds, layout shift."""

    bytes_: Counter[str] = field(default_factory=Counter)
    paint: float = 0.0
    shift: float = 0.0
    what: str = ""
    moved: list[str] = field(default_factory=list)

    @property
    def fonts(self) -> float:
        """Kilobytes of fonts."""
        return self.bytes_["Font"] / 1024

    @property
    def other(self) -> float:
        """Kilobytes of all else."""
        return (sum(self.bytes_.values()) - self.bytes_["Font"]) / 1024


def load(browser: Any, url: str, slow: float, network: dict[str, Any]) -> Load:
    """One loading with an empty cache."""
    found, kinds = Load(), {}
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
        devtools.on(
            "Network.loadingFinished",
            lambda event: found.bytes_.update(
                {kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}
            ),
        )
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", network)
        if slow > 1:
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        page.add_init_script(_OBSERVE)
        page.goto(url, wait_until="load", timeout=120_000)
        page.wait_for_timeout(REST)
        seen = page.evaluate("window.seen")
        found.paint, found.shift, found.what = seen["paint"] / 1000, seen["shift"], seen["what"]
        found.moved = [str(name) for name in seen["moved"]]
    finally:
        context.close()
    return found


def told(name: str, loads: list[Load], most: float | None) -> int:
    """Print the middle of some loadings; returns how many bounds were missed. ``most`` is what the page may weigh."""
    paint, shift = (statistics.median(getattr(one, key) for one in loads) for key in ("paint", "shift"))
    heaviest = max(loads, key=lambda one: one.other)
    missed = 0
    for what, value, bound in (
        ("KB without fonts", heaviest.other, most),
        ("KB of fonts", heaviest.fonts, MOST_FONTS if most else None),
        ("seconds to the largest paint", paint, MOST_SECONDS),
        ("layout shift", shift, MOST_SHIFT),
    ):
        over = bound is not None and value > bound
        missed += over
        limit = "" if bound is None else f"at most {bound}"
        print(f"  {name:22} {what:30} {value:8.3f}   {limit:14} {'MISSED' if over else ''}", flush=True)
    print(f"  {name:22} largest: {loads[0].what}, by kind {dict(heaviest.bytes_)}, moved {loads[0].moved[:6]}")
    return missed


def main() -> int:
    """Fill, serve, load; 1 when a bound was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--slow", type=float, default=1, help="so many times slower is the processor")
    parser.add_argument("--latency", type=float, default=NETWORK["latency"], help="of a round trip, in milliseconds")
    parser.add_argument("--mbit", type=float, default=NETWORK["downloadThroughput"] * 8 / 1e6)
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM", "")
    if not chromium:
        print("Skipped: no Chromium on this machine (CHROMIUM names one).")
        return 0
    with demo_site.filled("loading") as paths:
        return 1 if _loaded(options, chromium, paths) else 0


def _loaded(options: argparse.Namespace, chromium: str, paths: dict[str, str]) -> int:
    from playwright.sync_api import sync_playwright

    network = {**NETWORK, "latency": options.latency, "downloadThroughput": options.mbit * 1e6 / 8}
    at_once = {**NETWORK, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    missed = 0
    with serving.served(application=PACKED) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, path in paths.items():
            load(browser, address + path, 1, at_once)  # the page is made now
            loads = [load(browser, address + path, options.slow, network) for _ in range(options.runs)]
            missed += told(name, loads, _most(name))
        browser.close()
    return missed


def _most(name: str) -> float | None:
    """What a page may weigh: only claims' pages have a bound."""
    if not name.startswith("claim"):
        return None
    return MOST_WITH_PICTURE if name.endswith("picture") else MOST


if __name__ == "__main__":
    sys.exit(main())
