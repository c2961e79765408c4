"""The API's description of itself, and what is said at addresses that are none."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from api.http import etags
from api.http.base import ReadView


@cache
def openapi() -> bytes:
    """The OpenAPI document. It depends on the code alone, so a process makes it once."""
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    rendered: bytes = OpenApiJsonRenderer().render(document, renderer_context={})
    return json.dumps(json.loads(rendered), ensure_ascii=False, separators=(",", ":")).encode()


@extend_schema(exclude=True)
class OpenAPIView(ReadView):
    """The OpenAPI document."""

    def get(self, request: Request) -> HttpResponse:
        """As JSON."""
        return self.answer(openapi(), etags.of_content(openapi()))


class DocsView(SpectacularSwaggerSplitView):
    """The description, to browse. Its script is a file of its own, as the content security policy asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head"]
    url_name = "api-openapi"


@extend_schema(exclude=True)
class NothingHereView(ReadView):
    """Every unknown address below /api/: a problem in JSON, for every method and client."""

    authentication_classes = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Counted, but not negotiated: there is nothing to read."""
        self.admit(request)
        if not request.path.endswith("/") and _is_address(f"{request.path_info}/"):
            raise NotFound(f"Addresses end in a slash: send this request to {request.path}/.")
        raise NotFound(f"There is nothing at {request.path}. The addresses are described at /api/v1/docs/.")


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """404, or the way to the same address with its slash when only that was forgotten."""
    is_read = request.method in ("GET", "HEAD") and not rest.endswith("/")
    if is_read and _is_address(f"{request.path_info}/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return NothingHereView.as_view()(request)


def _is_address(path: str) -> bool:
    try:
        return resolve(path).func is not nothing_here
    except Resolver404:
        return False


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]
