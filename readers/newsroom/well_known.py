"""What programs look for at fixed addresses: whom to tell of a security fault, and where the API is described."""

import json
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from readers.http.responses import readers_page

#: How long what ``security.txt`` says can be relied on: less than a year, as RFC 9116 advises.
_HOLDS = timedelta(days=180)


@readers_page
def security(request: HttpRequest) -> HttpResponse:
    """``security.txt`` (RFC 9116). Without an address to write to there is none."""
    if not settings.CONTACT_EMAIL:
        return HttpResponse("This site has not named an address to write to.\n", status=404, content_type=_TEXT)
    expires = datetime.combine(timezone.localdate() + _HOLDS, time.min, UTC)
    languages = ", ".join(dict(settings.LANGUAGES))
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {languages}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=_TEXT)


_TEXT = "text/plain; charset=utf-8"


@readers_page
def api_catalog(request: HttpRequest) -> HttpResponse:
    """The API catalogue (RFC 9727): a link set (RFC 9264) with the API's description and its manual."""
    api = f"{settings.SITE_URL}/api/v1/"
    entry = {
        "anchor": api,
        "service-desc": [{"href": f"{api}openapi.json", "type": "application/json"}],
        "service-doc": [{"href": f"{api}docs/", "type": "text/html"}],
        "status": [{"href": f"{settings.SITE_URL}/readyz"}],
    }
    response = HttpResponse(
        json.dumps({"linkset": [entry]}, indent=1),
        content_type='application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
    )
    response.headers["Link"] = f'<{settings.SITE_URL}{request.path}>; rel="api-catalog"'
    return response
