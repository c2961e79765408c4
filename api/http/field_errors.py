"""Errors that name a field or parameter: how they are read from exceptions and summed up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

#: A problem whose every error has one of these codes has it as its own code, too.
TELLING_CODES: Final = frozenset(
    {
        "invalid_characters",
        "invalid_cursor",
        "not_an_object",
        "repeated_parameter",
        "unknown_field",
        "unknown_parameter",
    }
)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field or parameter at fault. ``attr`` is its path with dots; empty for the whole."""

    attr: str
    code: str
    detail: str
    #: Where the field is in the body (RFC 6901), at addresses that say so.
    pointer: str = ""

    def document(self) -> dict[str, str]:
        """As it is sent."""
        shown = {"attr": self.attr, "code": self.code, "detail": self.detail}
        return shown | ({"pointer": self.pointer} if self.pointer else {})


def flatten(details: Any, path: str) -> Iterable[FieldError]:
    """The errors of Django REST framework's nested details, each with its path from ``path`` on."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield FieldError(path, str(details["code"]), str(details["message"]))
    elif isinstance(details, dict):
        for key, value in details.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from flatten(value, f"{path}.{name}".strip("."))
    else:
        for number, value in enumerate(details):
            is_message = isinstance(value, dict) and set(value) == {"message", "code"}
            yield from flatten(value, path if is_message else f"{path}.{number}")


def pointed(errors: list[FieldError]) -> list[FieldError]:
    """The same errors with JSON pointers into the body."""
    return [replace(error, pointer="/" + error.attr.replace(".", "/") if error.attr else "") for error in errors]


def code_of(errors: list[FieldError]) -> str:
    """The code of a problem with these errors: their own where it is one that says enough, else the general one."""
    codes = {error.code for error in errors}
    return codes.pop() if len(codes) == 1 and codes <= TELLING_CODES else "validation_error"


def summary(errors: list[FieldError]) -> str:
    """The first errors in one sentence each."""
    return " ".join(f"{error.attr}: {error.detail}" if error.attr else error.detail for error in errors[:5])
