"""The version a form was drawn from, carried in a signed hidden field so that nobody can pretend to another."""

from django.core import signing

from articles.models.base import Versioned

FIELD = "_version"
_SALT = "desk.version"


def sign(row: Versioned) -> str:
    """The hidden field's value for ``row`` as it is now."""
    return signing.dumps([str(row.pk), row.version], salt=_SALT)


def read(value: str | None, row: Versioned) -> int | None:
    """The version of ``row`` that a posted value names; ``None`` when it is missing, altered or another row's."""
    try:
        pk, version = signing.loads(value or "", salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(version) if pk == str(row.pk) else None
