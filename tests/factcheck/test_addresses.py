"""Every address of the site, the admin and the API: readers, search engines and partners hold them."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLResolver, get_resolver

from tests.findings import assert_none

#: The admin's list of apps is in the order of INSTALLED_APPS, which no reader of an address sees.
_APPS = re.compile(r"\(\?P<app_label>([\w|]+)\)")
LIST = Path(__file__).parents[1] / "addresses.txt"


def mounted(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The pattern of each view below ``resolver``, as its ``path()`` or ``re_path()`` says it."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from mounted(entry, pattern)
        else:
            yield "/" + _APPS.sub(lambda found: f"(?P<app_label>{_sorted(found[1])})", pattern)


def _sorted(alternatives: str) -> str:
    return "|".join(sorted(alternatives.split("|")))


def test_addresses_are_those_of_the_list() -> None:
    """Adding an address means adding its line to ``tests/addresses.txt``; a line that goes breaks somebody's link."""
    listed, found = LIST.read_text(encoding="utf-8").splitlines(), sorted(mounted(get_resolver()))
    gone = [f"- {line} is in the list and leads nowhere" for line in sorted(set(listed) - set(found))]
    new = [f"+ {line} is an address and not in the list" for line in sorted(set(found) - set(listed))]
    assert_none([*gone, *new])


def test_the_list_of_addresses_is_sorted_and_names_each_once() -> None:
    listed = LIST.read_text(encoding="utf-8").splitlines()
    assert listed == sorted(set(listed))
