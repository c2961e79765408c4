"""The table of a record's fields in docs/api/records.md, written from the schema of the OpenAPI document.

python -m tools.record_fields          writes the table (part of ``make docs``)
python -m tools.record_fields --check  exit code 1 if that would change the page
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

PAGE = Path(__file__).resolve().parents[1] / "docs/api/records.md"
BEGIN = "<!-- Fields of a record: written by `make docs` from api/openapi/. -->\n"
END = "<!-- End of the table. -->\n"
_HEAD = "| Field | Type | Meaning |\n|---|---|---|\n"


def page(text: str, components: dict[str, Schema]) -> str:
    """``text`` with the table of today between its two marks. Raises ``ValueError`` when a mark is missing."""
    if BEGIN not in text or END not in text:
        raise ValueError(f"{PAGE.name} lacks the line {BEGIN if BEGIN not in text else END!r}")
    before, rest = text.split(BEGIN)
    return before + BEGIN + "\n" + table(components) + "\n" + END + rest.split(END)[1]


def table(components: dict[str, Schema]) -> str:
    """Every field of a record with its type and meaning. A field of a list of objects has ``[]`` in its path."""
    rows = (f"| `{path}` | {kind} | {meaning} |\n" for path, kind, meaning in fields(components["Record"], components))
    return _HEAD + "".join(rows)


def fields(schema: Schema, components: dict[str, Schema], path: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, type and meaning of each field below ``path``, in the order of the schema."""
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        here = f"{path}.{name}" if path else name
        inner, kind = _opened(field, components)
        meaning = field.get("description") or inner.get("description", "")
        if name not in required:
            kind += ", not in every record"
        yield here, kind, meaning
        if "properties" in inner:
            yield from fields(inner, components, f"{here}[]" if _is_list(field) else here)
        for one in _alternatives(field, components)[1:]:
            yield from fields(one, components, f"{here} (confidential)")


def _opened(field: Schema, components: dict[str, Schema]) -> tuple[Schema, str]:
    """The schema that counts inside lists and beside null, and the type in words."""
    if "$ref" in field:
        return _opened(components[field["$ref"].rpartition("/")[2]], components)
    if "oneOf" in field:
        inner, kind = _opened(field["oneOf"][0], components)
        return inner, f"{kind} or null" if {"type": "null"} in field["oneOf"] else kind
    if field.get("type") == "array":
        inner, kind = _opened(field["items"], components)
        return inner, f"list of {kind}s"
    return field, _type(field)


def _type(field: Schema) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    kind = field["type"]
    return " or ".join(_word(name, field) for name in ([kind] if isinstance(kind, str) else kind))


def _word(kind: str, field: Schema) -> str:
    if kind != "string":
        return kind
    return {"date-time": "time", "date": "day", "uuid": "UUID", "uri": "address"}.get(field.get("format", ""), "text")


def _is_list(field: Schema) -> bool:
    return field.get("type") == "array"


def _alternatives(field: Schema, components: dict[str, Schema]) -> list[Schema]:
    """The objects that may stand here, null left out."""
    choices = [one for one in field.get("oneOf", ()) if one != {"type": "null"}]
    return [_opened(one, components)[0] for one in choices]


def main() -> int:
    """Write the table or compare it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the page is not current")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django

    django.setup()
    from api.openapi.components import COMPONENTS

    stored = PAGE.read_text(encoding="utf-8")
    wanted = page(stored, COMPONENTS)
    if arguments.check:
        return int(stored != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
