"""Each thing in a claim's content changed, one at a time."""

from collections.abc import Iterator
from typing import Any


def changes(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The content with one thing changed, for each thing there is but the site's own address."""
    address = content["claim"]["url"]
    return [one for one in _changed(content) if one["claim"]["url"] == address]


def _changed(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, item in value.items():
            for other in _changed(item):
                yield value | {name: other}
    elif isinstance(value, list):
        yield [*value, {"added": "x"}]
        for place, item in enumerate(value):
            yield value[:place] + value[place + 1 :]
            for other in _changed(item):
                yield [*value[:place], other, *value[place + 1 :]]
    elif isinstance(value, bool):
        yield not value
    else:
        yield value + 1 if isinstance(value, int) else f"{value or ''}x"
