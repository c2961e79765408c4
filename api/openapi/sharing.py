"""What stands many times in the OpenAPI document is said once, below ``components``.

Views describe themselves one by one, so the same header, parameter or refusal is written at every operation. Here each
of them becomes a component with a name, and the operations refer to it. Programs that show the document then build a
few dozen objects, not thousands.
"""

import json
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

Part = dict[str, Any]

#: A word before the names of refusals that only one area of the API gives.
AREAS: Final = {
    "/v1alpha1/": "Google",
    "/api/v1/desk/": "Desk",
    "/api/v1/submissions/": "Partner",
    "/api/v1/webhooks/": "Partner",
}
#: An address of each area, for its examples.
ADDRESSES: Final = {
    "Google": "/v1alpha1/claims:search",
    "Desk": "/api/v1/desk/claims/",
    "Partner": "/api/v1/submissions/",
    "": "/api/v1/claims/",
}


def area(path: str) -> str:
    """The area of an address, a key of ``ADDRESSES``."""
    return next((word for prefix, word in AREAS.items() if path.startswith(prefix)), "")


def share(document: Part) -> None:
    """Move headers, answers without content of their own, and repeated parameters of ``document`` to components."""
    headers, parameters = _Shelf(document, "headers"), _Shelf(document, "parameters")
    for _, operation in _operations(document):
        for answer in operation["responses"].values():
            for name, header in answer.get("headers", {}).items():
                answer["headers"][name] = headers.put(name.replace("-", ""), header)
    repeated = Counter(_bytes(p) for _, o in _operations(document) for p in o.get("parameters", []))
    for _, operation in _operations(document):
        operation["parameters"] = [
            parameters.put(_camel(one["name"]), one) if repeated[_bytes(one)] > 1 else one
            for one in operation.get("parameters", [])
        ]
    _share_answers(document)


def whole(document: Part, part: Part) -> Part:
    """A header, parameter or answer: as it is, or the component that it refers to."""
    if "$ref" not in part:
        return part
    found: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _share_answers(document: Part) -> None:
    shelf = _Shelf(document, "responses")
    for path, operation in _operations(document):
        for status, answer in operation["responses"].items():
            phrase = HTTPStatus(int(status)).phrase.title().replace(" ", "").replace("-", "")
            if status >= "400":
                operation["responses"][status] = shelf.put(area(path) + phrase, answer)
            elif "content" not in answer:
                operation["responses"][status] = shelf.put(phrase, answer)


def _operations(document: Part) -> Iterator[tuple[str, Part]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation


def _camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", "_").split("_"))


def _bytes(part: Part) -> str:
    return json.dumps(part, sort_keys=True, default=str)


class _Shelf:
    """The components of one kind. Another one that would have the same name gets a number after it."""

    def __init__(self, document: Part, kind: str) -> None:
        self.kind = kind
        self.parts: Part = document["components"].setdefault(kind, {})
        self.names = {_bytes(part): name for name, part in self.parts.items()}

    def put(self, name: str, part: Part) -> Part:
        """A reference to ``part``."""
        if (key := _bytes(part)) not in self.names:
            taken = sum(1 for other in self.parts if other.rstrip("0123456789") == name)
            self.names[key] = f"{name}{taken + 1}" if taken else name
            self.parts[self.names[key]] = part
        return {"$ref": f"#/components/{self.kind}/{self.names[key]}"}
