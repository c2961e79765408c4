"""Takes secrets out of texts that leave the site: log lines and error reports.

Anyone who reads a line with a secret could use it: a link for an expert, an invitation, a link for a new password, one
that stops e-mails, the address of a reader's report, a key, a cookie, a password of a database.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

#: Addresses whose next part is a secret, in any language of the site.
_LINKS: Final = re.compile(
    r"((?:/expert|/unsubscribe|/follow|/account/invitation|/password/reset/key|/reports|(?<![0-9a-f]{4})/suggestions)/+)"
    r"[^/\s?#\"'\\]+"
)
_PATTERNS: Final = (  # none may look at a long text twice: what strangers send is in some lines
    # The query of an address: search words, codes of single sign-on, keys.
    (re.compile(r"(?<=[\w/%.-])\?(?=[\w%])[^\s\"'<>]+"), "?…"),
    # A password in the address of a database, a mail server or a Redis; the key of a Sentry project.
    (re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/@\"']{1,300}@"), r"\1…@"),
    # Keys of partners and people, without the beginning, by which they are found and revoked.
    (re.compile(r"(fc[pt](?:_|%5[Ff])[A-Za-z0-9_-]{8})[A-Za-z0-9_%-]{8,}"), r"\1…"),
    # Secrets of webhooks, signing keys of the log.
    (re.compile(r"\b(whs(?:ec|k)_|PRIVATE\+KEY\+)[A-Za-z0-9_=/+.-]+"), r"\1…"),
    # The address of a reader's device at a push service.
    (
        re.compile(r"(\b(?:fcm\.googleapis|push\.services\.mozilla|notify\.windows|push\.apple)\.com/)[^\s\"'<>]+"),
        r"\1…",
    ),
    (re.compile(r"(?i)\b((?:bearer|basic) +)[A-Za-z0-9._~+/=-]{8,}"), r"\1…"),
    (re.compile(r"(?i)((?:sessionid|csrftoken|csrfmiddlewaretoken|password|secret)['\"]?\s?[=:]\s?)[^\s;,&]+"), r"\1…"),
    (re.compile(r"(?i)\b((?:set-)?cookie['\"]?\s?:)[^\r\n]+"), r"\1…"),
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_SHORTEST: Final = 8


class _Known:
    """The secrets of this installation's settings, as one pattern."""

    pattern: re.Pattern[str] | None = None


def hide(secrets: Iterable[str]) -> None:
    """Take these texts out as well, wherever they are. Short ones are left alone: they would be in any word."""
    found = sorted({text for text in secrets if len(text) >= _SHORTEST}, key=len, reverse=True)
    _Known.pattern = re.compile("|".join(map(re.escape, found))) if found else None


def configured(settings: Any) -> list[str]:
    """The secrets in Django's ``settings``."""
    databases = [one.get("PASSWORD", "") for given in settings.DATABASES.values() for one in _servers(given)]
    oidc = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {}).get("APPS", [])
    return [
        *databases,
        *(app.get("secret", "") for app in oidc),
        *(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS, settings.EMAIL_HOST_PASSWORD, settings.PURGE_TOKEN),
        *(settings.METRICS_TOKEN, settings.LOG_SIGNING_KEY, settings.CHAT_WEBHOOK_URL, settings.SENTRY_DSN),
        settings.VAPID_PRIVATE_KEY,
    ]


def _servers(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [given, *given.get("CANDIDATES", [])]


def redact(text: str) -> str:
    """``text`` without the secrets that can be told by their form, and without those that were given to ``hide``."""
    if _Known.pattern:
        text = _Known.pattern.sub("…", text)
    text = _LINKS.sub(r"\1…", text)
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    return text


def redact_path(path: str) -> str:
    """The path of a request (no query) on one line, without the secrets in it."""
    path = redact(path)
    return path if path.isprintable() else path.encode("unicode_escape").decode("ascii")


def redact_all(value: Any) -> Any:
    """The same for each text in lists and dictionaries; e-mail addresses go as well."""
    if isinstance(value, str):
        return _EMAIL.sub("…@…", redact(value))
    if isinstance(value, dict):
        return {key: redact_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redact_all(item) for item in value]
    return value
