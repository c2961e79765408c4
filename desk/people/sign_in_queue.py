"""One sign-in at a time in each process, with a pause after a wrong one, so that readers' pages stay quick.

Readers' pages run on the same threads and share the interpreter with password checks. Without this queue, sixteen
programs that guess passwords made readers wait twelve times as long.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

#: Requests that check a password or a code of somebody who is not signed in yet.
_PATHS = ("/admin/login/", "/admin/account/factors/authenticate/")
_BUSY = _("Many people are signing in at this moment. Nothing was checked. Wait a few seconds and try again.")


class QueueFullError(Exception):
    """Too many wait, or one has waited too long."""

    RETRY_AFTER = 5


class Queue:
    """Lets one thread in at a time, in the order in which they came.

    ``waiting`` more wait up to ``seconds``; the next one is refused at once, because each of them holds a thread.
    """

    def __init__(self, *, waiting: int, seconds: float) -> None:
        self._line: deque[threading.Event] = deque()
        self._lock = threading.Lock()
        self._waiting, self._seconds = waiting, seconds

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and end it with the block. Raises ``QueueFullError``."""
        ticket = threading.Event()
        with self._lock:
            if len(self._line) > self._waiting:
                raise QueueFullError
            self._line.append(ticket)
            if len(self._line) == 1:
                ticket.set()
        if not ticket.wait(self._seconds):
            self._give_up(ticket)
        try:
            yield
        finally:
            with self._lock:
                self._line.popleft()
                if self._line:
                    self._line[0].set()

    def _give_up(self, ticket: threading.Event) -> None:
        """Leave the line, unless one's turn has come in this very moment."""
        with self._lock:
            if not ticket.is_set():
                self._line.remove(ticket)
                raise QueueFullError


#: With the seconds of ``SIGN_IN_PAUSE_SECONDS``, a full line is through in about five seconds.
QUEUE = Queue(waiting=16, seconds=10.0)


class SignInQueueMiddleware:
    """Stands before everything that costs something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The site's response, when it is this request's turn; a wrong password holds its turn a little longer."""
        if request.method != "POST" or request.path_info not in _PATHS:
            return self.get_response(request)
        try:
            with QUEUE.turn():
                response = self.get_response(request)
                if response.status_code != 302:
                    time.sleep(settings.SIGN_IN_PAUSE_SECONDS)
                return response
        except QueueFullError as error:
            headers = {"Retry-After": str(error.RETRY_AFTER), "Cache-Control": "no-store"}
            return HttpResponse(_BUSY, status=429, content_type="text/plain; charset=utf-8", headers=headers)
