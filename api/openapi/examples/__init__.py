"""An example for every operation of the API: what is sent and what comes back, from the demo newsroom.

One file an area, ``<area>.json``: by operation id a ``request`` (``as``: who asks; ``first``: examples that are run
before it; ``path``, ``query``, ``headers``, ``body``) and a ``response`` (``status``, ``body``). They are written into
the OpenAPI document here, and sent by ``tests/api/test_examples.py``, so none of them can be wrong.
``make examples`` records the responses anew.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

DIRECTORY: Final = Path(__file__).parent
_PLACES: Final = ("path", "query", "headers")


def read() -> dict[str, dict[str, Any]]:
    """Every example, by the id of its operation. Raises ``ValueError`` when two files have one for the same."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(DIRECTORY.glob("*.json")):
        examples = json.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & examples.keys():
            raise ValueError(f"{file.name}: there is another example of {', '.join(sorted(twice))}.")
        found |= examples
    return found


def place(operation: dict[str, Any], example: Mapping[str, Any]) -> None:
    """Show ``example`` in an operation of the OpenAPI document: at its parameters, its body and its answer."""
    request, response = example["request"], example["response"]
    given = {name: value for place in _PLACES for name, value in request.get(place, {}).items()}
    for parameter in operation.get("parameters", []):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    if "body" in request:
        operation["requestBody"]["content"]["application/json"]["example"] = request["body"]
    if "body" in response:
        contents = operation["responses"][str(response["status"])]["content"]
        content = contents.get("application/json") or next(iter(contents.values()))
        content["example"] = response["body"]
