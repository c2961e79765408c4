"""Caches in front of the site, and the cache that processes share. See docs/caching.md."""

from factcheck import cache_settings
from factcheck.settings.environment import env

#: For how many seconds a shared cache keeps a public page without asking.
SHARED_CACHE_SECONDS: int = env.int("SHARED_CACHE_SECONDS", 30)
#: For how many seconds more it may give the old page while it fetches the new one, and while the site fails.
STALE_WHILE_REVALIDATE_SECONDS: int = env.int("STALE_WHILE_REVALIDATE_SECONDS", 30)
STALE_IF_ERROR_SECONDS: int = env.int("STALE_IF_ERROR_SECONDS", 12 * 3600)
#: The cache that is told of changes: varnish, fastly or cloudflare; its addresses, and its secret.
PURGE_KIND: str = cache_settings.purge_kind(env.str("PURGE_KIND", ""))
PURGE_URL: list[str] = cache_settings.purge_urls(env.list("PURGE_URL", []), kind=PURGE_KIND)
PURGE_TOKEN: str = cache_settings.purge_token(env.str("PURGE_TOKEN", ""), kind=PURGE_KIND)
#: Each purge is sent again after so many seconds; 0: not again.
PURGE_AGAIN_SECONDS: float = env.float("PURGE_AGAIN_SECONDS", 10.0)
#: The headers in which pages name their keys: Surrogate-Key, Cache-Tag, xkey.
CACHE_KEY_HEADERS: list[str] = cache_settings.key_headers(env.list("CACHE_KEY_HEADERS", None), kind=PURGE_KIND)
