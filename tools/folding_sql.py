"""Write the database's functions for folding: ``python -m tools.folding_sql``."""

from pathlib import Path

from articles.folding import sql

PATH = Path(__file__).parents[1] / "articles" / "sql" / "folding.sql"

if __name__ == "__main__":
    PATH.write_text(sql.functions(), encoding="utf-8")
