"""The log as anybody may check it: tiles of its tree, entries, proofs (C2SP tlog-tiles, RFC 6962).

Readers' connection only. A tile is at most 256 hashes, and a proof reads at most two tiles of each level, so costs do
not grow with the log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connections

from articles.models import Cosignature, Head, Record, Subtree
from articles.selectors.log.log_verification import TILE_HEIGHT, leaf_entry
from articles.selectors.readers.connection import ALIAS
from lib.transparency import merkle

TILE_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63


class NoSuchTileError(LookupError):
    """The tree has no such tile, or not yet."""


def head() -> Head:
    """The head of the log."""
    return Head.objects.using(ALIAS).get(pk=1)


def database() -> str:
    """Which database this is, the same on its streaming replicas; empty when the server does not tell.

    A restored or copied database has another name: the identifier of the server's files and the database's number.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')")
        if not cursor.fetchone()[0]:
            return ""
        cursor.execute(
            "SELECT system_identifier || '/' || oid FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def root_at(size: int) -> bytes | None:
    """The root the tree had when it was this large; None when it never was."""
    if size == 0:
        return merkle.EMPTY_ROOT
    root = Record.objects.using(ALIAS).filter(seq=size).values_list("root", flat=True).first()
    return bytes(root) if root is not None else None


def tile(level: int, index: int, width: int = TILE_WIDTH) -> list[bytes]:
    """The first ``width`` hashes of a tile. Raises ``NoSuchTileError`` when the tree has fewer."""
    return _hashes(level, _place(level, index, width), width)


def entries(index: int, width: int = TILE_WIDTH) -> list[bytes]:
    """The leaf entries under the first ``width`` hashes of a tile of level 0. Raises ``NoSuchTileError``."""
    first = _place(0, index, width)
    rows = Record.objects.using(ALIAS).filter(seq__gt=first, seq__lte=first + width).order_by("seq").defer("body")
    return _all([entry(row) for row in rows], width)


def entry(row: Record) -> bytes:
    """The leaf entry of a record in the tree."""
    previous = bytes(row.previous_sha256) if row.previous_sha256 else None
    return leaf_entry(row.seq, row.claim_id, row.revision, row.kind, row.at, bytes(row.sha256), previous)


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root of the tree of ``size`` leaves, the leaf's sibling first.

    Raises ``NoSuchTileError`` when the log does not hold so many.
    """
    tree = _Tree(size)
    return [tree.root_of(first, end) for first, end in merkle.inclusion(index, size)]


def consistency_proof(old: int, size: int) -> list[bytes]:
    """The hashes that prove that the tree of ``size`` leaves begins with the tree of ``old``, innermost first.

    Raises ``ValueError`` when ``old`` is larger, ``NoSuchTileError`` when the log does not hold so many.
    """
    tree = _Tree(size)
    return [tree.root_of(first, end) for first, end in merkle.consistency(old, size)]


def cosignature_lines(size: int, root: bytes, *, origin: str, keys: Sequence[str]) -> str:
    """The signature lines of those witnesses, in that order, which cosigned exactly this tree."""
    rows = Cosignature.objects.using(ALIAS).filter(key__in=keys, origin=origin, size=size, root=root)
    lines = dict(rows.values_list("key", "line"))
    return "".join(lines.get(key, "") for key in keys)


@dataclass(frozen=True, slots=True)
class _Tree:
    """The tree of ``size`` leaves, by tiles; each is read once."""

    size: int
    tiles: dict[tuple[int, int], Sequence[bytes]] = field(default_factory=dict)

    def root_of(self, first: int, end: int) -> bytes:
        return merkle.root([self._subtree(height, index) for height, index in merkle.perfect(first, end)])

    def _subtree(self, height: int, index: int) -> bytes:
        level, rest = divmod(height, TILE_HEIGHT)
        tile_index, first = divmod(index << rest, TILE_WIDTH)
        if (level, tile_index) not in self.tiles:
            width = min(TILE_WIDTH, (self.size >> TILE_HEIGHT * level) - tile_index * TILE_WIDTH)
            self.tiles[level, tile_index] = _hashes(level, tile_index * TILE_WIDTH, width)
        return merkle.subtree(self.tiles[level, tile_index][first : first + (1 << rest)])


def _place(level: int, index: int, width: int) -> int:
    """Where in its level the tile begins, if the tree is large enough for it."""
    first = index * TILE_WIDTH
    if level > MAX_LEVEL or not 1 <= width <= TILE_WIDTH or first + width > head().seq >> TILE_HEIGHT * level:
        raise NoSuchTileError
    return first


def _hashes(level: int, first: int, width: int) -> list[bytes]:
    found: Iterable[bytes | memoryview]
    if level == 0:
        records = Record.objects.using(ALIAS).filter(seq__gt=first, seq__lte=first + width)
        found = records.order_by("seq").values_list("leaf", flat=True)
    else:
        rows = Subtree.objects.using(ALIAS).filter(level=level, index__gte=first, index__lt=first + width)
        found = rows.order_by("index").values_list("hash", flat=True)
    return _all([bytes(value) for value in found], width)


def _all(found: list[bytes], width: int) -> list[bytes]:
    """Never fewer than asked for: a row that is missing would move the others to wrong places."""
    if len(found) != width:
        raise NoSuchTileError
    return found
