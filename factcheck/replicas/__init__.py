"""The database backend of the readers' connection where it has replicas (``READERS_DATABASE_URLS``)."""
