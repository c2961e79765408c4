"""Whether the process runs, and whether it can serve: for supervisors, load balancers and Prometheus."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from factcheck.insight.metrics import metrics

#: The connections that each plane needs.
_PLANES = {"": ("default", "readers"), "readers": ("readers",), "desk": ("default",)}


class ProbesMiddleware:
    """Answers probes and Prometheus before anything looks at the header Host: they name a machine by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a probe, or the site's."""
        view = {"/healthz": process, "/readyz": database, "/metrics": metrics}.get(request.path_info)
        if view is metrics and not settings.HAS_METRICS:
            view = None  # the site's own page of 404
        return view(request) if view else self.get_response(request)


@never_cache
def process(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def database(request: HttpRequest) -> HttpResponse:
    """200 when the connections work and the log has its head, else 503 with the one that fails.

    With ``?plane=readers`` or ``?plane=desk`` only that plane's connection is asked.
    """
    plane = request.GET.get("plane", "")
    if plane not in _PLANES:
        known = ", ".join(filter(None, _PLANES))
        return HttpResponse(f"there is no such plane; possible: {known}\n", status=400, content_type="text/plain")
    for alias in _PLANES[plane]:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT seq FROM articles_head")
                cursor.fetchone()
        except DatabaseError:
            return HttpResponse(f"the {alias} database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
