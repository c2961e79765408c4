"""The server's own way in, which Django's test client goes around."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.core.cache import cache, caches
from lxml import html

from factcheck.wsgi import application
from tests import newsroom

pytestmark = pytest.mark.django_db


def counted(query: str, content_type: str = "") -> tuple[int, str]:
    """Status of the list of claims, and how many it says there are."""
    environ = {"PATH_INFO": "/claims/", "QUERY_STRING": query, "CONTENT_TYPE": content_type}
    setup_testing_defaults(environ)
    response = application.get_response(application.request_class(environ))
    return response.status_code, html.fromstring(response.content.decode()).xpath("string(//*[@id='count'])")


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "idna", "base64", "rot13", "no-such"])
@pytest.mark.parametrize("query", ["topic=%C3%89lan", "topic=\u00c3\u0089lan"])
def test_a_charset_in_content_type_does_not_change_how_a_query_is_read(people, charset, query, settings):
    """What a request says of a body that it does not have is not kept for all who ask for the page."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    cache.clear()
    caches["pages"].clear()
    newsroom.published(people, topics=["Élan"])
    assert counted(query, f"text/plain; charset={charset}") == (200, "1 fact check")
    assert counted(query) == (200, "1 fact check")
