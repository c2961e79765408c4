"""Every write about partners."""
