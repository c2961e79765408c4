"""Django's PostgreSQL backend, which starts the project's own server when none answers."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base as postgresql

from factcheck import database
from factcheck.postgres.server import ServerError


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection to the server under ``settings_dict["VAR_DIR"]``.

    Nothing is started before the first query: importing settings stays free of side effects.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; when that fails, see to it that the server runs and try once more.

        Raises ``psycopg.OperationalError``, which Django turns into its own, also when the server
        cannot be started: its message then carries the end of the server's log.
        """
        server = database.own_server(self.settings_dict["VAR_DIR"])
        try:
            server.refuse_impostor()
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError:
                server.ensure_running()
        except ServerError as error:
            raise psycopg.OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
