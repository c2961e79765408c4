"""What an operator sees: log lines, metrics, error reports. See docs/operations.md."""

from typing import Any

from factcheck import __version__
from factcheck.insight import log_lines, sentry
from factcheck.insight.networks import checked_networks, checked_token
from factcheck.settings.environment import DEBUG, env

#: json or text.
LOG_FORMAT: str = log_lines.checked_format(env.str("LOG_FORMAT", "text" if DEBUG else "json"))
#: Whether each request has a line.
LOG_REQUESTS: bool = env.bool("LOG_REQUESTS", not DEBUG)
LOGGING: dict[str, Any] = log_lines.logging_settings(
    level=env.str("LOG_LEVEL", "INFO"), form=LOG_FORMAT, has_requests=LOG_REQUESTS
)
#: Who may read /metrics: with this token, or from these networks. With neither there is nothing at the address.
METRICS_TOKEN: str = checked_token(env.str("METRICS_TOKEN", ""))
METRICS_NETWORKS = checked_networks(env.list("METRICS_NETWORKS", []))
HAS_METRICS: bool = bool(METRICS_TOKEN or METRICS_NETWORKS)
#: Where errors are reported, in addition to the log.
SENTRY_DSN: str = sentry.checked_dsn(env.str("SENTRY_DSN", ""))
SENTRY_ENVIRONMENT: str = env.str("SENTRY_ENVIRONMENT", "production")
RELEASE: str = __version__
