"""The editors' door: pages and JSON inside the Django admin site."""
