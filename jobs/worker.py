"""The worker: one process that runs everything that is not a request.

Jobs of the queue run in threads of an event loop (procrastinate). Webhooks have their own threads
(``partners.services.worker``), because their order and their pauses are kept in their own tables.
"""

import asyncio
import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs import recovery
from partners.outbound_policy import from_settings
from partners.services.worker import Worker as WebhookWorker

logger = logging.getLogger(__name__)
#: What runs after this many seconds is broken off, and tried again later: the process ends within ten.
STOP_SECONDS, BREAK_OFF_SECONDS = 7.0, 9.0
_RESTART_SECONDS = 3.0


class Worker:
    """Runs jobs and delivers webhooks until it is stopped. Any number of workers may run."""

    def __init__(self, *, concurrency: int, webhook_threads: int) -> None:
        self._concurrency = concurrency
        self._webhooks = WebhookWorker(policy=from_settings(), threads=webhook_threads)
        self._stopping = threading.Event()

    def catch_signals(self) -> None:
        """Let SIGTERM and SIGINT stop this worker from now on."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())

    def run(self) -> None:
        """Work until ``stop``, or a signal. Returns within ``STOP_SECONDS`` or so; else the process ends."""
        threads = [
            threading.Thread(target=self._webhooks.run, name="webhooks"),
            threading.Thread(target=self._recover, name="recovery", daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            asyncio.run(self._jobs())
        finally:
            self.stop()
            threads[0].join()
            connections.close_all()

    def stop(self) -> None:
        """Take nothing new. What does not end in time is broken off: leases and heartbeats run out, others go on."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._webhooks.stop()
        deadline = threading.Timer(BREAK_OFF_SECONDS, _break_off)
        deadline.daemon = True
        deadline.start()

    async def _jobs(self) -> None:
        """The queue; begun again when the database went away."""
        stopped = asyncio.Event()
        # Python's own pool has four threads more than the machine has cores, however many jobs may run at once.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._concurrency + 1))

        def stop_all() -> None:
            self.stop()
            stopped.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop_all)
        while not self._stopping.is_set():
            working = asyncio.create_task(self._work())
            stop = asyncio.create_task(stopped.wait())
            await asyncio.wait([working, stop], return_when=asyncio.FIRST_COMPLETED)
            working.cancel()
            (outcome,) = await asyncio.gather(working, return_exceptions=True)
            if isinstance(outcome, Exception):
                logger.error("The queue was broken off and is begun again: %s", outcome)
            if not self._stopping.is_set():
                await asyncio.wait([stop], timeout=_RESTART_SECONDS)
            stop.cancel()

    async def _work(self) -> None:
        connector = await asyncio.to_thread(app.connector.get_worker_connector)  # type: ignore[attr-defined]
        with app.replace_connector(connector):
            async with app.open_async():
                await app.run_worker_async(
                    concurrency=self._concurrency,
                    shutdown_graceful_timeout=STOP_SECONDS,
                    install_signal_handlers=False,
                    update_heartbeat_interval=recovery.HEARTBEAT_SECONDS,
                    stalled_worker_timeout=recovery.STALLED_SECONDS,
                    delete_jobs="successful",
                )

    def _recover(self) -> None:
        while not self._stopping.wait(recovery.HEARTBEAT_SECONDS):
            try:
                recovery.retry_stalled(at=timezone.now())
            except Exception:  # the database may be away; the next round may do better
                logger.exception("Stalled jobs could not be looked for")
            finally:
                connections.close_all()


def _break_off() -> None:
    logger.warning("Stopped in the middle of something; another worker, or this one, will do it again")
    logging.shutdown()
    os._exit(0)
