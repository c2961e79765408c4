"""Wiring: settings, addresses, the database, and the version of the product."""

#: The version of this code, the only place that says it (docs/releasing.md).
__version__ = "2.0.0"
