"""The database backend of the readers' connection by way of PgBouncer (``READERS_DATABASE_POOL_URL``)."""
