"""What all views of the API have in common."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import User
from api.http import etags, field_masks, query
from api.http.idempotency import HEADER, IdempotentResponse, idempotent
from api.http.limits import LimitedView
from api.http.parsers import JSONBodyParser
from api.http.partner_auth import MayRead
from api.http.problems import ProblemError
from api.http.reader_auth import ReaderAuthentication
from articles.choices import Surface
from articles.models import Record
from articles.models.base import Versioned
from articles.selectors.keyset import Page
from articles.selectors.readers.change_feed import Feed
from articles.selectors.readers.published import PAGE_SIZE
from articles.services import audit
from caching import headers as cache_headers
from caching import keys
from lib.transparency import canonical_json as record

JSON_TYPE = "application/json"
#: Response headers that scripts of other sites may read.
_EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-As-Of-Seq, X-Epoch, X-Next-Cursor"

#: Where the API is described for programs and for people (RFC 8631).
_DESCRIBED = '</api/v1/openapi.json>; rel="service-desc", </api/v1/docs/>; rel="service-doc"'


class ReadView(LimitedView):
    """Open to anyone and to scripts of any site: published records, from the readers' database, without a session.

    A partner's key with the scope ``read`` lifts the limit, and so does a personal token of the newsroom's staff.
    """

    authentication_classes: Any = (ReaderAuthentication,)
    permission_classes: Any = (AllowAny, MayRead)
    parser_classes: Any = ()
    #: What scripts of other sites may send.
    methods: ClassVar[str] = "GET, HEAD, OPTIONS"
    request_headers: ClassVar[str] = "Authorization, If-None-Match"
    #: The query parameters that this address knows.
    parameters: ClassVar[Mapping[str, query.Parser]] = {}
    given: dict[str, Any]
    #: What an answer shows (``caching.keys``); a view of one thing sets its own.
    cache_keys: Sequence[str] = (keys.LISTS,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, count and negotiate, then read the query."""
        super().initial(request, *args, **kwargs)
        self.given = query.read(request.query_params, self.parameters)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Open the answer to other origins; keep shared caches from holding errors."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        response.headers.setdefault("Link", _DESCRIBED)
        patch_vary_headers(response, ["Authorization"])
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        elif "Authorization" in request.headers and response["Cache-Control"].startswith("public"):
            cache_headers.mark_private(response)  # it says how much is left for this one key
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What a browser asks before it sends a request with headers of its own."""
        return HttpResponse(
            status=204,
            headers={
                "Access-Control-Allow-Methods": self.methods,
                "Access-Control-Allow-Headers": self.request_headers,
                "Access-Control-Max-Age": "86400",
                "Cache-Control": "no-store",
            },
        )

    def answer(self, body: bytes, tag: str) -> HttpResponse:
        """``body`` unchanged, with headers for caches and an entity tag."""
        return self.unchanged(tag) or self._marked(HttpResponse(body, content_type=JSON_TYPE), tag)

    def unchanged(self, tag: str) -> HttpResponse | None:
        """A 304 when the client already has the entity with ``tag``."""
        return self._marked(HttpResponseNotModified(), tag) if etags.is_known(self.request, tag) else None

    def cut(self, body: bytes) -> bytes:
        """``body`` with what ``fields`` asks for: without it unchanged, to the byte."""
        mask = self.given.get("fields")
        return record.canonical(field_masks.apply(mask, json.loads(body))) if mask else body

    def record(self, row: Record) -> HttpResponse:
        """A record, byte for byte, or the fields of it that were asked for."""
        if self.given.get("fields"):
            body = self.cut(bytes(row.body))
            return self.answer(body, etags.of_content(body))
        return self.answer(bytes(row.body), etags.of_digest(bytes(row.sha256)))

    def json_document(self, document: dict[str, Any]) -> HttpResponse:
        """A document of a few rows, tagged by its content."""
        body = record.canonical(document)
        return self.answer(body, etags.of_content(body))

    def _marked(self, response: HttpResponse, tag: str) -> HttpResponse:
        response["ETag"] = tag
        cache_headers.mark_public(response, self.cache_keys)
        return response

    def json_list(self, items: list[bytes], page: Page[Any] | Feed, tag: str, more: bytes = b"") -> HttpResponse:
        """A page of a list, put together from JSON that is there already: many bytes, which are copied once."""
        begin = b'{"results":['
        end = b'],"next":%s,"previous":%s%s}' % (self._link(page.next), self._link(page.previous), more)
        if items:
            items = [begin + items[0], *items[1:]]
            items[-1] += end
        return self.answer(b",".join(items) if items else begin + end, tag)

    def paging(self) -> dict[str, Any]:
        """The cursor and size that were asked for, as selectors take them."""
        return {"cursor": self.given.get("cursor", ""), "size": self.given.get("page_size", PAGE_SIZE)}

    def _link(self, cursor: str) -> bytes:
        return f'"{link(self.request, cursor)}"'.encode() if cursor else b"null"


def link(request: Request, cursor: str) -> str:
    """The address of this list at ``cursor``, with the filters it has."""
    given = dict(request.query_params.lists()) | {"cursor": [cursor]}
    return request.build_absolute_uri(f"{request.path}?{urlencode(given, doseq=True)}")


class PrivateView(LimitedView):
    """For one who signs in: strict queries, JSON bodies, nothing in caches, a history that names the API."""

    parser_classes: Any = (JSONBodyParser,)
    parameters: ClassVar[Mapping[str, query.Parser]] = {}
    given: dict[str, Any]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Changes inside are recorded in the history with the surface API."""
        with audit.surface(Surface.API):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, count and authorise, then read the query."""
        super().initial(request, *args, **kwargs)
        self.given = query.read(request.query_params, self.parameters)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Nothing of it stays in a cache."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Which methods there are; the header ``Allow`` is added to every answer."""
        return HttpResponse(status=204)


class DeskView(PrivateView):
    """For the newsroom's staff: the same services, guards and history as the admin."""

    anonymous_quota = "failures"

    def __init_subclass__(cls, **options: Any) -> None:
        """Every POST of the desk is safe to repeat with a key, also one that is added later."""
        super().__init_subclass__(**options)
        if post := cls.__dict__.get("post"):
            cls.post = _repeatable(post)  # type: ignore[attr-defined]

    def place_of(self, made: Mapping[str, Any]) -> str:
        """The address of what a POST here made, for ``Location``."""
        return f"{self.request.path}{made['id']}/"

    #: The name inside this address's entity tag, as in ``c<id>``; set when If-Match is read.
    tagged = ""

    @property
    def current_user(self) -> User:
        """Who is asking; permission classes have seen to it that it is a person of the newsroom."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101
        return user

    def version_of(self, kind: str, row: Versioned) -> int:
        """The version named by If-Match, which every change has to carry."""
        self.tagged = f"{kind}{row.pk}"
        return etags.required_version(self.request, kind, row.pk, current=row.version)

    def body(self, shape: type[Serializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """The request's body, validated. A change of nothing is refused."""
        given = self.request.data
        serializer = shape(data=[] if given is None else given, partial=partial)  # null is no object either
        serializer.is_valid(raise_exception=True)
        if partial and not serializer.validated_data:
            raise ProblemError(400, "nothing_to_change", "Name at least one field to change.")
        return dict(serializer.validated_data)

    def page(self, shape: type[Serializer[Any]], found: Page[Any]) -> Response:
        """A page of a list of the desk."""
        return Response(
            {
                "results": shape(found.rows, many=True).data,
                "next": link(self.request, found.next) if found.next else None,
                "previous": link(self.request, found.previous) if found.previous else None,
            }
        )

    def paging(self) -> dict[str, Any]:
        """The cursor and size that were asked for, and what is looked up, as selectors take them."""
        wanted = {name: value for name, value in self.given.items() if name in query.LOOKUPS}
        return {"cursor": self.given.get("cursor", ""), "size": self.given.get("page_size", PAGE_SIZE), **wanted}


def _repeatable(post: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """``post``, done once for each Idempotency-Key of the person asking, in one transaction; with the address of what
    it made."""

    def located(self: DeskView, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = post(self, request, *args, **kwargs)
        if given.status_code == 201:
            given["Location"] = request.build_absolute_uri(self.place_of(given.data))
        return given

    @wraps(post)
    def once(self: DeskView, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if HEADER not in request.headers:
            return located(self, request, *args, **kwargs)

        def act(at: datetime) -> IdempotentResponse:
            given = located(self, request, *args, **kwargs)
            headers = {name: given[name] for name in ("ETag", "Location") if name in given}
            return IdempotentResponse(given.data, given.status_code, headers)

        return idempotent(request, self.current_user, act)

    return once


def with_etag(response: Response, kind: str, row: Versioned) -> Response:
    """``response`` with the entity tag of the version the row has now."""
    response["ETag"] = etags.of_version(kind, row.pk, row.version)
    return response
