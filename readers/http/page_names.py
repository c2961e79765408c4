"""Names of pages: each is made of everything its page follows from, and is its ETag."""

import base64
import hashlib
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from articles import rating_words

#: What a page is named by; a binary column may come as either of the first two.
Name = bytes | memoryview | str
#: What a page depends on in addition to its records: code, translations and templates.
_BUILT_FROM = (
    "templates/readers/**/*.html",
    "templates/readers/**/*.xml",
    "readers/**/*.py",
    "readers/static/factcheck/*",
    "articles/*.py",
    "articles/selectors/**/*.py",
    "articles/services/**/*.py",
    "caching/*.py",
    "lib/**/*.py",
    "locale/**/*.mo",
)
_SETTINGS = (
    "FOLLOW_BY_EMAIL",
    "FOLLOW_ON_DEVICES",
    "EMAIL_BACKEND",
    "SITE_NAME",
    "VERDICT_LEAD_IN",
    "TIP_PROMISE",
    "TIP_LINES",
    "SITE_URL",
    "CONTACT_EMAIL",
    "LANGUAGE_CODE",
    "LANGUAGES",
    "TIME_ZONE",
    "STATIC_URL",
)


def etag(*names: Name) -> str:
    """A short name for what a page is made of: its ``names``, its language, the build of the templates, and the
    newsroom's own words for ratings."""
    digest = hashlib.sha256(f"{template_fingerprint()}|{get_language()}|{rating_words.stamp()}".encode())
    for name in names:
        data = name.encode() if isinstance(name, str) else bytes(name)
        digest.update(len(data).to_bytes(8, "big") + data)
    return base64.urlsafe_b64encode(digest.digest()).decode()[:22]


def template_fingerprint() -> str:
    """A hash of all that turns records into pages. With DEBUG on it is taken anew each time, as files change then."""
    files = _files.__wrapped__() if settings.DEBUG else _files()
    return "|".join([files, *(str(getattr(settings, name)) for name in _SETTINGS)])


@cache
def _files() -> str:
    """The product's files that pages follow from, and all of a theme's: pages name its images by their hashes."""
    found = [(settings.BASE_DIR, path) for pattern in _BUILT_FROM for path in settings.BASE_DIR.glob(pattern)]
    if settings.THEME_DIR:
        found += [(settings.THEME_DIR, path) for path in settings.THEME_DIR.rglob("*")]
    digest = hashlib.sha256()
    for name, path in sorted((str(path.relative_to(folder)), path) for folder, path in found):
        if path.is_file():
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
