"""The query parameters of Google's Fact Check Tools API, read as strictly as ours.

As everywhere in Google's APIs, an empty text and the number 0 stand for a parameter that was left out.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from api.google.schema import ANSWER
from api.http import field_masks
from api.http.query import Parser
from articles.selectors.readers.best_matches import MAX_QUERY
from articles.selectors.readers.published import MAX_PAGE_SIZE
from lib.parsing.errors import ParseError
from lib.parsing.integers import MAX_INT32, parse_integer

PAGE_SIZE: Final = 10
#: Further on, page tokens cost the same at any depth.
MAX_OFFSET: Final = 10_000
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,8}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{0,1000}")
_HOST: Final = re.compile(r"[\w.-]{1,253}")


def words(value: str) -> str:
    """What is searched for."""
    if len(value) > MAX_QUERY:
        raise ValueError(f"A query has at most {MAX_QUERY} characters.")
    return value


def number(value: str) -> int:
    """An int32 that is not negative."""
    try:
        found = parse_integer(value, at_least=-MAX_INT32 - 1, at_most=MAX_INT32)
    except ParseError:
        raise ValueError("Give a whole number (int32).") from None
    if found < 0:
        raise ValueError("This number cannot be negative.")
    return found


def size(value: str) -> int:
    """How many claims a page holds; more than we give is as many as we give."""
    return min(number(value), MAX_PAGE_SIZE)


def offset(value: str) -> int:
    """How many results to leave out."""
    if number(value) > MAX_OFFSET:
        raise ValueError(f"At most {MAX_OFFSET}; further on, follow nextPageToken.")
    return number(value)


def language(value: str) -> str:
    """A BCP-47 language tag."""
    if value and not _LANGUAGE.fullmatch(value):
        raise ValueError("Give a BCP-47 language tag such as en-US or sr-Latn.")
    return value.replace("_", "-").lower()


def site(value: str) -> str:
    """A host, without ``www.``; an address is taken for its host."""
    try:
        host = urlsplit(value if "//" in value else f"//{value}").hostname or ""
    except ValueError:
        host = ""
    if value and not _HOST.fullmatch(host):
        raise ValueError("Give a site as its host, such as nytimes.com.")
    return host.removeprefix("www.").rstrip(".")


def token(value: str) -> str:
    """A page token's outer form; whether it is ours is found out later."""
    if not _TOKEN.fullmatch(value):
        raise ValueError("This page token is not one of ours.")
    return value


def mask(value: str) -> field_masks.Tree | None:
    """A field mask."""
    return field_masks.parse(value, ANSWER) if value.strip() else None


def truth(value: str) -> bool:
    """A boolean, in upper or lower case."""
    if value.lower() not in ("true", "false"):
        raise ValueError("Either true or false.")
    return value.lower() == "true"


def alternative(value: str) -> str:
    """The form of the answer: JSON."""
    if value != "json":
        raise ValueError("Answers are JSON: alt=json.")
    return value


def no_callback(value: str) -> str:
    """JSONP runs what a site sends as a script in every page that asks for it. Raises for any name."""
    if value:
        raise ValueError("JSONP is not answered. Scripts of any site may read the answer with fetch() as it is.")
    return value


def ignored(value: str) -> Any:
    """What Google's clients send for Google's sake."""
    return None


SEARCH: Final[Mapping[str, Parser]] = {
    "query": words,
    "languageCode": language,
    "reviewPublisherSiteFilter": site,
    "maxAgeDays": number,
    "pageSize": size,
    "pageToken": token,
    "offset": offset,
    "fields": mask,
    "alt": alternative,
    "prettyPrint": truth,
    "callback": no_callback,
    **dict.fromkeys(("key", "quotaUser", "uploadType", "upload_protocol", "$.xgafv"), ignored),
}
