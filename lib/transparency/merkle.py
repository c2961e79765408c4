"""The Merkle tree over the log: RFC 6962 §2.1 hashing, appended to in O(log n).

Leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), the empty tree is SHA-256 of nothing.
A growing tree is kept as its *frontier*: the roots of the perfect subtrees it is made of, largest first.
There is one per set bit of the size, so the frontier needs no heights beside it.
"""

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf(entry: bytes) -> bytes:
    """The hash of one leaf entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(frontier: Sequence[bytes], size: int, leaf_hash: bytes) -> list[bytes]:
    """The frontier after one more leaf, given the frontier of a tree of ``size`` leaves.

    Raises ``ValueError`` when the frontier does not belong to a tree of that size.
    """
    return grow(frontier, size, leaf_hash)[0]


def grow(frontier: Sequence[bytes], size: int, leaf_hash: bytes) -> tuple[list[bytes], list[bytes]]:
    """What ``append`` gives, and the roots of all perfect subtrees that end with this leaf, by their height.

    The first of them is the leaf itself. Raises ``ValueError`` as ``append`` does.
    """
    if len(frontier) != size.bit_count():
        raise ValueError(f"A tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(frontier)}.")
    grown, completed = [*frontier, leaf_hash], [leaf_hash]
    while size & 1:
        right, left = grown.pop(), grown.pop()
        grown.append(node(left, right))
        completed.append(grown[-1])
        size >>= 1
    return grown, completed


def root(frontier: Sequence[bytes]) -> bytes:
    """The root of the tree with this frontier."""
    if not frontier:
        return EMPTY_ROOT
    result = frontier[-1]
    for left in reversed(frontier[:-1]):
        result = node(left, result)
    return result


def subtree(hashes: Sequence[bytes]) -> bytes:
    """The root over the roots of neighbouring subtrees of one height; their number is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def inclusion(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose roots prove that leaf ``index`` is in the tree of ``size`` leaves, innermost first.

    RFC 6962 §2.1.1, PATH; each range begins where a subtree as large as the range can begin.
    """
    first, end, ranges = 0, size, []
    while end - first > 1:
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def perfect(first: int, end: int) -> list[tuple[int, int]]:
    """The perfect subtrees that make up such a range, largest first, each as height and place among its equals."""
    parts = []
    while first < end:
        height = (end - first).bit_length() - 1
        parts.append((height, first >> height))
        first += 1 << height
    return parts


def root_from_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes]) -> bytes:
    """The root that follows from a leaf and its proof (RFC 9162 §2.1.3.2). Raises ``ValueError`` for a wrong length."""
    ranges = inclusion(index, size)
    if len(ranges) != len(proof):
        raise ValueError(f"A proof of leaf {index} among {size} has {len(ranges)} hashes, not {len(proof)}.")
    result = leaf_hash
    for (first, _), sibling in zip(ranges, proof, strict=True):
        result = node(sibling, result) if first <= index else node(result, sibling)
    return result


def consistency(old: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose roots prove that a tree of ``size`` leaves begins with its first ``old``.

    RFC 6962 §2.1.2, PROOF, innermost first; each range begins where a subtree as large as the range can begin. Nothing
    needs proof when ``old`` is 0 or ``size``. Raises ``ValueError`` when ``old`` is larger than ``size``.
    """
    if not 0 <= old <= size:
        raise ValueError(f"A tree of {size} leaves does not begin with {old}.")
    if old in (0, size):
        return []
    first, end, ranges, is_left_edge = 0, size, [], True
    while old != end:
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first, is_left_edge = middle, False
    if not is_left_edge:
        ranges.append((first, end))
    return ranges[::-1]


def roots_from_consistency(old: int, size: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root that follow from a proof (RFC 9162 §2.1.4.2); ``old`` is at least 1.

    The first is to be compared with ``old_root``. Raises ``ValueError`` for a proof of a wrong length.
    """
    ranges = consistency(old, size)
    if len(ranges) != len(proof):
        raise ValueError(f"A proof from {old} to {size} has {len(ranges)} hashes, not {len(proof)}.")
    if old == size:
        return old_root, old_root
    parts = list(zip(ranges, proof, strict=True))
    was = now = old_root
    if ranges[0][1] == old:  # the last whole part of the old tree is not the old tree itself
        was = now = parts.pop(0)[1]
    for (first, _), sibling in parts:
        if first < old:
            was, now = node(sibling, was), node(sibling, now)
        else:
            now = node(now, sibling)
    return was, now
