"""The project's own PostgreSQL: a Django database backend and the server behind it."""
