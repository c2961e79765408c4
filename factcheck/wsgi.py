"""WSGI entry point: ``granian --interface wsgi factcheck.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from factcheck.wsgi_request import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

application = get_wsgi_application()
application.request_class = Request
