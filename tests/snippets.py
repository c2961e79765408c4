"""The fenced blocks of a document: run in their order, with what the document shows as their answers.

A block ``sh`` or ``python`` is run. A block ``json`` or ``text`` directly after one is its answer, compared by its
shape: every key that is shown is there with a value of the same type. ``…`` stands for what is left out. A comment
``<!-- not run: why -->`` just above a block leaves it out.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Stands in a shown object for keys, and in a shown list for items, that are not shown.
MORE = "…"
_FENCE = re.compile(r"^(<!-- not run: [^\n]+ -->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RUN = ("sh", "python")
#: Keys whose values are words of the contract: they are compared, not only their type.
_WORDS = frozenset({"attr", "code", "kind", "outcome", "schema", "state", "status", "strength"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """One block that is run, and the answer that is shown below it; "" when none is."""

    line: int
    language: str
    code: str
    answer: str = ""
    answer_language: str = ""


def snippets(text: str) -> list[Snippet]:
    """The blocks of a document. Raises ``ValueError`` for a block without a language: nobody could run it."""
    found: list[Snippet] = []
    end = 0
    for match in _FENCE.finditer(text):
        language, code, line = match[2], match[3], text.count("\n", 0, match.start()) + 1
        if match[1]:
            pass
        elif language in _RUN:
            found.append(Snippet(line, language, code))
        elif language in ("json", "text") and found and not text[end : match.start()].strip():
            found[-1] = Snippet(found[-1].line, found[-1].language, found[-1].code, code, language)
        else:
            raise ValueError(f"line {line}: this block is neither run nor the answer of a block above it")
        end = match.end()
    return found


class Session:
    """A shell that remembers the variables and functions of earlier blocks. ``values`` replaces assignments.

    ``places`` replaces texts, such as the host of the examples.
    """

    def __init__(self, folder: Path, *, values: Mapping[str, str], places: Mapping[str, str]) -> None:
        self.folder, self.state, self.values, self.places = folder, folder / "state.sh", values, places
        self.state.write_text("")

    def run(self, snippet: Snippet, *, message: str = "") -> str:
        """What the block prints. ``message`` is its standard input. Fails with its errors."""
        code = snippet.code
        for old, new in self.places.items():
            code = code.replace(old, new)
        if snippet.language == "python":
            command = [sys.executable, "-c", code]
        else:
            command = ["bash", "-c", self._remembering(code)]
        done = subprocess.run(command, input=message, capture_output=True, text=True, timeout=60, cwd=self.folder)
        assert done.returncode == 0, f"line {snippet.line}: {done.stdout}{done.stderr}"
        return done.stdout

    def _remembering(self, code: str) -> str:
        for name, value in self.values.items():
            code = re.sub(rf"^{name}=\S*(?:…|://)\S*", f"{name}={value}", code, flags=re.MULTILINE)
        keep = f"{{ declare -p | grep -E '^declare -- [A-Z_]+=' | grep -v ' _='; declare -f; }} > {self.state}"
        return f"set -eo pipefail\nsource {self.state}\n{code}\n{keep}\n"


def problems(snippet: Snippet, output: str) -> list[str]:
    """Where the output differs from the shown answer, in words."""
    if snippet.answer_language == "text":
        shown, real = (_without_figures(text) for text in (snippet.answer, output))
        return [] if shown == real else [f"line {snippet.line}: {output!r}"]
    try:
        real = json.loads(output)
    except ValueError:
        return [f"line {snippet.line}: not JSON: {output[:500]}"]
    return [f"line {snippet.line}: {fault}" for fault in differences(shown_json(snippet.answer), real)]


def shown_json(text: str) -> Any:
    """JSON with ``…`` for what is left out."""
    text = re.sub(r"…(?=\s*})", f'"{MORE}": true', text)  # {…} and {"a": 1, …}
    text = re.sub(r"…(?=\s*\])", f'"{MORE}"', text)  # […] and [1, …]
    return json.loads(text)


def differences(shown: Any, real: Any, path: str = "") -> Iterator[str]:
    """Where ``real`` has not the shape of ``shown``."""
    if isinstance(shown, dict) and isinstance(real, dict):
        for name in shown.keys() - real.keys() - {MORE}:
            yield f"{path}.{name} is not there; there are {sorted(real)}"
        if MORE not in shown and (others := real.keys() - shown.keys()):
            yield f"{path} has also {sorted(others)}"
        for name in shown.keys() & real.keys():
            yield from differences(shown[name], real[name], f"{path}.{name}")
    elif isinstance(shown, list) and isinstance(real, list):
        items = [one for one in shown if one != MORE]
        if len(real) < len(items):
            yield f"{path} has {len(real)} items, not {len(items)}: {real}"
        for number, (one, other) in enumerate(zip(items, real, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
    elif _kind(shown) != _kind(real) or (path.rpartition(".")[2] in _WORDS and shown != real):
        yield f"{path} is {real!r}, shown as {shown!r}"


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    return "number" if isinstance(value, int | float) else type(value).__name__


def _without_figures(text: str) -> str:
    return re.sub(r"\d+", "0", text.strip()).lower()
