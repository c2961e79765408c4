"""Caches in front of the site: how long they keep a page, the keys of a page, and purges after a change."""
