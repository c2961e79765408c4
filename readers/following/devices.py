"""Following on a device: what the follow page's script asks, and the script that shows notifications.

The subscription is the authority: a request names its address and the secret that the browser shares with us.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from followers import selectors
from followers.models import Device
from followers.services import devices, push_keys
from lib.parsing.headers import exceeds_limit
from lib.refusals import RefusedError
from lib.webpush.receiver import SECRET_BYTES, BadKeysError, decoded
from readers.following import charges, targets
from readers.http import form_tokens, languages
from readers.http.responses import script_call

_MAX_BODY: Final = 16 * 1024
_WORKER: Final = Path(__file__).parents[1] / "static/factcheck/push-worker.js"
_Answer = dict[str, Any]


@script_call
def device(request: HttpRequest) -> HttpResponse:
    """One act of the script: ``look``, ``follow``, ``stop``, ``stop-all``, ``move``. Answers what is followed then."""
    if not selectors.are_notifications_on():
        raise Http404
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), _MAX_BODY):
        return _refused(_("Your message is too long. Nothing was sent."), 413)
    if not form_tokens.is_from_here(request):
        return _refused(_("This form was sent from another site, so nothing was saved."), 403)
    act = request.POST.get("act", "")
    try:
        if act == "follow":
            return _follow(request)
        return _change(request, act)
    except RefusedError as error:
        return _refused(str(error), 400)


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows notifications. Its address is part of each subscription, so it stays.

    Browsers let it act below ``/follow/`` only: no page of the site goes through it.
    """
    if not selectors.are_notifications_on():
        raise Http404
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/follow/"
    return response


def key() -> str:
    """What the page's script subscribes with; nothing while notifications are off."""
    return push_keys.site_key().public_text() if selectors.are_notifications_on() else ""


def _follow(request: HttpRequest) -> HttpResponse:
    target = targets.read(targets.given(request.POST))
    if wait := charges.take(request):
        minutes = -(-wait // 60)
        message = ngettext(
            "Too many requests came from your network. Try again in %(n)s minute.",
            "Too many requests came from your network. Try again in %(n)s minutes.",
            minutes,
        )
        response = _refused(message % {"n": minutes}, 429)
        response["Retry-After"] = str(wait)
        return response
    row = devices.follow(**_subscription(request), kind=target.kind, target=target.key, language=languages.current())
    return _answer(request, row)


def _change(request: HttpRequest, act: str) -> HttpResponse:
    """Everything but ``follow``. A device that is not known follows nothing: so the script learns that it has left."""
    row = _known(request)
    if row is None:
        return _answer(request, None)
    if act == "stop":
        one = request.POST.get("follow", "")
        devices.stop(row, follows=[int(one)] if one.isascii() and one.isdigit() and int(one) < 2**63 else [])
    elif act == "stop-all":
        devices.stop(row)
    elif act == "move":
        devices.move(row, **_subscription(request, "new_"))
    elif act != "look":
        return _refused(_("Your browser sent something that we cannot read. Reload the page and try again."), 400)
    return _answer(request, row)


def _known(request: HttpRequest) -> Device | None:
    try:
        secret = decoded(request.POST.get("auth", ""), SECRET_BYTES)
    except BadKeysError:
        return None
    endpoint = request.POST.get("endpoint", "")
    return None if "\x00" in endpoint else selectors.device(endpoint, secret)


def _subscription(request: HttpRequest, prefix: str = "") -> dict[str, str]:
    return {name: request.POST.get(prefix + name, "") for name in ("endpoint", "p256dh", "auth")}


def _answer(request: HttpRequest, row: Device | None) -> HttpResponse:
    """What the device follows now; ``this`` is the number of what the page is about, if that is among it."""
    follows = list(row.follows.all()) if row else []
    found = {
        "this": _this(request, follows),
        "followed": [
            {"id": one.follow.pk, "title": one.title, "language": one.language} for one in selectors.described(follows)
        ],
    }
    return JsonResponse(found)


def _this(request: HttpRequest, follows: list[Any]) -> int | None:
    if not follows or request.POST.get("act") == "move":
        return None
    target = targets.read(targets.given(request.POST))
    return next((one.pk for one in follows if (one.kind, one.target) == (target.kind, target.key)), None)


def _refused(message: str, status: int) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)


@cache
def _kept() -> bytes:
    return _WORKER.read_bytes()


def _worker() -> bytes:
    """The file; read anew each time on a developer's machine."""
    return _WORKER.read_bytes() if settings.DEBUG else _kept()
