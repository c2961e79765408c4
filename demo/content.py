"""What the demo is made of: ``content/*.toml``, one file per article.

``[article]``: the article's fields, ``key`` to refer to it and ``text``, the file with its words.
``[[source]]`` and ``[[claimant]]``: their fields and a ``key``; a source may have ``archived`` = {url, text, on}.
``[[claim]]``: its fields; ``quote`` is its passage in the article, ``quote_in`` lists passages in other articles;
``headline``, ``key_points`` and ``unknowns`` are its words for readers, ``origin`` = {kind, url, text} says where it
was made, ``picture`` leads it ({drawing, alt, credit, licence, stamp, focus}, a chart: {chart, title, rows, unit,
source, licence}, or a map: {map, title, source, outlines = {file, name, credit, licence}});
``rating``, ``summary``, ``explanation`` are the first verdict; ``stage`` is how far the check has come, with
``published_on`` where it came that far.
Below it ``[[claim.evidence]]``, ``[[claim.reply]]``, ``[[claim.comment]]`` (``by``, ``text``),
``[[claim.translation]]`` (``language``, ``on``, ``text``, ``summary``, ``explanation``, ``notes`` by source),
``[[claim.wait]]`` (``kind``, ``note``, ``until_in_days``), ``[[claim.relation]]`` and ``[[claim.later]]``: what
happened after the first publication, on which day (``on``), as ``act`` recheck_update, correct or retract.
"""

import tomllib
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

DIRECTORY = Path(__file__).resolve().parent / "content"


def read(directory: Path = DIRECTORY) -> list[Entry]:
    """Every article's file, in the order of their names, the article's text under ``article.body``."""
    files = []
    for path in sorted(directory.glob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        entry["article"]["body"] = (directory / entry["article"].pop("text")).read_text(encoding="utf-8")
        files.append(entry)
    return files


def outline_file(name: str) -> bytes:
    """The outlines of that name, as GeoJSON."""
    return (DIRECTORY / "outlines" / f"{name}.geojson").read_bytes()
