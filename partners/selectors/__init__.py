"""Which rows about partners."""
