"""Whether the process runs, and whether it can serve: for supervisors and load balancers."""

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def process(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def database(request: HttpRequest) -> HttpResponse:
    """200 when both connections work and the log has its head, else 503 with the one that fails."""
    for alias in connections:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT seq FROM articles_head")
                cursor.fetchone()
        except DatabaseError:
            return HttpResponse(f"the {alias} database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
