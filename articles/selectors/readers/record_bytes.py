"""Records for those who want the bytes alone: lists of the API and the change feed."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from articles.selectors.readers import prepared


class Stored(NamedTuple):
    """A record's number and its bytes."""

    record_id: int
    body: bytes


#: ``Stored._make`` without a call of Python for each row.
_AS_STORED: Final[Callable[[Any], Stored]] = partial(tuple.__new__, Stored)


# What is asked for all day is written out: making these statements anew cost as much as reading them for a page.
_LOG_UP: Final = "SELECT seq, body FROM articles_record WHERE seq > %s ORDER BY seq LIMIT {}"
_LOG_DOWN: Final = "SELECT seq, body FROM articles_record WHERE seq < %s ORDER BY seq DESC LIMIT {}"
_OF_NUMBERS: Final = "SELECT seq, body FROM articles_record WHERE seq IN ({})"
_CLAIMS_UP: Final = _OF_NUMBERS.format(
    "SELECT record_id FROM articles_publishedclaim WHERE record_id > %s ORDER BY record_id LIMIT {}"
)
_CLAIMS_DOWN: Final = _OF_NUMBERS.format(
    "SELECT record_id FROM articles_publishedclaim WHERE record_id < %s ORDER BY record_id DESC LIMIT {}"
)
#: Where reading begins without a bound: before and after every number of the log.
_FIRST, _LAST = 0, 2**63 - 1


def of_log(bound: int | None, downwards: bool, most: int) -> list[Stored]:
    """The log's records beyond ``bound``, in that order."""
    return _read(_LOG_DOWN if downwards else _LOG_UP, bound, downwards, most)


def of_claims(bound: int | None, downwards: bool, most: int) -> list[Stored]:
    """Each claim's newest record, beyond ``bound``, in that order."""
    return sorted(_read(_CLAIMS_DOWN if downwards else _CLAIMS_UP, bound, downwards, most), reverse=downwards)


def _read(statement: str, bound: int | None, downwards: bool, most: int) -> list[Stored]:
    beginning = _LAST if downwards else _FIRST
    return _stored(prepared.rows(statement.format(int(most)), beginning if bound is None else bound))


def stored_of(numbers: QuerySet[Any, Any]) -> list[Stored]:
    """The records of these numbers (one column), in any order."""
    try:
        statement, parameters = numbers.query.get_compiler(numbers.db).as_sql()
    except EmptyResultSet:  # Django found out by itself that nothing can match
        return []
    return _stored(prepared.rows_of(_OF_NUMBERS.format(statement), parameters))


def _stored(rows: list[tuple[Any, ...]]) -> list[Stored]:
    return list(map(_AS_STORED, rows))
