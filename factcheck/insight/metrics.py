"""``/metrics``: what Prometheus reads of this machine's web processes, of the databases and of the worker's queues.

It answers whatever is away, and says what is: a database that does not answer is 0 in ``factcheck_database_up``.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from factcheck import __version__
from factcheck.insight import counters, numbers
from factcheck.insight.exposition import CONTENT_TYPE, Metric, page
from factcheck.insight.networks import may_read

_LABELS: Final = ("plane", "route", "status")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The page for those who may read it; 404 where it is switched off."""
    if not settings.HAS_METRICS:
        raise Http404("Metrics are switched off.")
    if not may_read(request):
        return _refusal()
    if request.method not in ("GET", "HEAD"):
        return HttpResponse("Only GET.\n", status=405, content_type="text/plain", headers={"Allow": "GET, HEAD"})
    return HttpResponse(page([_build(), *_requests(), *numbers.metrics()]), content_type=CONTENT_TYPE)


def _refusal() -> HttpResponse:
    if settings.METRICS_TOKEN:
        words = "Send the header “Authorization: Bearer …” with METRICS_TOKEN.\n"
        headers = {"WWW-Authenticate": 'Bearer realm="metrics"'}
        return HttpResponse(words, status=401, content_type="text/plain; charset=utf-8", headers=headers)
    words = "METRICS_NETWORKS does not contain your address.\n"
    return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")


def _build() -> Metric:
    made = Metric("factcheck_build_info", "gauge", "The version that this process runs; always 1.")
    made.add(1, {"version": __version__})
    return made


def _requests() -> Iterator[Metric]:
    """What the web processes of this machine counted."""
    requests = Metric("factcheck_requests_total", "counter", "Requests, by part of the site, route and status.")
    durations = Metric("factcheck_request_duration_seconds", "histogram", "How long requests took.")
    statements = Metric("factcheck_statements_total", "counter", "Database statements of requests, by connection.")
    by_route: dict[tuple[str, str], list[float]] = {}
    by_plane: dict[str, list[float]] = {}
    buckets = len(counters.BUCKETS) + 1
    for key, row in sorted(counters.COUNTERS.everywhere().rows.items()):
        plane, route, status = key
        requests.add(sum(row[:buckets]), dict(zip(_LABELS, (plane, route, str(status)), strict=True)))
        _add(by_route.setdefault((plane, route), [0.0] * (buckets + 1)), row[: buckets + 1])
        _add(by_plane.setdefault(plane, [0.0, 0.0]), row[-2:])
    for (plane, route), row in by_route.items():
        labels, total = {"plane": plane, "route": route}, 0.0
        for end, number in zip((*counters.BUCKETS, float("inf")), row, strict=False):
            total += number
            durations.add(total, {**labels, "le": "+Inf" if end == float("inf") else str(end)}, suffix="_bucket")
        durations.add(row[-1], labels, suffix="_sum")
        durations.add(total, labels, suffix="_count")
    for plane, (desk, readers) in by_plane.items():
        statements.add(desk, {"plane": plane, "connection": "desk"})
        statements.add(readers, {"plane": plane, "connection": "readers"})
    yield from (requests, durations, statements)


def _add(sums: list[float], row: list[float]) -> None:
    for place, number in enumerate(row):
        sums[place] += number
