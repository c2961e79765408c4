"""The site as a web server calls it (WSGI, PEP 3333), without a socket between them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

#: What a server says of each request, with what a browser sends that opens a page.
_SAID = {
    **{"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"},
    **{"SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "HTTP_ACCEPT": "text/html,*/*;q=0.8"},
    **{"wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": None, "wsgi.multithread": True},
    **{"wsgi.multiprocess": True, "wsgi.run_once": False, "HTTP_ACCEPT_LANGUAGE": "en", "HTTP_USER_AGENT": "bench"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    tag: str
    content: bytes


class Site:
    """One process of the site. It keeps its connections to the database, so that their cost is seen."""

    def __init__(self) -> None:
        from django.db import connections

        from factcheck.wsgi import application

        for settings in connections.settings.values():
            settings["CONN_MAX_AGE"] = None
        self._application: Callable[..., Iterable[bytes]] = application

    def get(self, address: str, tag: str = "") -> Answer:
        """The answer to a request for a page, read to its end. With ``tag``, the client has the page already."""
        path, _, query = address.partition("?")
        environ = {**_SAID, "PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
        environ["wsgi.input"] = BytesIO()
        if tag:
            environ["HTTP_IF_NONE_MATCH"] = tag
        begun: list[Any] = []
        body = self._application(environ, lambda status, headers, *_: begun.extend((status, headers)))
        content = b"".join(body)
        body.close()  # type: ignore[attr-defined] # Django's responses have it; it ends the request
        status, headers = begun
        return Answer(int(status[:3]), dict(headers).get("ETag", ""), content)
