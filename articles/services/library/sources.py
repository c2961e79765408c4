"""Sources: entered once, cited by many claims."""

from datetime import datetime
from typing import Any

from accounts.models import User
from articles.models import Source
from articles.services.library import named_rows


def add_source(*, by: User, at: datetime, **fields: Any) -> Source:
    """Enter a source. Raises ``ValidationError``, ``NotAllowedError``."""
    return named_rows.add(Source, fields["title"], by=by, at=at, fields=fields)


def edit_source(*, source: Source, by: User, version: int, **fields: Any) -> Source:
    """Change a source, and count up the open claims that cite it: approvals become stale; records stay."""
    return named_rows.edit(source, by=by, version=version, fields=fields)
