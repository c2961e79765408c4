"""The site with its pages packed, as the proxy of ``deploy/nginx`` does it. For measurements alone."""

import gzip
from collections.abc import Callable, Iterable
from typing import Any

from factcheck.wsgi import application as site

#: ``gzip_comp_level`` of the proxy.
LEVEL = 5


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site's answer; HTML and plain text packed for a client that takes it."""
    given: dict[str, Any] = {}

    def started(status: str, headers: list[tuple[str, str]], *error: Any) -> None:
        given.update(status=status, headers=dict(headers), error=error)

    answer = site(environ, started)
    headers = given["headers"]
    is_text = headers.get("Content-Type", "").startswith(("text/html", "text/plain"))
    takes = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    if is_text and takes and given["status"].startswith("200") and "Content-Encoding" not in headers:
        packed = gzip.compress(b"".join(answer), LEVEL)
        getattr(answer, "close", lambda: None)()
        headers |= {"Content-Encoding": "gzip", "Content-Length": str(len(packed)), "Vary": "Accept-Encoding"}
        answer = [packed]
    start_response(given["status"], list(headers.items()), *given["error"])
    return answer
