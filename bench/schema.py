"""Asking every operation of the OpenAPI document what it was never meant to be asked.

Schemathesis makes the requests, right and wrong ones, from the document; what is added here is what it cannot know:
ids that exist, tags that are current, and who is asking. Every answer is held against the document: no 5xx, no
status, header, content type or shape that is not described.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

#: An id in a body is right by its form and still names nothing: a refusal is no fault then.
_LEFT_OUT = ("positive_data_acceptance",)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what exists: values by the name of the path parameter, values that belong together, current tags
    by address."""

    headers: Mapping[str, str]
    known: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    together: Sequence[Mapping[str, Any]] = ()
    tag: Callable[[str], str] = lambda path: ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one operation: how many answers of each status, and the first fault in words."""

    operation: str
    answers: dict[int, int]
    fault: str


#: Without a network nothing unpacks an answer.
_UNPACKED = {"Accept-Encoding": "identity"}


def document(raw: bytes, application: Any) -> Any:
    """The OpenAPI document, ready to be asked through ``application`` without a network."""
    load_all_checks()
    schema = schemathesis.openapi.from_dict(json.loads(raw))
    schema.app = application
    return schema


def operations(schema: Any) -> dict[str, Any]:
    """Every operation of the document by its label, as in ``GET /api/v1/claims/``."""
    found = (result.ok() for result in schema.get_all_operations())
    return {f"{operation.method.upper()} {operation.path}": operation for operation in found}


def families(labels: Iterable[str]) -> list[list[str]]:
    """The labels in groups that may be asked apart from each other, each on a database of its own.

    What hangs together stays together: what is written is read again, and only then deleted. Addresses of which none
    writes are one group.
    """
    groups: dict[str, list[str]] = {}
    for label in labels:
        groups.setdefault(_area(label), []).append(label)
    writing = [group for group in groups.values() if any(not label.startswith("GET ") for label in group)]
    reading = [label for group in groups.values() if group not in writing for label in group]
    return [sorted(group, key=_turn) for group in (*writing, reading) if group]


def _area(label: str) -> str:
    return "/".join(part for part in label.split("/") if "{" not in part).partition(" ")[2]


def _turn(label: str) -> int:
    return ("POST", "PUT", "PATCH", "GET", "DELETE").index(label.partition(" ")[0])


def examine(
    schema: Any, asker_of: Callable[[str], Asker], *, examples: int, seed: int = 1, labels: Iterable[str] | None = None
) -> Iterator[Outcome]:
    """Ask every operation (or those called ``labels``) ``examples`` times, half of them as described, half not.

    One outcome an operation.
    """
    every = operations(schema)
    for label in every if labels is None else labels:
        yield _examine(every[label], label, asker_of(label), examples=examples, seed=seed)


def _examine(operation: Any, label: str, asker: Asker, *, examples: int, seed: int) -> Outcome:
    answers: dict[int, int] = {}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            _run(operation, mode, asker, answers, examples=max(1, examples // 2), seed=seed)
        except hypothesis.errors.Unsatisfiable:
            continue  # nothing can be wrong with an operation that takes nothing
        except (Exception, BaseExceptionGroup) as error:
            return Outcome(label, answers, f"{type(error).__name__}: {_told(error)}")
    return Outcome(label, answers, "")


def _told(error: BaseException) -> str:
    return f"{error} {' '.join(map(_told, getattr(error, 'exceptions', ())))}"[:3000]


def _run(
    operation: Any, mode: GenerationMode, asker: Asker, answers: dict[int, int], *, examples: int, seed: int
) -> None:
    left_out = [check for check in CHECKS.get_all() if check.__name__ in _LEFT_OUT]

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:  # the other kind is wrong on purpose, and has to stay so
            _make_real(case, asker)
        response = case.call(headers=dict(asker.headers) | _UNPACKED)
        answers[response.status_code] = answers.get(response.status_code, 0) + 1
        case.validate_response(response, excluded_checks=left_out, headers=dict(asker.headers))

    ask()


def _make_real(case: Any, asker: Asker) -> None:
    """Three times in four, ids that exist; and for a write the tag that is current."""
    lot = zlib.crc32(repr((case.path_parameters, case.query, case.body)).encode("utf-8", "replace"))
    if lot % 4 == 0:
        return
    at_once = asker.together[lot // 4 % len(asker.together)] if asker.together else {}
    for name in list(case.path_parameters or {}):
        if known := asker.known.get(name):
            case.path_parameters[name] = at_once.get(name, known[lot % len(known)])
    if case.headers is not None and "If-Match" in case.headers and (tag := asker.tag(case.formatted_path)):
        case.headers["If-Match"] = tag
