"""How readers' pages answer: conditional requests, cache headers, no cookies, plain words for a bad address.

Nothing is ever invalidated. What a page shows follows from a name (a record's hash, or the log's root), and the name
and the build of the templates make its ETag: a new record is a new name.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import csp.constants
from csp.decorators import csp_replace
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import PublishedArticle, PublishedClaim, PublishedClaimant, PublishedSource, Record
from articles.selectors.keyset import CursorError
from articles.selectors.readers.state import published_state
from caching import headers as cache_headers
from caching import packing
from readers.http.holding import UNTIL_PUBLISHED, let_hold
from readers.http.page_names import Name, etag

#: How long a rendered page is kept, in this process or in ``CACHE_URL``. It never gets stale, only unused.
KEEP_SECONDS = 3600

#: What a page with an ETag is called where pages are kept.
_KEPT: Final = "page:{}"

_NOT_THERE = (
    PublishedClaim.DoesNotExist,
    PublishedArticle.DoesNotExist,
    PublishedClaimant.DoesNotExist,
    PublishedSource.DoesNotExist,
    Record.DoesNotExist,
)
#: Readers' pages run no script, except those on which a record can be verified or a link copied. Without scripts
#: nothing connects; programs that judge pages (Lighthouse) fetch robots.txt in a page's name and need to be let.
_NO_SCRIPT = {"script-src": [csp.constants.NONE], "connect-src": [csp.constants.SELF]}
_OWN_SCRIPT = {"script-src": [csp.constants.SELF], "connect-src": [csp.constants.SELF]}
#: What other sites may show in a frame of theirs. It is the same for every reader.
_FRAMED = _OWN_SCRIPT | {"frame-ancestors": ["*"]}
#: Anyone with the address of a tip or report sees its state, so caches, search engines and other sites do not get it.
UNTOLD = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class BadAddressError(ValueError):
    """An address with a part that means nothing. Its text tells the reader what to change."""


def readers_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view that is read only: GET and HEAD, 404 for what is not published, 400 with advice for a bad address."""
    return _page(view, _NO_SCRIPT)


def proof_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A ``readers_page`` that may run this site's own scripts: they verify a record in the browser, copy and share."""
    return _page(view, _OWN_SCRIPT)


def form_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page with a form that is sent back to it. No cookie, so no token of one: see ``sealing``."""
    return csrf_exempt(_page(view, _NO_SCRIPT, methods=require_http_methods(["GET", "HEAD", "POST"])))


def scripted_form_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A ``form_page`` that may run this site's own scripts."""
    return csrf_exempt(_page(view, _OWN_SCRIPT, methods=require_http_methods(["GET", "HEAD", "POST"])))


def script_call(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """What a script of ours posts to. No cookie, so no token of one; no cache keeps the answer."""

    @wraps(view)
    def unkept(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    answered = _page(unkept, _NO_SCRIPT, methods=require_POST)  # type: ignore[arg-type] # wraps() keeps the parameters
    return csrf_exempt(answered)


def framed_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A ``proof_page`` that any site may frame, and read across origins: a sandboxed frame asks from none."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return xframe_options_exempt(_page(opened, _FRAMED))  # type: ignore[arg-type] # wraps() keeps the parameters


def _page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    policy: dict[str, list[str]],
    *,
    methods: Callable[[Any], Any] = require_safe,
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if (look := getattr(request, "look_first", None)) is not None:
            look()  # so that the page, when it is made, is known to be right under this state
        try:
            _refuse_nul(request, kwargs)
            response: HttpResponseBase = view(request, *args, **kwargs)
        except BadAddressError as error:
            response = error_page(request, str(error))
        except CursorError:
            response = error_page(
                request, _("This page of the list is no longer there. Start again from its first page.")
            )
        except _NOT_THERE:
            response = render(request, "readers/404.html", status=404)
        if "Cache-Control" not in response.headers:
            _let_caches_decide(response)
        return response

    guarded: Callable[Concatenate[HttpRequest, P], HttpResponseBase] = methods(csp_replace(policy)(answered))
    return guarded


def _let_caches_decide(response: HttpResponseBase) -> None:
    """A page that shows nothing of the log may be kept; an error is of this moment only."""
    if response.status_code == 200:
        cache_headers.mark_public(response, ())
    else:
        response.headers["Cache-Control"] = "no-store"


def private_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A page for this reader alone: no cache keeps it."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def error_page(request: HttpRequest, advice: str) -> HttpResponse:
    """400 with what to do about it."""
    return render(request, "readers/400.html", {"advice": advice, "start": request.path}, status=400)


def conditional(
    request: HttpRequest, *names: Name, keys: Iterable[str], make: Callable[[], R], right_for: float = 0.0
) -> R | HttpResponse:
    """304 when the client has the page with this ``names``, else what ``make`` returns, with its ETag.

    ``keys`` (``caching.keys``) say what the page shows: caches can be told to forget all pages with one of them.

    A refusal (such as 503 while too many ask at once) is this moment's: no cache hands it to the next reader.

    ``right_for`` is for how many seconds the page is right as long as ``published_state`` is the same: so long this
    process holds it in memory. 0 is for a page that follows from more.
    """
    response = _answer(request, etag(*names), keys, make)
    let_hold(response, right_for)
    return response


def cached(
    request: HttpRequest,
    *names: Name,
    keys: Iterable[str],
    make: Callable[[], HttpResponse],
    is_worth_keeping: Callable[[HttpResponse], bool] = lambda _page: True,
    right_for: float = 0.0,
) -> HttpResponse:
    """``conditional``, with the page kept in the cache under its name: for what is a pure function of records.

    ``is_worth_keeping`` sees the page that was made: a page that few ask for and that cost little is not kept.
    ``right_for`` is as in ``conditional``. The page is kept when it leaves, see ``keep_by_name``.
    """
    name = etag(*names)

    def remembered() -> HttpResponse:
        page = caches["pages"].get(_KEPT.format(name))
        if page is not None:
            return _kept(packing.unpack(page[0]), *page)
        made = make()
        if not is_worth_keeping(made):
            return made
        given = _kept(made.content, packing.pack(made.content), made.headers["Content-Type"])
        given._is_new = True  # type: ignore[attr-defined]
        return given

    response = _answer(request, name, keys, remembered)
    let_hold(response, right_for)
    return response


def listing(request: HttpRequest, key: str, *names: Name, make: Callable[[], HttpResponse]) -> HttpResponse:
    """``cached`` for the page of a topic, an article and their like: named by the last record that changed what is
    under its ``key``, so that other publications leave it as it is. First pages are kept; redirects are not."""
    named = (request.get_full_path(), published_state.changed(key), *names)
    return cached(
        request,
        *named,
        keys=[key],
        make=make,
        is_worth_keeping=lambda page: page.status_code == 200 and not request.GET,
        right_for=UNTIL_PUBLISHED,
    )


def _answer(request: HttpRequest, name: str, keys: Iterable[str], make: Callable[[], R]) -> R | HttpResponse:
    etag = f'"{name}"'
    response: R | HttpResponse | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        cache_headers.mark_public(response, keys)
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _kept(content: bytes, packed: bytes, content_type: str) -> HttpResponse:
    given = HttpResponse(content, content_type=content_type)
    given._packed = packed  # type: ignore[attr-defined]
    return given


def packed_content(response: HttpResponse) -> bytes:
    """The bytes of an answer as they are kept; packed only once."""
    found: bytes | None = getattr(response, "_packed", None)
    return packing.pack(response.content) if found is None else found


def keep_by_name(response: HttpResponseBase) -> None:
    """Keep a page of ``cached`` under its name, when it was made just now. What is kept under its address is not."""
    if isinstance(response, HttpResponse) and getattr(response, "_is_new", False):
        name = response.headers["ETag"].strip('"')
        page = packed_content(response), response.headers["Content-Type"]
        caches["pages"].set(_KEPT.format(name), page, KEEP_SECONDS)


def is_cached(response: HttpResponseBase) -> bool:
    """Whether the answer is one of ``cached``: a pure function of records."""
    return hasattr(response, "_packed")


def _refuse_nul(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """PostgreSQL has no NUL in text, so no address of ours has one."""
    if any("\x00" in str(value) for value in kwargs.values()):
        raise PublishedClaim.DoesNotExist
    if any("\x00" in value for values in request.GET.lists() for value in values[1]):
        raise BadAddressError(_("This web address contains an invalid character. Please type your search again."))
