"""The parts Django puts together: apps, middleware, templates, static files, the look of the admin, the API."""

from typing import Any

from js_asset import static_lazy

from factcheck import admin_theme, api_document, single_sign_on, template_engines
from factcheck.settings.environment import BASE_DIR, DEBUG, VAR_DIR, env
from factcheck.settings.sending import FEED_LICENSE
from factcheck.settings.site import CONTACT_EMAIL, SITE_NAME, SITE_URL, THEME_DIR

INSTALLED_APPS = [
    "desk",  # first, so that its words win where Django and Unfold translate the same text in another way
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    *single_sign_on.APPS,
    "django_prose_editor",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    "accounts",
    "notifications",
    "caching",
    "partners",
    "jobs",  # before articles, whose roles name its permissions
    *("articles", "followers", "api", "readers", "demo"),
    "factcheck",  # for its command
]

#: How long a process may give a page again without looking whether something newer was published.
PAGE_SECONDS: float = env.float("PAGE_SECONDS", 0.0 if DEBUG else 1.0)
#: For how long in each minute the worker makes pages of claims that nobody has asked for yet.
PAGES_AHEAD_SECONDS: float = env.float("PAGES_AHEAD_SECONDS", 0.0 if DEBUG else 10.0)
#: Rendered pages take at most so much memory in each process.
PAGE_MEMORY_MB: int = env.int("PAGE_MEMORY_MB", 64)
MIDDLEWARE = [
    "factcheck.insight.requests.RequestMiddleware",  # every answer has an id, and its log line
    "factcheck.compression.CompressionMiddleware",  # what the others keep is not packed
    "desk.people.sign_in_queue.SignInQueueMiddleware",
    "readers.http.topic_views.TopicViewsMiddleware",  # sees the pages that the next one gives again
    "readers.held_pages.middleware.PageCacheMiddleware",  # first, so that a page it knows costs nothing
    "readers.http.cross_origin.CrossOriginMiddleware",
    "factcheck.headers.KeepErrorsOutOfCaches",
    "factcheck.health.ProbesMiddleware",  # probes name this machine by its IP address
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "readers.http.page_language.PageLanguageMiddleware",
    "csp.middleware.CSPMiddleware",
    "api.addresses.RefuseKeysInUrlsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "factcheck.headers.StripContentLengthOn304",
    "django.middleware.common.CommonMiddleware",
    "readers.http.redirects.RedirectsMiddleware",  # before a slash is added to an address of the earlier site
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "desk.http.language.DeskLanguageMiddleware",
    "desk.people.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factcheck.headers.DeskHeadersMiddleware",
    "factcheck.unavailable.OutageMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = template_engines.both(base_dir=BASE_DIR, theme_dir=THEME_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
UNFOLD: dict[str, Any] = admin_theme.unfold(site_name=SITE_NAME)

# --- Static files -------------------------------------------------------------------------------
_OWN_STATIC = [THEME_DIR / "static"] if THEME_DIR and (THEME_DIR / "static").is_dir() else []
#: Before the static files of apps: smaller files in place of the desk's theme's (decision 61).
STATICFILES_DIRS = [*_OWN_STATIC, BASE_DIR / "factcheck" / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = None if DEBUG else VAR_DIR / "static"
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

#: What the editor of explanations has besides its library; the server cleans what it gets (lib.richtext).
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("desk/explanation/extensions.js")],
        "extensions": dict.fromkeys(
            ("Citation", "Chart", "Picture", "TrailingNode", "Writing"), "lib.richtext.cleaning.clean"
        ),
    }
]

# --- API ----------------------------------------------------------------------------------------
#: What makes the previews of readers' pages for the desk; the doors do not import each other.
CLAIM_PREVIEWS = "readers.previews"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.http.negotiation.Negotiation",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.http.auth.PersonalTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.http.auth.IsOnTheDesk"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.http.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "SCHEMA_COERCE_PATH_PK": False,
    # Whose address is counted: the connection's, or the one the nearest proxy saw.
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", False) else 0,
}
SPECTACULAR_SETTINGS: dict[str, Any] = api_document.spectacular(
    site_name=SITE_NAME, site_url=SITE_URL, contact=CONTACT_EMAIL, license_url=FEED_LICENSE
)
