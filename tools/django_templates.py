"""The texts of Django's templates, for Babel: what ``translate``, ``blocktranslate`` and ``_("…")`` say."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from django.utils.translation.template import templatize

_CALL = re.compile(r"\b(_|gettext|pgettext|ngettext|npgettext)\(")
Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract(
    file: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Babel's method for ``[django: …]``: line, function, arguments and no comments of each text."""
    source = templatize(file.read().decode())  # Django's: the template with calls of gettext where texts are
    for match in _CALL.finditer(source):
        if arguments := _arguments(source, match.end()):
            function = "gettext" if match[1] == "_" else match[1]
            line = source.count("\n", 0, match.start()) + 1
            yield line, function, arguments if len(arguments) > 1 else arguments[0], []


def _arguments(source: str, start: int) -> tuple[str, ...]:
    """The texts among the arguments of a call that begins before ``start``; empty when it is no call of gettext."""
    for end in (match.end() for match in re.finditer(r"\)", source[start:])):
        try:
            call = ast.parse(f"f({source[start : start + end]}", mode="eval").body
        except (SyntaxError, ValueError):
            continue
        values = call.args if isinstance(call, ast.Call) else []
        return tuple(
            str(value.value) for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
        )
    return ()
