"""The address of a private link, in every language of the site as readers' pages are (``readers.http.languages``).

The secret is its last part: the page works without scripts and without an account.
"""

from django.urls import URLResolver, path
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from desk.expert import pages

app_name = "expert"

_PAGES = [path("expert/<str:token>/", pages.claim, name="claim")]

# Nested as the readers' addresses are (``readers.urls``).
urlpatterns = [URLResolver(RoutePattern(""), [URLResolver(LocalePrefixPattern(prefix_default_language=False), _PAGES)])]
