"""The addresses of single sign-on with SAML. Its packages (``requirements-saml.txt``) are imported when needed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from desk.people.single_sign_on import NOT_CONFIRMED, guarded, leave, logger, provider_down, refusal

#: The longest answer of a provider, in bytes; the usual ones have about ten thousand. It is stored for a moment.
_LONGEST = 256 * 1024


def login(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Send the browser to the provider."""
    return leave(request, _run("login", request, organization_slug))


@csrf_exempt
def answer(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Where the provider lets the browser post its answer to. It is checked by ``finish``, which has the session."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if request.method != "POST" or not length.isdecimal() or int(length) > _LONGEST:
        return refusal(request, _("This address is for answers of the sign-in service. Start at the sign-in page."))
    return _run("acs", request, organization_slug)


def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Check the answer and sign the person in."""
    return _run("finish_acs", request, organization_slug)


def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the provider has to know about the desk, as XML."""
    return _run("metadata", request, organization_slug)


def sign_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Signing out at the provider does not sign out here. Raises ``Http404``."""
    raise Http404


def _run(name: str, request: HttpRequest, slug: str) -> HttpResponse:
    """Allauth's view. Raises ``Http404`` where SAML is not set up."""
    if "saml" not in settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    from allauth.socialaccount.providers.saml import views
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError

    view: Callable[..., Any] = getattr(views, name)
    try:
        return guarded(lambda request, slug: view(request, organization_slug=slug), request, slug)
    except (SyntaxError, OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError):  # of lxml: what came is not XML
        return refusal(request, NOT_CONFIRMED)
    except Exception as error:
        if type(error) is not Exception:  # the library raises bare ones for metadata that it cannot use
            raise
        logger.warning("single sign-on failed: %s", error)
        return provider_down(request)
