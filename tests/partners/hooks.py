"""Endpoints and events for tests of webhooks, made through the services."""

import itertools
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from partners.models import Delivery, Endpoint, Partner
from partners.services import deliveries, endpoints, webhooks
from tests.lib.safehttp.receivers import read_request
from tests.lib.safehttp.test_client import HERE

EPOCH = uuid.UUID("0123456789abcdef0123456789abcdef")
_numbers = itertools.count(1)


def partner(**fields: Any) -> Partner:
    """A partner newsroom."""
    number = next(_numbers)
    return Partner.objects.create(name=f"Newsroom {number}", contact_email=f"desk{number}@news.example", **fields)


def endpoint(url: str = "https://news.example/hook", **fields: Any) -> Endpoint:
    """An endpoint of a partner of its own. Its address may be one of this machine."""
    made, _ = endpoints.add(partner=fields.pop("partner", None) or partner(), url="https://news.example/hook", **fields)
    Endpoint.objects.filter(pk=made.pk).update(url=url)
    return Endpoint.objects.get(pk=made.pk)


def publish(seq: int, *, claim: uuid.UUID | None = None, kind: str = "published", previous: int | None = None) -> None:
    """What the log says when a record was appended."""
    claim = claim or uuid.uuid4()
    webhooks.enqueue(
        webhooks.Announcement(
            type=kind,
            seq=seq,
            epoch=EPOCH,
            claim_id=claim,
            revision=1,
            previous_seq=previous,
            record_sha256="0" * 64,
            record_url=f"https://facts.example/api/v1/claims/{claim}/revisions/1/",
            claim_url="https://facts.example/claims/a/",
            at=datetime.now(UTC),
        )
    )


def deliver(delivery: Delivery | None = None) -> tuple[Delivery, deliveries.Outcome]:
    """Take the next due delivery (or send the one given), send it, write it down."""
    delivery = delivery or deliveries.take_next()
    assert delivery is not None
    outcome = deliveries.send(delivery, policy=HERE)
    deliveries.record(delivery, outcome)
    return Delivery.objects.select_related("event", "endpoint").get(pk=delivery.pk), outcome


class Inbox:
    """A receiver's act that keeps what came in, and answers with one status after the other, the last from then on."""

    def __init__(self, *statuses: int, headers: str = "") -> None:
        self.messages: list[tuple[dict[str, str], bytes]] = []
        self._statuses, self._headers = list(statuses) or [200], headers

    def __call__(self, wire: Any) -> None:
        head, _, body = read_request(wire).partition(b"\r\n\r\n")
        lines = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        headers = {name.lower(): value for name, value in lines}
        self.messages.append(({":path": head.split(b" ", 2)[1].decode(), **headers}, body))
        status = self._statuses[min(len(self.messages), len(self._statuses)) - 1]
        wire.sendall(f"HTTP/1.1 {status} X\r\n{self._headers}Content-Length: 0\r\n\r\n".encode())

    def seqs(self) -> list[int]:
        """The numbers of the records, in the order they came in."""
        return [json.loads(body)["data"]["seq"] for _, body in self.messages]
