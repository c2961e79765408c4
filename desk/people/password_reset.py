"""Asking for a password link: the answer and its time are the same whether the account exists or not."""

import time

from allauth.account import views
from django.http import HttpRequest, HttpResponse

#: The answer takes at least so long. An e-mail to a known address is written in a tenth of it, and sent by the worker.
LEAST_SECONDS = 0.3


def password_reset(request: HttpRequest) -> HttpResponse:
    """Allauth's page; a posted form is answered after ``LEAST_SECONDS``."""
    begun = time.monotonic()
    response: HttpResponse = views.password_reset(request)
    if request.method == "POST":
        time.sleep(max(0.0, begun + LEAST_SECONDS - time.monotonic()))
    return response
