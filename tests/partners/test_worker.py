"""The worker as a process and as threads; the small version of the proof."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from partners.choices import EndpointState
from partners.models import Delivery, Endpoint
from partners.services import signing
from partners.services.worker import Worker
from tests.lib.safehttp.receivers import receiver
from tests.lib.safehttp.test_client import HERE
from tests.partners import hooks
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


def has_nothing_to_do(threads):
    """Whether a worker has looked for deliveries and now listens: its sessions (two more than threads) are idle."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), bool_and(state = 'idle'), bool_or(query LIKE 'LISTEN%') FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        sessions, are_idle, listens = cursor.fetchone()
    return sessions >= threads + 2 and are_idle and listens


@pytest.mark.django_db
def test_deliver_webhooks_once_delivers_what_is_due_and_stops(settings, capsys):
    settings.OUTBOUND_ALLOW_LOOPBACK = True
    inbox, before = hooks.Inbox(), signal.getsignal(signal.SIGTERM)
    with receiver(inbox) as there:
        hooks.endpoint(there.url)
        for seq in (1, 2, 3):
            hooks.publish(seq)
        call_command("deliver_webhooks", "--once")
    assert signal.getsignal(signal.SIGTERM) is before, "whoever calls the command keeps its own handlers"
    assert inbox.seqs() == [1, 2, 3]
    assert "3 attempts" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_a_publication_wakes_the_worker_and_stop_finishes_the_current_delivery():
    started, go_on = threading.Event(), threading.Event()
    inbox = hooks.Inbox()

    def slow(wire):
        started.set()
        go_on.wait(10)
        inbox(wire)

    with receiver(slow) as there:
        hooks.endpoint(there.url)
        worker = Worker(policy=HERE, threads=2)
        running = threading.Thread(target=worker.run)
        running.start()
        wait_until(lambda: has_nothing_to_do(2))
        begun = time.monotonic()
        hooks.publish(1)
        assert started.wait(10)
        assert time.monotonic() - begun < 3, "the sweep would have found it after 5 s"
        worker.stop()
        go_on.set()
        running.join(20)
    assert not running.is_alive()
    assert Delivery.objects.get().state == "delivered"


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_worker_finds_a_due_delivery_within_seconds_without_a_notification():
    inbox = hooks.Inbox()
    with receiver(inbox) as there:
        endpoint = hooks.endpoint(there.url)
        Endpoint.objects.update(state=EndpointState.PAUSED)
        hooks.publish(1)
        worker = Worker(policy=HERE, threads=1)
        running = threading.Thread(target=worker.run)
        running.start()
        wait_until(lambda: has_nothing_to_do(1))
        Endpoint.objects.filter(pk=endpoint.pk).update(state=EndpointState.ACTIVE)  # tells nobody
        wait_until(lambda: Delivery.objects.filter(state="delivered").exists())
        worker.stop()
        running.join(20)
    assert inbox.seqs() == [1]


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_worker_survives_an_internal_error_and_lost_connections():
    """A secret that is no base64, which no code of ours writes, and sessions of the database that are ended."""
    inbox = hooks.Inbox()
    with receiver(inbox) as there:
        broken, good = hooks.endpoint(there.url), hooks.endpoint(there.url)
        broken.secrets.update(sealed=signing.seal("whsec_x"))
        worker = Worker(policy=HERE, threads=1)
        running = threading.Thread(target=worker.run)
        running.start()
        try:
            hooks.publish(1)
            wait_until(lambda: Delivery.objects.filter(endpoint=good, state="delivered").exists())
            wait_until(lambda: broken.deliveries.get().tries.filter(word="internal_error").exists())
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                assert cursor.fetchone()[0] >= 2
            hooks.publish(2)
            wait_until(lambda: Delivery.objects.filter(endpoint=good, seq=2, state="delivered").exists(), 20)
        finally:
            worker.stop()
            running.join(20)
    assert broken.deliveries.get(seq=1).lease_until is None


@pytest.mark.slow
def test_the_small_webhook_proof_delivers_every_event():
    """60 events, 3 receivers of which each fails at random, one worker killed: see ``bench/prove_webhooks.py``."""
    command = [sys.executable, "-m", "bench.prove_webhooks", "--events", "60", "--endpoints", "3", "--kills", "1"]
    done = subprocess.run(
        [*command, "--workers", "2", "--limit", "60"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "180 deliveries" in done.stdout
