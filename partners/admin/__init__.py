"""Partners in the admin."""
