"""The whole list of public addresses (tests/addresses.txt), with real values of the demo newsroom."""

import re
from pathlib import Path
from urllib.parse import quote

import psycopg

from bench.faults.site import ROOT

LIST = ROOT / "tests" / "addresses.txt"
#: Not for readers. The desk and partners' writing need the primary; the last ones belong to one person each, and what
#: they show or change is the desk's (docs/availability.md). The demo has no notifications.
OTHERS = (
    *("/admin/", "/api/v1/desk/", "/api/v1/submissions/", "/api/v1/webhooks/"),
    *("/expert/", "/unsubscribe/", "/follow/<", "/follow/device/", "/follow/worker.js"),
)
#: These want a query, or name what is not there.
QUERIES = {
    "/readyz": "?plane=readers",  # alone it wants both planes
    "/oembed": "?url=https%3A%2F%2Ffacts.example.org%2Fclaims%2F{claim}%2F",
    "/api/v1/claims/match/": "?url=https%3A%2F%2Ffacts.example.org%2Fclaims%2F{claim}%2F",
    "/v1alpha1/claims:search": "?query=war",
}
#: Searches, filters and paging, beside the list.
MORE = (
    *("/claims/?q=war", "/claims/?q=wra", "/claims/?rating=true", "/articles/?page=2", "/api/v1/claims/?q=war"),
    *("/api/v1/changes/?page_size=5", "/api/v1/changes/?wait=1", "/readyz?plane=readers", "/no-such-page/"),
    "/claims/no-such-claim/",
)
_VALUES = """
SELECT (SELECT slug FROM articles_publishedclaim WHERE NOT is_retracted ORDER BY record_id LIMIT 1),
    (SELECT claim_id::text FROM articles_publishedclaim WHERE NOT is_retracted ORDER BY record_id LIMIT 1),
    (SELECT slug FROM articles_publishedarticle ORDER BY 1 LIMIT 1),
    (SELECT id::text FROM articles_publishedarticle ORDER BY slug LIMIT 1),
    (SELECT slug FROM articles_publishedclaimant ORDER BY 1 LIMIT 1),
    (SELECT id::text FROM articles_publishedclaimant ORDER BY slug LIMIT 1),
    (SELECT slug FROM articles_publishedsource ORDER BY 1 LIMIT 1),
    (SELECT id::text FROM articles_publishedsource ORDER BY slug LIMIT 1),
    (SELECT unnest(topics) FROM articles_publishedclaim ORDER BY record_id LIMIT 1),
    (SELECT seq::text FROM articles_head), (SELECT min(seq)::text FROM articles_record),
    (SELECT sha256 FROM articles_publishedpicture ORDER BY id LIMIT 1), '320', 'jpg'
"""
_NAMES = (
    *("claim", "claim_id", "article", "article_id", "claimant", "claimant_id", "source", "source_id"),
    *("topic", "size", "number", "sha256", "width", "ending"),
)
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


def values(database: str) -> dict[str, str]:
    """A real value for each part of an address."""
    with psycopg.connect(database) as asks:
        row = asks.execute(_VALUES).fetchone()
    if not row or not all(row):
        raise SystemExit(f"The demo has nothing to show for one of {_NAMES}: {row}")
    return dict(zip(_NAMES, map(str, row), strict=True))


def real(known: dict[str, str], reports: dict[str, str]) -> list[str]:
    """Each public address, those of pages in two languages more; ``reports`` are references by kind of page."""
    found = [path for pattern in patterns() for path in _filled(pattern, known | reports)]
    pages = [path for path in found if path.endswith("/") and not path.startswith(("/api/", "/v1alpha1/"))]
    return [*found, *MORE, *(f"/{language}{path}" for language in ("ar", "ru") for path in pages)]


def patterns() -> list[str]:
    """The lines of the list that readers may ask for."""
    lines = LIST.read_text().splitlines()
    return [line for line in lines if not line.startswith(OTHERS)]


def _filled(pattern: str, known: dict[str, str]) -> list[str]:
    if "(?P<key>" in pattern:
        keys = pattern.partition("(?P<key>")[2].partition(")")[0].split("|")
        return [f"/{key}/{'history/' if 'history' in pattern else ''}" for key in keys]
    if "(?P<rest>" in pattern:
        return [pattern.partition("^")[0] + "no-such-thing/"]
    if "sitemaps/<str:kind>" in pattern:
        return [f"/sitemaps/{kind}-0.xml" for kind in ("claims", "articles")]
    if "/log/tile/" in pattern:
        return [f"/log/tile/{level}/000.p/{known['size']}" for level in ("0", "entries")]
    kind = pattern.split("/")[1]
    made = {**known, "slug": known.get({"embed": "claim"}.get(kind, kind.rstrip("s")), ""), "revision": "1"}
    made["reference"] = known.get(f"{kind}_reference", "")
    return [_PART.sub(lambda part: quote(made[part[1]]), pattern) + QUERIES.get(pattern, "").format(**known)]


def unused(path: Path = LIST) -> set[str]:
    """Prefixes of ``OTHERS`` that no line of the list has: they would hide nothing."""
    lines = path.read_text().splitlines()
    return {prefix for prefix in OTHERS if not any(line.startswith(prefix) for line in lines)}
