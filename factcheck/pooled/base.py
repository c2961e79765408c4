"""A connection by way of PgBouncer, used only when its login may do no more than readers may.

PgBouncer passes neither a role nor limits on from the client, so they have to belong to the login.
"""

from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

_LIMITS: Final = """
SELECT current_setting('default_transaction_read_only') = 'on' AND current_setting('statement_timeout') <> '0'
    AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    AND NOT EXISTS (
        SELECT FROM pg_class WHERE relname = 'articles_claim' AND has_table_privilege(oid, 'SELECT')
    )
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a look at the login of each new connection."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection. Raises ImproperlyConfigured when its login may write, read the desk, or work without end."""
        connection = super().get_new_connection(conn_params)
        if self.settings_dict.get("IS_POOLED"):
            is_limited = connection.execute(_LIMITS).fetchone()[0]
            connection.rollback()
            if not is_limited:
                connection.close()
                raise ImproperlyConfigured(
                    "READERS_DATABASE_POOL_URL leads to a login that is not limited to what readers may do. "
                    "docs/availability.md has the statements that limit it."
                )
        return connection
