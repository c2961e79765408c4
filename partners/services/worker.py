"""The worker: threads that deliver, woken by the publishing transaction, by the clock, and every few seconds anyway."""

import logging
import threading

import psycopg
from django.db import Error, connection, connections
from django.utils import timezone

from lib.safehttp.policy import Policy
from partners.services import deliveries, notices
from partners.services.webhooks import CHANNEL

logger = logging.getLogger(__name__)
#: A wake-up that got lost costs at most this many seconds.
SWEEP_SECONDS = 5.0
#: A moment ahead is waited for at least this long, so that clocks that differ a little cause no busy loop.
_SHORTEST = 0.02


class Worker:
    """Delivers until it is stopped. Any number of workers may run, on any number of machines."""

    def __init__(self, *, policy: Policy, threads: int) -> None:
        self._policy, self._threads = policy, threads
        self._stopping = threading.Event()
        self._news = threading.Condition()
        self._edition = 0
        self._listening: psycopg.Connection | None = None

    def stop(self) -> None:
        """Take nothing new; what is being sent is finished. Safe to call from a signal handler: it only sets a flag."""
        self._stopping.set()

    def run(self) -> None:
        """Deliver until ``stop`` is called; returns when everything under way is written down."""
        threads = [threading.Thread(target=self._deliver, name=f"deliver-{n}") for n in range(self._threads)]
        threads.append(threading.Thread(target=self._notify, name="notices"))
        for thread in threads:
            thread.start()
        while not self._stopping.is_set():
            if self._listen():
                self._wake()
        self._wake()
        for thread in threads:
            thread.join()
        connections.close_all()

    def drain(self) -> int:
        """Deliver what is due now, notices included, in this thread; returns how many attempts deliveries took."""
        attempts = 0
        while not self._stopping.is_set() and self._one():
            attempts += 1
        notices.send_due(at=timezone.now())
        return attempts

    def _one(self) -> bool:
        delivery = deliveries.take_next()
        if delivery is None:
            return False
        outcome = deliveries.send(delivery, policy=self._policy)
        held = deliveries.record(delivery, outcome)
        logger.info(
            "%s attempt %s: %s%s",
            delivery,
            delivery.attempts,
            outcome.code or outcome.status,
            "" if held else " (late)",
        )
        return True

    def _deliver(self) -> None:
        while not self._stopping.is_set():
            edition = self._edition
            try:
                worked = self._one()
                wait = 0.0 if worked else deliveries.seconds_to_next_change()
            except Exception:  # an ended thread would go unnoticed; the next round may succeed
                logger.exception("A round was broken off; the lease of what was under way will run out")
                connection.close()
                worked, wait = False, SWEEP_SECONDS
            if worked:
                self._wake()  # what was just delivered may have been in the way of something
                continue
            with self._news:
                timeout = SWEEP_SECONDS if wait is None else min(SWEEP_SECONDS, max(_SHORTEST, wait))
                if self._edition == edition and not self._stopping.is_set():
                    self._news.wait(timeout)
        connection.close()

    def _notify(self) -> None:
        """Try again what could not be mailed; in a thread of its own, because a mail server may be slow."""
        while not self._stopping.is_set():
            try:
                notices.send_due(at=timezone.now())
            except Exception:  # as in _deliver
                logger.exception("Notices could not be looked through")
                connection.close()
            self._stopping.wait(SWEEP_SECONDS)
        connection.close()

    def _wake(self) -> None:
        with self._news:
            self._edition += 1
            self._news.notify_all()

    def _listen(self) -> bool:
        """Whether something was published within the next second. A lost connection is made again."""
        try:
            connection.ensure_connection()
            listener: psycopg.Connection = connection.connection
            if self._listening is not listener:
                listener.execute(f"LISTEN {CHANNEL}")
                self._listening = listener
                return True  # what was published before this line went unheard
            return any(True for _ in listener.notifies(timeout=1.0, stop_after=1))
        except (Error, psycopg.Error):
            connection.close()
            self._stopping.wait(1.0)
            return False
