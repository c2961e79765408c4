"""Readers' devices: browsers whose push service is a receiver of the test."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from followers.models import Device
from followers.services import devices, push_sending
from followers.services.push_sending import Sent
from lib.webpush import signing
from tests.lib.safehttp.receivers import receiver
from tests.lib.safehttp.test_client import HERE
from tests.lib.webpush.browser import BrowserKeys
from tests.partners.hooks import Inbox


class Phone(BrowserKeys):
    """A browser with a subscription."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self.endpoint = endpoint

    def subscription(self) -> dict[str, str]:
        """What the page's script sends of it."""
        return {"endpoint": self.endpoint, **self.given()}

    def follow(self, kind: str = "corrections", target: str = "", language: str = "en") -> Device:
        """Follow something."""
        return devices.follow(**self.subscription(), kind=kind, target=target, language=language)

    def shown(self, inbox: Inbox) -> list[dict[str, Any]]:
        """The notifications that came in for it, read with its own keys."""
        path = self.endpoint.split("/", 3)[3]
        return [self.notification(body) for head, body in inbox.messages if head[":path"] == f"/{path}"]


class PushService(Inbox):
    """A push service: keeps what came in, with the path, and answers with one status after the other."""

    def __init__(self, *statuses: int, headers: str = "") -> None:
        super().__init__(*(statuses or (201,)), headers=headers)
        self.url = ""

    @contextmanager
    def listening(self) -> Iterator["PushService"]:
        """It takes messages for the length of a block."""
        with receiver(self) as there:
            self.url = there.url
            yield self

    def phone(self, name: str = "phone") -> Phone:
        """A browser that has its subscription here."""
        return Phone(f"{self.url}/{name}")


def turn_on(settings: Any) -> None:
    """Let readers follow on devices, at the push services of tests as well."""
    settings.VAPID_PRIVATE_KEY = signing.generate().secret_text()
    settings.FOLLOW_ON_DEVICES = True
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    settings.PUSH_SERVICES = ["127.0.0.1", "push.example"]


def push_service(*statuses: int, headers: str = "") -> AbstractContextManager[PushService]:
    """A push service for the length of a block."""
    return PushService(*statuses, headers=headers).listening()


def send() -> Sent:
    """What the job does."""
    return push_sending.send_due(policy=HERE)
