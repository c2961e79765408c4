"""Settings: one file; what differs between machines comes from environment variables.

With ``DEBUG`` off every secret must be given and everything that could leak is closed: a missing
variable stops the process with its name instead of starting with a guess.
"""

from pathlib import Path
from typing import Any

from environs import Env

from factcheck import (
    admin_theme,
    api_document,
    content_policy,
    database,
    log_redaction,
    single_sign_on,
    site_languages,
    template_engines,
)
from partners import rates

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", False)

SECRET_KEY: str = env.str("SECRET_KEY", "development-only" * 4 if DEBUG else None) or database.missing("SECRET_KEY")
#: Earlier keys: what was sealed under them can still be opened.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

#: The address readers know this site by; canonical links, feeds and records use it.
SITE_URL: str = env.str("SITE_URL", f"http://127.0.0.1:{env.str('PORT', '8000')}" if DEBUG else "").rstrip(
    "/"
) or database.missing("SITE_URL")
#: The newsroom's name, as it appears on pages, in feeds and as the author of each ClaimReview.
SITE_NAME: str = env.str("SITE_NAME", "Factcheck")
#: Where readers report an error.
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", "corrections@factcheck.example")
LOG_ORIGIN: str = env.str("LOG_ORIGIN", SITE_URL.split("://", 1)[-1] + "/log")  # these four: docs/log.md
LOG_SIGNING_KEY: str = env.str("LOG_SIGNING_KEY", "")
LOG_SIGNING_KEY_FILE: str = env.str("LOG_SIGNING_KEY_FILE", "")
LOG_CHECKPOINT_FILE: str = env.str("LOG_CHECKPOINT_FILE", str(VAR_DIR / "checkpoints.log"))

INSTALLED_APPS = [
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
    "partners",
    "jobs",  # before articles, whose roles name its permissions
    *("articles", "api", "readers", "desk", "demo"),
    "factcheck",  # for its command
]

#: How long a process may give a page again without looking whether something newer was published.
PAGE_SECONDS: float = env.float("PAGE_SECONDS", 0.0 if DEBUG else 1.0)
MIDDLEWARE = [
    "readers.http.topic_views.TopicViewsMiddleware",  # sees the pages that the next one gives again
    "readers.http.page_cache.PageCacheMiddleware",  # before everything else, so that a page it knows costs nothing
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
    "desk.people.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

# --- Look: docs/theming.md ----------------------------------------------------------------------
#: A newsroom's own folder with "templates" and "static" in it, looked at before ours.
THEME_DIR: Path | None = env.path("THEME_DIR", None)
TEMPLATES = template_engines.both(base_dir=BASE_DIR, theme_dir=THEME_DIR)
STATICFILES_DIRS = [THEME_DIR / "static"] if THEME_DIR and (THEME_DIR / "static").is_dir() else []
HAS_THEME_CSS = bool(THEME_DIR and (THEME_DIR / "static/factcheck/theme.css").is_file())

# --- Two connections ---------------------------------------------------------------------------------
# "default" is the desk. "readers" is what every public page and read API runs on: its role may only
# SELECT the published tables (articles/migrations), so a forgotten filter is "permission denied".
DATABASES: dict[str, dict[str, Any]] = database.connections(
    desk_url=env.str("DATABASE_URL", "") or (database.EMBEDDED if DEBUG else database.missing("DATABASE_URL")),
    readers_url=env.str("READERS_DATABASE_URL", ""),
    var_dir=VAR_DIR,
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["accounts.hashing.Argon2Hasher", "accounts.hashing.EarlierHasher"]
#: How many passwords one process checks at once; more wait a moment, so that readers' pages keep their threads.
PASSWORD_HASHES_AT_ONCE: int = env.int("PASSWORD_HASHES_AT_ONCE", 1)
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
#: Wrong passwords and codes of one account, and of one network (IPv4 /24, IPv6 /64). What is right costs nothing.
SIGN_IN_ACCOUNT_RATE: str = rates.checked("SIGN_IN_ACCOUNT_RATE", env.str("SIGN_IN_ACCOUNT_RATE", "10/hour"))
SIGN_IN_NETWORK_RATE: str = rates.checked("SIGN_IN_NETWORK_RATE", env.str("SIGN_IN_NETWORK_RATE", "60/hour"))
#: Sessions end: after hours without a request, after days in any case.
SESSION_IDLE_HOURS: float = env.float("SESSION_IDLE_HOURS", 12.0)
SESSION_MAX_DAYS: float = env.float("SESSION_MAX_DAYS", 7.0)
#: Whether people sign in with a password; off where everybody comes through single sign-on.
PASSWORD_SIGN_IN: bool = env.bool("PASSWORD_SIGN_IN", True)
OIDC_GROUPS_CLAIM: str = env.str("OIDC_GROUPS_CLAIM", "groups")  # these three: docs/operations.md
OIDC_ROLES: dict[str, str] = single_sign_on.parse_roles(env.str("OIDC_ROLES", ""))
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(env)
globals().update(single_sign_on.allauth_settings(debug=DEBUG, login_url=LOGIN_URL, max_days=SESSION_MAX_DAYS))

# --- Language and time --------------------------------------------------------------------------
# No LocaleMiddleware: a page is in the language its address begins with, claims are in their own, and a
# "Vary: Accept-Language" on every readers' page would split shared caches for nothing.
#: The languages the readers' pages come in; each has a catalogue in locale/.
SITE_LANGUAGES: list[str] = env.list("SITE_LANGUAGES", site_languages.SHIPPED)
#: The newsroom's own language: its pages have addresses without a prefix.
LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", "en")
LANGUAGES = site_languages.chosen(SITE_LANGUAGES, default=LANGUAGE_CODE)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- Static files -------------------------------------------------------------------------------
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

# --- Limits on what comes in --------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
#: The largest file that is kept with a source, and the largest that is fetched from an address for keeping.
ATTACHMENT_MAX_BYTES: int = env.int("ATTACHMENT_MAX_MB", 15) * 1024 * 1024
#: No upload is stored beyond this size; each form has its own, smaller limit.
UPLOAD_MAX_BYTES = max(ATTACHMENT_MAX_BYTES, 10 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "factcheck.uploads.SizeLimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Share cards --------------------------------------------------------------------------------
#: Font files to look for letters in that the cards' own fonts lack, such as Chinese.
CARD_FONTS: list[str] = env.list("CARD_FONTS", [])
#: A card is drawn once and kept on disk under a name that says what it is made of; the disk it may take is bounded.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cards",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# --- Security headers ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 0 if DEBUG else env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
CONTENT_SECURITY_POLICY = content_policy.POLICY

# --- Admin --------------------------------------------------------------------------------------
MIDDLEWARE += ["factcheck.headers.DeskHeadersMiddleware"]
UNFOLD: dict[str, Any] = admin_theme.unfold(site_name=SITE_NAME)

#: The licence of what the ClaimReview feed gives, by its address; empty says nothing about it.
FEED_LICENSE: str = env.str("FEED_LICENSE", "")

# --- API ----------------------------------------------------------------------------------------
#: How many exports may be read at once in one process; each holds a database connection.
EXPORTS_AT_ONCE: int = env.int("EXPORTS_AT_ONCE", 3)
#: How many readers of the change feed may wait for news in one process: less than the server has threads.
CHANGES_WAITERS: int = env.int("CHANGES_WAITERS", 8)
#: How often one may ask, such as 600/min; empty turns the limit off. Per network without a key, per partner's key, per
#: person on the desk, per network with wrong credentials, and everybody together.
API_READ_RATE: str = rates.checked("API_READ_RATE", env.str("API_READ_RATE", "600/min"))
API_KEY_RATE: str = rates.checked("API_KEY_RATE", env.str("API_KEY_RATE", "6000/min"))
API_DESK_RATE: str = rates.checked("API_DESK_RATE", env.str("API_DESK_RATE", "3000/min"))
API_FAILURE_RATE: str = rates.checked("API_FAILURE_RATE", env.str("API_FAILURE_RATE", "60/min"))
API_GLOBAL_RATE: str = rates.checked("API_GLOBAL_RATE", env.str("API_GLOBAL_RATE", ""))
#: How often one network, and everybody together, may send in what readers' forms ask for.
REPORT_RATE: str = rates.checked("REPORT_RATE", env.str("REPORT_RATE", "20/hour"))
REPORT_GLOBAL_RATE: str = rates.checked("REPORT_GLOBAL_RATE", env.str("REPORT_GLOBAL_RATE", "600/hour"))
#: A form that is sent faster than this, in seconds, was filled in by a program.
REPORT_MIN_SECONDS: float = env.float("REPORT_MIN_SECONDS", 3.0)
#: How often one network may open links for experts, right or wrong ones, and how many notes one link takes in a time.
EXPERT_RATE: str = rates.checked("EXPERT_RATE", env.str("EXPERT_RATE", "60/min"))
EXPERT_NOTE_RATE: str = rates.checked("EXPERT_NOTE_RATE", env.str("EXPERT_NOTE_RATE", "10/hour"))
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
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
SPECTACULAR_SETTINGS: dict[str, Any] = api_document.spectacular(site_name=SITE_NAME)

# --- Sending to others --------------------------------------------------------------------------
#: Lets requests to outside addresses reach this machine itself: for trying webhooks out, never in earnest.
OUTBOUND_ALLOW_LOOPBACK = DEBUG and env.bool("OUTBOUND_ALLOW_LOOPBACK", False)
#: Lets articles be fetched over http as well; an address over http can be answered by anybody on the way.
FETCH_OVER_HTTP = env.bool("FETCH_OVER_HTTP", False)
#: Seconds before each attempt of a webhook; as many attempts as numbers.
WEBHOOK_RETRY_SECONDS: list[float] = env.list(
    "WEBHOOK_RETRY_SECONDS", [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400], subcast=float
)
WEBHOOK_TIMEOUT_SECONDS = env.float("WEBHOOK_TIMEOUT_SECONDS", 15.0)
WEBHOOK_BREAKER_SECONDS = env.float("WEBHOOK_BREAKER_SECONDS", 60.0)
_NOT_SENT = "django.core.mail.backends.dummy.EmailBackend"
#: The mail server. With DEBUG nothing is sent: the desk shows e-mails to colleagues on a page.
_email: dict[str, Any] = env.dj_email_url("EMAIL_URL", "dummy:" if DEBUG else "smtp://localhost:25")
EMAIL_BACKEND: str = _email["EMAIL_BACKEND"]
if EMAIL_BACKEND == _NOT_SENT:
    EMAIL_BACKEND = "notifications.backends.ShownOnPage"
EMAIL_HOST: str = _email["EMAIL_HOST"] or ""
EMAIL_PORT: int = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL: bool = _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", CONTACT_EMAIL)
#: Where failures of background jobs are reported; empty: to all people who may run jobs again.
_admins: list[str] = env.list("ADMINS", [])
ADMINS = [("", address) for address in _admins]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
#: The hour (TIME_ZONE) from which on the daily summaries are sent.
DAILY_SUMMARY_HOUR: int = env.int("DAILY_SUMMARY_HOUR", 7)
#: An incoming webhook of Slack, Mattermost or Microsoft Teams to which notices are sent as well.
CHAT_WEBHOOK_URL: str = env.str("CHAT_WEBHOOK_URL", "")

# --- Background jobs ----------------------------------------------------------------------------
PROCRASTINATE_ON_APP_READY = "jobs.registration.register"
#: A run that was missed is made up for within a day, such as those of the night when the worker was down.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
#: Where the nightly verify_log writes its export; empty: nowhere.
LOG_EXPORT_FILE: str = env.str("LOG_EXPORT_FILE", "")

# --- Log lines ----------------------------------------------------------------------------------
LOGGING: dict[str, Any] = log_redaction.logging_settings(level=env.str("LOG_LEVEL", "INFO"))
