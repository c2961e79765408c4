"""Clients of each person, signed in by a token of their own, that remember nothing else."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts import services
from accounts.models import User
from api.openapi.components import PROBLEM

DESK = "/api/v1/desk/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by password here


class Desk:
    """Speaks to the desk with a personal token, as a newsroom's program does."""

    def __init__(self, user: User) -> None:
        self.user = user
        _, self.secret = services.issue_token(user=user, name="test")
        self.client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, *, etag: str = "", **headers: str) -> HttpResponse:
        """One request; ``body`` goes as JSON unless it is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        if etag:
            headers["If-Match"] = etag
        return self.client.generic(
            method,
            path if path.startswith("/") else DESK + path,
            data,
            "application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def etag(self, path: str) -> str:
        """The tag of what is there now."""
        return self.ask("GET", path)["ETag"]

    def act(self, claim: object, transition: str, **body: str) -> HttpResponse:
        """A step, on the version that is there now."""
        path = f"claims/{claim}/"
        return self.ask("POST", f"{path}actions/{transition}/", body, etag=self.etag(path))


@pytest.fixture
def desks(people: SimpleNamespace) -> SimpleNamespace:
    """A desk for every person."""
    return SimpleNamespace(**{name: Desk(user) for name, user in vars(people).items()})


@pytest.fixture
def reader() -> Client:
    """Anyone."""
    return Client(raise_request_exception=False)


@pytest.fixture
def problem() -> Callable[..., dict[str, Any]]:
    """Checks that an answer is a problem as RFC 9457 has it, and gives its document."""

    def check(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/problem+json"
        document: dict[str, Any] = json.loads(response.content)
        assert document["code"] == code, document
        assert document["status"] == status
        assert {"type", "title", "detail", "instance"} <= document.keys() <= PROBLEM["properties"].keys()
        return document

    return check
