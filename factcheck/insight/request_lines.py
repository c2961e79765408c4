"""What the log line of a request says.

It must cost less than a page from the page cache: what depends on the address alone is made once for each address.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from factcheck.insight import planes
from factcheck.insight.context import Current
from factcheck.insight.redaction import redact_path

_LONGEST_PATH = 500


@dataclass(frozen=True, slots=True)
class Place:
    """An address: its part of the site, how it is written on one line without secrets, and both as JSON."""

    plane: str
    message: str
    message_json: str
    json: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """The line of one request."""

    place: Place
    now: Current
    status: int
    seconds: float
    user: Any

    @property
    def message(self) -> str:
        """In short, for people."""
        return f"{self.place.message} {self.status}"

    def json(self) -> str:
        """The inside of a JSON object. The id of a request has no characters that JSON would escape."""
        now, place = self.now, self.place
        user = "null" if self.user is None else json.dumps(self.user, default=str)
        return (
            f'"message": {place.message_json[:-1]} {self.status}", "request_id": "{now.request_id}", {place.json}, '
            f'"status": {self.status}, "user": {user}, "ms": {self.seconds * 1000:.2f}, '
            f'"desk_statements": {now.desk_statements}, "readers_statements": {now.readers_statements}'
        )

    def more(self) -> str:
        """What a line of text says after the message."""
        user = "" if self.user is None else f", user {self.user}"
        statements = f"{self.now.desk_statements}+{self.now.readers_statements} statements"
        return f" in {self.seconds * 1000:.2f} ms, {statements}{user}"


def place_of(method: str, path: str, route: str) -> Place:
    """Where a request goes to."""
    plane, shown = planes.plane_of(path), redact_path(path)[:_LONGEST_PATH]
    fields = {"method": method, "path": shown, "route": route, "plane": plane}
    message = f"{method} {shown}"
    return Place(plane, message, json.dumps(message), json.dumps(fields)[1:-1])


#: The same for addresses of usual length; those that are asked for most are remembered.
known_place = lru_cache(maxsize=1024)(place_of)
