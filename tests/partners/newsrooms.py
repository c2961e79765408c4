"""Partners for tests, made through the services."""

import itertools
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from partners.models import Key, Partner
from partners.services import keys, partners

_numbers = itertools.count(1)


def partner(**fields: Any) -> Partner:
    """An active partner."""
    values = {"name": f"Herald no. {next(_numbers)}", "contact_email": "desk@herald.example", **fields}
    return partners.add_partner(by=None, at=timezone.now(), **values)


def key(*scopes: str, of: Partner | None = None, **fields: Any) -> tuple[Key, str]:
    """A key with its secret; ``read`` unless scopes are given."""
    return keys.issue_key(partner=of or partner(), name="mirror", scopes=scopes or ("read",), **fields)


def ask(secret: str, path: str = "/api/v1/ratings/", method: str = "GET", **headers: str) -> HttpResponse:
    """A request with a key."""
    client = Client(raise_request_exception=False)
    return client.generic(method, path, headers={"Authorization": f"Bearer {secret}", **headers})
