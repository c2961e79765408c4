"""WSGI entry point: ``granian --interface wsgi factcheck.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from factcheck import garbage
from factcheck.wsgi_request import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_wsgi_application()
application.request_class = Request
# Loads all views before the process takes requests. Else the first one waits for it, a second or more on a busy
# machine; after a crash many do.
reverse("readers:front")
garbage.settle()
