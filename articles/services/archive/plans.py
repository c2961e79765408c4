"""How one archive is imported: what the command was given, checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.utils.timezone import localdate

from accounts.groups import who_may
from accounts.models import User
from articles import rules, workflow
from articles.models import Rating
from articles.selectors.readers import redirects
from lib.archives import ratings
from lib.archives.entries import ArchiveError, Options
from lib.refusals import NotAllowedError

PUBLISH: Final = workflow.get("publish")


@dataclass(frozen=True, slots=True)
class Plan:
    """One import. ``by`` takes responsibility; ``table`` gives our rating for their folded
    label.

    ``unmapped`` is our rating for rows that the table says nothing about, empty when they become drafts; ``undated``
    the day of the check for rows that name none. ``site`` is the earlier site whose addresses lead here; ``origin`` is
    the name under which readers see where a claim comes from.
    """

    path: Path
    by: User
    at: datetime
    is_published: bool = False
    table: Mapping[str, Rating] = field(default_factory=lambda: rating_table({}))
    unmapped: Rating | None = None
    undated: date | None = None
    language: str = ""
    site: SplitResult | None = None
    origin: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    rating_field: str = ""

    def options(self) -> Options:
        """How the file is read."""
        return Options(today=localdate(self.at), columns=self.columns, rating_field=self.rating_field)

    def rating_of(self, label: str) -> Rating | None:
        """Our rating for one of theirs, if the table has one."""
        return self.table.get(ratings.fold(label))

    def old_path(self, url: str) -> str:
        """The path and query of an address on the earlier site, decoded; empty for another site and a home page."""
        if self.site is None or not url:
            return ""
        parts = urlsplit(url)
        if _host(parts) != _host(self.site) or not parts.path.startswith(self.site.path.rstrip("/")):
            return ""
        return redirects.old_path(unquote(parts.path, errors="replace"), parts.query)


def current_ratings() -> dict[str, Rating]:
    """The ratings that can be given now, by their keys."""
    return {rating.key: rating for rating in Rating.objects.current()}


def rating_table(theirs: Mapping[str, str]) -> dict[str, Rating]:
    """Our rating by their folded label; a label or key of ours stands for itself unless the table says otherwise."""
    current = current_ratings()
    own = {ratings.fold(one): rating for key, rating in current.items() for one in (key, rating.label)}
    return own | {label: current[key] for label, key in theirs.items()}


def parse_site(address: str) -> SplitResult:
    """The address of the earlier site. Raises ``ArchiveError``."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise ArchiveError("--site: give the address of the earlier site, such as https://old.example.")
    return parts


def check_actor(by: User, *, is_published: bool) -> None:
    """Raise ``NotAllowedError`` for a person who may not import: for publication, one who may not publish."""
    if not rules.may_edit_claims(by):
        raise NotAllowedError.for_("You do not have permission to import claims.")
    if is_published and not rules.may_take_step(by, PUBLISH):
        raise NotAllowedError.for_(
            "You do not have permission to publish an archive.", groups=who_may(PUBLISH.permission)
        )


def name_of_origin(plan: Plan) -> str:
    """The name of the earlier site for readers."""
    return plan.origin or (_host(plan.site) if plan.site else "") or settings.SITE_NAME


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
