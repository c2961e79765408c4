"""Partners in the admin."""

from partners.admin import partners

__all__ = ["partners"]
