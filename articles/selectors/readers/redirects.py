"""Where addresses of the earlier site lead."""

from hashlib import sha256
from urllib.parse import unquote

from articles.models import PublishedClaim, Redirect


def old_path(path: str, query: str) -> str:
    """A decoded path and a query as redirects keep them: without the last slash; empty for a home page."""
    made = path.rstrip("/")
    if query:
        made = f"{made or '/'}?{unquote(query, errors='replace')}"
    return made.replace("\x00", "")


def key_of(path: str) -> str:
    """The key of a redirect. A path may be longer than an index of PostgreSQL takes."""
    return sha256(path.encode("utf-8", "replace")).hexdigest()


def claim_slug(path: str, query: str) -> str:
    """The slug of the public claim that readers look for at this address; empty when there is none."""
    wanted = [made for made in (old_path(path, query), old_path(path, "")) if made]
    for one in dict.fromkeys(wanted):
        redirect = Redirect.objects.using("readers").filter(key=key_of(one)).first()
        if redirect:
            rows = PublishedClaim.objects.using("readers").filter(claim_id=redirect.claim_id)
            return str(rows.values_list("slug", flat=True).first() or "")
    return ""
