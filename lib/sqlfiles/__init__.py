"""Reading the SQL files that belong to a package."""

from importlib.resources import files


def read_sql(package: str, name: str) -> str:
    """The statements of ``<package>/sql/<name>.sql``. Raises ``FileNotFoundError``."""
    return (files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")
