"""Following by e-mail: asking, confirming, and leaving. The form also offers to follow on a device.

No account, no cookie; links of e-mails are the authority.

A GET changes nothing, because programs that look for harmful links open each of them. A POST from such a link needs no
token against forgery: the link is one, and mail programs could not send another (RFC 8058).
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followers import links, selectors
from followers.links import BadLinkError
from followers.services import following
from lib.parsing.headers import exceeds_limit
from readers.following import charges, devices, targets
from readers.following.forms import FollowForm
from readers.following.targets import Target
from readers.http import form_tokens, languages
from readers.http.responses import form_page, private_page, scripted_form_page

_UNTOLD = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
_MAX_BODY = 16 * 1024


@scripted_form_page
def follow(request: HttpRequest) -> HttpResponse:
    """The form, empty or with what is wrong; a good one leads to the same answer for every address."""
    if request.method != "POST":
        _check_any_way()
        return _form(request, targets.read(targets.given(request.GET)), FollowForm())
    _check_by_email()
    if (refusal := _refusal(request)) is not None:
        return refusal
    target, form = targets.read(targets.given(request.POST)), FollowForm(request.POST)
    if not form.is_valid():
        return _form(request, target, form, status=400)
    if wait := charges.take(request):
        minutes = -(-wait // 60)
        message = ngettext(
            "Too many messages came from your network. Your text is still here: try again in %(n)s minute.",
            "Too many messages came from your network. Your text is still here: try again in %(n)s minutes.",
            minutes,
        ) % {"n": minutes}
        response = _form(request, target, form, message, status=429)
        response["Retry-After"] = str(wait)
        return response
    following.ask(
        email=form.cleaned_data["email"],
        kind=target.kind,
        target=target.key,
        rhythm=form.cleaned_data["rhythm"],
        language=languages.current(),
        at=timezone.now(),
    )
    return _to(reverse("readers:follow_asked"))


@form_page
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next, in the same words for every address."""
    return private_page(request, "readers/following/asked.html", headers=_UNTOLD)


@form_page
def follows(request: HttpRequest, token: str) -> HttpResponse:
    """What one address follows and what waits to be confirmed; a POST confirms, or stops one or all."""
    try:
        follower, _follows = links.read(token)
    except BadLinkError:
        return private_page(request, "readers/404.html", status=404, headers=_UNTOLD)
    if request.method == "POST":
        if exceeds_limit(request.META.get("CONTENT_LENGTH"), _MAX_BODY):
            return _refused(request, _("Your message is too long. Nothing was sent."), 413)
        _act(request, follower)
        return _to(request.path)
    return _list(request, follower)


@form_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an e-mail that ends what it was sent for. GET asks, POST stops; a second time changes nothing."""
    try:
        follower, ended = links.read(token)
    except BadLinkError:
        return private_page(request, "readers/404.html", status=404, headers=_UNTOLD)
    if request.method == "POST":
        following.stop(follower=follower, follows=ended)
    known = selectors.follower(follower)
    left = known.follows.filter(pk__in=ended) if known else []
    context = {
        "stopping": selectors.described(left),
        "is_gone": known is None,
        "own_page": links.own_page(follower, languages.current()),
    }
    return private_page(request, "readers/following/stop.html", context, headers=_UNTOLD)


def _act(request: HttpRequest, follower: int) -> None:
    """Do what the pressed button says."""
    if "confirm" in request.POST:
        chosen = [int(one) for one in request.POST.getlist("follow") if one.isascii() and one.isdigit()][:1000]
        following.confirm(follower=follower, follows=[one for one in chosen if one < 2**63], at=timezone.now())
    elif "all" in request.POST:
        following.stop(follower=follower)
    else:
        one = request.POST.get("stop", "")
        if one.isascii() and one.isdigit() and int(one) < 2**63:
            following.stop(follower=follower, follows=[int(one)])


def _list(request: HttpRequest, follower: int) -> HttpResponse:
    known = selectors.follower(follower)
    rows = list(known.follows.all()) if known else []
    context = {
        "is_gone": known is None,
        "waiting": selectors.described(row for row in rows if row.asked),
        "followed": selectors.described(row for row in rows if row.confirmed_at),
    }
    return private_page(request, "readers/following/follows.html", context, headers=_UNTOLD)


def _check_any_way() -> None:
    if not selectors.is_on() and not selectors.are_notifications_on():
        raise Http404


def _check_by_email() -> None:
    if not selectors.is_on():
        raise Http404


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Refuse without parsing: a body that is too large, and a request from another site."""
    if exceeds_limit(request.META.get("CONTENT_LENGTH"), _MAX_BODY):
        return _refused(request, _("Your message is too long. Nothing was sent."), 413)
    if not form_tokens.is_from_here(request):
        advice = _("This form was sent from another site, so nothing was saved. Open the form here and send it again.")
        return _refused(request, advice, 403)
    return None


def _refused(request: HttpRequest, advice: str, status: int) -> HttpResponse:
    context = {"advice": advice, "start": request.path, "status": status}
    return render(request, "readers/400.html", context, status=status)


def _form(
    request: HttpRequest, target: Target, form: FollowForm, message: str = "", *, status: int = 200
) -> HttpResponse:
    context = {"target": target, "form": form, "message": message, "is_wrong": status != 200}
    context["push_key"] = devices.key()
    return private_page(request, "readers/following/follow.html", context, status=status)


def _to(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address, "Cache-Control": "no-store"} | _UNTOLD)
