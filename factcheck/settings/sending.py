"""What leaves the site: feeds, webhooks, e-mail, chat, background jobs."""

from typing import Any

from factcheck import push_key
from factcheck.settings.environment import DEBUG, env
from factcheck.settings.site import CONTACT_EMAIL

#: The licence of what the ClaimReview feed gives, by its address; empty says nothing about it.
FEED_LICENSE: str = env.str("FEED_LICENSE", "")

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
#: Where e-mails about accounts go at first: rows that the worker sends.
QUEUED_EMAIL_BACKEND = "notifications.backends.Queued"
EMAIL_HOST: str = _email["EMAIL_HOST"] or ""
EMAIL_PORT: int = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL: bool = _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", CONTACT_EMAIL)
#: Whether readers can follow by e-mail. It is off as well where no e-mail leaves (``EMAIL_URL=dummy:``).
FOLLOW_BY_EMAIL: bool = env.bool("FOLLOW_BY_EMAIL", True)
#: The secret half of the key by which push services know this site (manage.py push_key). With it, readers can follow
#: by notifications on a device.
VAPID_PRIVATE_KEY: str = push_key.checked(env.str("VAPID_PRIVATE_KEY", ""))
FOLLOW_ON_DEVICES = bool(VAPID_PRIVATE_KEY)
#: The push services that messages are sent to: those of browsers' makers, each with all hosts below it.
PUSH_SERVICES: list[str] = [
    host.strip().lower()
    for host in env.list(
        "PUSH_SERVICES",
        ["fcm.googleapis.com", "jmt17.google.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"],
    )
    if host.strip()
]
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
