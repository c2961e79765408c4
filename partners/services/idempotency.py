"""One effect for each ``Idempotency-Key``, however often and however simultaneously its request is sent.

Everything here happens inside the one transaction of the request: the key's row is inserted first, the answer is put
into it last. A twin waits at the insert; when the first commits, it is answered the same; when the first is rolled
back or its process dies, the key is free and the twin acts. No clean-up after a crash is needed.
"""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.db import OperationalError, connection
from psycopg import errors

from accounts.models import User
from partners.models import Answer, Partner

#: How long an answer is kept; after that its key is a new one.
KEPT: Final = timedelta(hours=72)
#: How long a twin waits for the first, as PostgreSQL writes durations.
PATIENCE: Final = "2s"
#: A sweep takes at most so many rows, so that it never holds up the request it rides on.
SWEPT_AT_ONCE: Final = 500

_CLAIM = """
INSERT INTO partners_answer (caller, key, fingerprint, headers, body, at) VALUES (%s, %s, %s, '{}', '', %s)
ON CONFLICT DO NOTHING RETURNING 1
"""
#: Chosen by themselves, first: a plan may ask a subquery once for each row, and its limit holds each time.
_SWEEP = """
WITH old AS (
    SELECT caller, key FROM partners_answer WHERE at < %s ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED
)
DELETE FROM partners_answer WHERE (caller, key) IN (SELECT caller, key FROM old)
"""


class KeyInUseError(Exception):
    """The first request under this key is still under way, and took longer than a twin waits."""


class KeyMismatchError(Exception):
    """The key was used for another request."""


def fingerprint(*, method: str, path: str, body: Any) -> bytes:
    """SHA-256 of what a request asks for; the order of names in its JSON and its white space do not count."""
    return sha256(json.dumps([method, path, body], sort_keys=True, separators=(",", ":")).encode()).digest()


def begin(*, caller: Partner | User, key: str, fingerprint: bytes, at: datetime) -> Answer | None:
    """Take ``key`` for this transaction: None. Or the answer that was given under it, to be given again.

    Has to be called inside a transaction. Raises ``KeyInUseError`` (the transaction is then useless) and
    ``KeyMismatchError``.
    """
    while not _insert(_name(caller), key, fingerprint, at):
        kept = Answer.objects.filter(caller=_name(caller), key=key).first()
        if kept is None or _forget(kept, at):
            continue  # it was swept between our two statements, or has had its time
        if bytes(kept.fingerprint) != fingerprint:
            raise KeyMismatchError
        return kept
    return None


def keep(*, caller: Partner | User, key: str, status: int, headers: dict[str, str], body: bytes, at: datetime) -> None:
    """Put the answer beside the key that this transaction took."""
    Answer.objects.filter(caller=_name(caller), key=key).update(status=status, headers=headers, body=body, at=at)


def sweep(*, at: datetime, limit: int = SWEPT_AT_ONCE) -> int:
    """Forget answers older than ``KEPT``, at most ``limit``; returns how many went."""
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, [at - KEPT, limit])
        return int(cursor.rowcount)


def _name(caller: Partner | User) -> str:
    """Whose key it is: two callers may choose the same one."""
    return f"{caller._meta.model_name}:{caller.pk}"


def _insert(caller: str, key: str, fingerprint: bytes, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            cursor.execute(_CLAIM, [caller, key, fingerprint, at])
        except OperationalError as error:
            if isinstance(error.__cause__, errors.LockNotAvailable):
                raise KeyInUseError from error
            raise
        is_ours = cursor.fetchone() is not None
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        return is_ours


def _forget(kept: Answer, at: datetime) -> bool:
    """Whether ``kept`` is too old to be repeated; it is gone then."""
    if kept.at >= at - KEPT:
        return False
    Answer.objects.filter(caller=kept.caller, key=kept.key, at=kept.at).delete()
    return True
