"""What a page costs, as a multiple of a hello-world view behind the same middleware: ``make bench``.

CPU time of this process alone (not the database's), the median of interleaved rounds, so that a busy machine slows
both sides of each ratio alike. It reads the demo's data: ``make demo`` comes first.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.update(
    DEBUG="0",
    SECRET_KEY="only-for-this-measurement" * 3,
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver",
    SECURE_SSL_REDIRECT="0",
    DJANGO_SETTINGS_MODULE="factcheck.settings",
    LOG_LEVEL="ERROR",
    API_READ_RATE="",
)

import django

django.setup()  # before the imports that need its applications, hence their place

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import include, path  # noqa: E402

from articles.selectors import public  # noqa: E402

ROUNDS, REQUESTS = 9, 40


def hello(request: HttpRequest) -> HttpResponse:
    """The floor: a view that does nothing."""
    return HttpResponse("hello")


urlpatterns = [path("hello", hello), path("", include("factcheck.urls"))]


def cpu(act: Callable[[], object]) -> float:
    """CPU seconds of ``REQUESTS`` calls."""
    start = time.process_time()
    for _ in range(REQUESTS):
        act()
    return time.process_time() - start


def main() -> None:
    """Measure and print one line a page."""
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "bench.pages"
    rows = public.claims().rows
    if not rows:
        raise SystemExit("There is nothing to measure: run make demo first.")
    client, claim = Client(), f"/claims/{rows[-1].slug}/"
    etag = client.get(claim)["ETag"]
    pages: dict[str, Callable[[], HttpResponse]] = {
        "hello world": lambda: client.get("/hello"),
        "claim page": lambda: client.get(claim),
        "claim page, not modified": lambda: client.get(claim, headers={"if-none-match": etag}),
        "list of 20 claims": lambda: client.get("/claims/"),
        "API: one claim": lambda: client.get(f"/api/v1/claims/{rows[-1].pk}/"),
        "API: 100 records": lambda: client.get("/api/v1/claims/?page_size=100"),
    }
    for name, get in pages.items():
        status = get().status_code
        if status not in (200, 304):
            raise SystemExit(f"{name} answered {status}")
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, get in pages.items():
            times[name].append(cpu(get))
    floor = statistics.median(times["hello world"])
    for name, measured in times.items():
        print(f"{name:28} {statistics.median(measured) / floor:6.1f} × hello world")


if __name__ == "__main__":
    main()
