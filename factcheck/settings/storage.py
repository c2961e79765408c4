"""Where data is kept: the two connections to PostgreSQL, and what is kept on disk."""

from typing import Any

from factcheck import cache_settings, database
from factcheck.settings.environment import DEBUG, VAR_DIR, env

# "default" is the desk. "readers" is what every public page and read API runs on: its role may only
# SELECT the published tables (articles/migrations), so a forgotten filter is "permission denied".
_pool = (env.str("DATABASE_POOL_URL", ""), env.str("READERS_DATABASE_POOL_URL", ""))
DATABASES: dict[str, dict[str, Any]] = database.connections(
    desk_url=env.str("DATABASE_URL", "") or (database.EMBEDDED if DEBUG else database.missing("DATABASE_URL")),
    readers_url=env.str("READERS_DATABASE_URL", ""),
    replica_urls=env.list("READERS_DATABASE_URLS", []),
    max_lag=env.float("READERS_MAX_LAG_SECONDS", 30.0),
    var_dir=VAR_DIR,
    pool_urls=_pool if database.serves_requests() else ("", ""),
)

#: Font files to look for letters in that the cards' own fonts lack, such as Chinese.
CARD_FONTS: list[str] = env.list("CARD_FONTS", [])
#: A card is drawn once and kept on disk under a name that says what it is made of; the disk it may take is bounded.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered pages: on disk, or in a Redis that machines share; on a developer's machine in the process.
    "pages": cache_settings.pages(
        env.str("CACHE_URL", ""), folder=VAR_DIR / "pages", disk_mb=env.int("PAGE_DISK_MB", 0 if DEBUG else 4096)
    ),
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cards",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}
