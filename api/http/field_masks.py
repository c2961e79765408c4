"""Partial answers: the masks of Google's APIs, as in ``claims(text,claimReview/url),nextPageToken``.

A mask is a list of paths; ``/`` goes one level down, brackets do so for several at once, ``*`` stands for all there
is. Lists are walked through.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

#: What an answer consists of: a name has the names below it, or none.
Tree = Mapping[str, Any]

MAX_LENGTH: Final = 500
_TOKEN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[*/(),]")


class MaskError(ValueError):
    """A mask that cannot be read, or that names what no answer holds."""


def parse(mask: str, known: Tree) -> Tree:
    """What ``mask`` leaves of ``known``. Raises ``MaskError``, whose text says where it goes wrong."""
    if len(mask) > MAX_LENGTH:
        raise MaskError(f"A field mask has at most {MAX_LENGTH} characters.")
    tokens = _TOKEN.findall(mask)
    if "".join(tokens) != re.sub(r"\s", "", mask) or not tokens:
        raise MaskError("A field mask looks like claims(text,claimReview/url),nextPageToken.")
    stream = iter([*tokens, ""])
    kept, end = _paths(stream, known)
    if end:
        raise MaskError("The field mask has a closing bracket too many.")
    return kept


def apply(mask: Tree, value: Any) -> Any:
    """``value`` without what ``mask`` leaves out."""
    if not mask:
        return value
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if not isinstance(value, dict):
        return value  # null, in place of what is not known
    return {name: apply(mask[name], item) for name, item in value.items() if name in mask}


def _paths(stream: Iterator[str], known: Tree) -> tuple[dict[str, Any], str]:
    """Paths up to a closing bracket or the end, joined; and which of the two it was."""
    kept: dict[str, Any] = {}
    while True:
        found, end = _path(stream, known)
        _join(kept, found)
        if end != ",":
            return kept, end


def _path(stream: Iterator[str], known: Tree) -> tuple[dict[str, Any], str]:
    """One path, as a tree of what it keeps; and the token that ended it."""
    name = next(stream)
    if name != "*" and name not in known:
        raise MaskError(f"Invalid field selection {name!r}. Possible here: {', '.join(known) or 'nothing'}.")
    names = list(known) if name == "*" else [name]
    below = _merged(known[one] for one in names)
    end = next(stream)
    if end == "/":
        inner, end = _path(stream, below)
    elif end == "(":
        inner, closing = _paths(stream, below)
        if closing != ")":
            raise MaskError("The field mask lacks a closing bracket.")
        end = next(stream)
    else:
        return {one: dict(known[one]) for one in names}, _ended(end)
    kept = {one: {key: inner[key] for key in inner if key in known[one]} for one in names}
    return {one: tree for one, tree in kept.items() if tree}, _ended(end)


def _ended(token: str) -> str:
    if token not in (",", ")", ""):
        raise MaskError(f"In the field mask, a comma, a slash or a bracket should stand before {token!r}.")
    return token


def _merged(trees: Iterator[Tree]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for tree in trees:
        _join(joined, tree)
    return joined


def _join(into: dict[str, Any], tree: Tree) -> None:
    """Add ``tree`` to ``into``, level by level."""
    for name, below in tree.items():
        _join(into.setdefault(name, {}), below)
