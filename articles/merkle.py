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
    if len(frontier) != size.bit_count():
        raise ValueError(f"A tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(frontier)}.")
    grown = [*frontier, leaf_hash]
    while size & 1:
        right, left = grown.pop(), grown.pop()
        grown.append(node(left, right))
        size >>= 1
    return grown


def root(frontier: Sequence[bytes]) -> bytes:
    """The root of the tree with this frontier."""
    if not frontier:
        return EMPTY_ROOT
    result = frontier[-1]
    for left in reversed(frontier[:-1]):
        result = node(left, result)
    return result
