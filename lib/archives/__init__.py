"""Published checks of another system, read one by one. Nothing here knows a database."""
