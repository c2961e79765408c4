"""Archives for tests."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accounts.models import User
from articles.services.archive import importing, plans
from articles.services.archive.assessment import Item
from articles.services.archive.plans import Plan

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A simple row."""
    return {
        "text": f"The ferry of Lindholm made {number} trips a day",
        "claimant": "Ferry Company of Lindholm",
        "language": "en",
        "headline": f"How many trips did the ferry make? ({number})",
        "rating": "False",
        "url": f"https://www.old.example/checks/{number}/",
        "date": "2019-04-02",
        **changes,
    }


def written(folder: Path, rows: list[Any], name: str = "archive.jsonl") -> Path:
    """A file of JSON lines."""
    path = folder / name
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in rows))
    return path


def plan(path: Path, by: User, *, ratings: dict[str, str] | None = None, site: str = "", **fields: Any) -> Plan:
    """A plan that publishes."""
    table = plans.rating_table(ratings or {})
    parsed = plans.parse_site(site) if site else None
    return Plan(path=path, by=by, at=AT, **{"is_published": True, "table": table, "site": parsed, **fields})


def outcomes(items: list[Item]) -> list[tuple[str, str]]:
    """Outcome and code of each row."""
    return [(item.outcome.value, item.code) for item in items]


def imported(path: Path, by: User, *, chunk: int = importing.CHUNK, **fields: Any) -> list[Item]:
    """Everything that ``run`` says."""
    return list(importing.run(plan(path, by, **fields), chunk=chunk))
