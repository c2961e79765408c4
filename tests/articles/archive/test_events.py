"""Partners get one event for an archive; the change feed has every record."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client

from articles.models import ArchiveBatch, Head, Record
from articles.services.archive import importing
from partners.models import Delivery, Event
from partners.services import replays
from tests import newsroom
from tests.articles.archive.files import AT, imported, plan, row, written
from tests.partners import hooks

pytestmark = pytest.mark.django_db


def test_batch_is_one_event_with_its_numbers(tmp_path: Path, people: SimpleNamespace) -> None:
    everything, corrections = hooks.endpoint(), hooks.endpoint(event_types=["corrected"])
    newsroom.published(people)
    imported(written(tmp_path, [row(n) for n in range(5)]), people.editor, chunk=2)
    newsroom.published(people)
    [_first, event, _last] = Event.objects.order_by("seq")
    batch = ArchiveBatch.objects.get()
    body = json.loads(bytes(event.body))
    assert body["type"] == "archive.imported"
    assert body["data"] == {
        "batch": str(batch.pk),
        "count": 5,
        "first_seq": 2,
        "last_seq": 6,
        "epoch": str(Head.objects.get().epoch),
        "url": body["data"]["url"],
    }
    assert list(everything.deliveries.order_by("seq").values_list("seq", flat=True)) == [1, 6, 7]
    assert not corrections.deliveries.exists()
    assert mail.outbox == []
    message = everything.deliveries.get(seq=6)
    assert message.message_id() == f"msg_{str(event.epoch)[:8]}_6_{everything.pk}"
    assert replays.replay(endpoint=everything, first=2, last=6, at=AT) == 0


def test_stopped_import_is_announced_once_when_it_is_finished(tmp_path: Path, people: SimpleNamespace) -> None:
    hooks.endpoint()
    path = written(tmp_path, [row(n) for n in range(4)])
    run = importing.run(plan(path, people.editor), chunk=2)
    for _ in range(3):
        next(run)
    run.close()
    assert Record.objects.count() == 4
    assert not Event.objects.exists()
    imported(path, people.editor)
    imported(path, people.editor)
    assert Delivery.objects.get().event.type == "imported"


def test_drafts_are_no_event(tmp_path: Path, people: SimpleNamespace) -> None:
    imported(written(tmp_path, [row(1)]), people.editor, is_published=False)
    assert not Event.objects.exists()


def test_change_feed_has_every_record_once_and_in_order(
    client: Client, tmp_path: Path, people: SimpleNamespace
) -> None:
    newsroom.published(people)
    imported(written(tmp_path, [row(n) for n in range(250)]), people.editor, chunk=100)
    seen: list[int] = []
    cursor = ""
    while True:
        answer = client.get("/api/v1/changes/", {"cursor": cursor} if cursor else {}).json()
        seen += [record["seq"] for record in answer["results"]]
        cursor = answer["next_cursor"]
        if not answer["has_more"]:
            break
    assert seen == list(range(1, 252))
