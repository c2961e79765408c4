"""Reports errors to Sentry, or to anything that speaks its protocol. Without personal data and without secrets."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from factcheck.insight import context
from factcheck.insight.redaction import redact_all, redact_path
from factcheck.outages import is_outage

#: What a report says of a request, besides its path.
_OF_REQUEST = ("method",)


def checked_dsn(given: str) -> str:
    """The address, once the package is there. Raises ``ImproperlyConfigured``, which does not repeat the key in it."""
    if not given:
        return ""
    if not given.startswith(("https://", "http://")) or "@" not in given:
        raise ImproperlyConfigured("SENTRY_DSN must be an address such as https://KEY@sentry.example.org/1.")
    if find_spec("sentry_sdk") is None:
        raise ImproperlyConfigured("SENTRY_DSN needs the package of requirements-sentry.txt.")
    return given


def start(*, dsn: str, release: str, environment: str) -> None:
    """Report errors of this process from now on; nothing without ``dsn``."""
    if not dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=f"factcheck@{release}",
        environment=environment,
        server_name="",
        before_send=clean,
        max_breadcrumbs=0,  # they have statements, addresses and log lines
        max_request_body_size="never",
        include_local_variables=False,
        send_default_pii=False,
        auto_session_tracking=False,
        send_client_reports=False,
        traces_sample_rate=None,
    )


def clean(event: Any, hint: Any) -> Any:
    """The report without what is nobody's business, and with the id of the request or job; None: no report.

    An outage of the database is one report, that of its log line, not one for each request.
    """
    error = (hint.get("exc_info") or (None, None))[1]
    if is_outage(error):
        return None
    found = {name: value for name, value in event.items() if name not in ("user", "breadcrumbs", "extra", "modules")}
    if request := found.pop("request", None):
        path = "/" + str(request.get("url", "")).partition("://")[2].partition("/")[2].partition("?")[0]
        found["request"] = {"url": redact_path(path), **{name: request.get(name) for name in _OF_REQUEST}}
    found = {**found, **redact_all({name: found[name] for name in _TEXTS if name in found})}
    if now := context.current():
        named = {"request_id": now.request_id, "job": now.job, "job_id": now.job_id and str(now.job_id)}
        found["tags"] = {**found.get("tags", {}), **{name: value for name, value in named.items() if value}}
    return found


#: The parts of a report that may quote what people or programs sent.
_TEXTS = ("message", "logentry", "exception", "transaction", "threads", "contexts", "tags", "culprit")
