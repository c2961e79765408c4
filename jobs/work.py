"""What each job does, from the services that do it. Each returns what it did, in a few words."""

from datetime import timedelta
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from articles import meaning
from articles.choices import Surface
from articles.services import audit, pages_ahead, vectors
from articles.services.collaboration import notices as claim_notices
from articles.services.collaboration import presence, unsaved
from articles.services.evidence import link_checks
from articles.services.log import witnesses
from articles.services.verification import schedules
from caching import purgers, purging
from followers.services import answers, devices, following, push_sending, telling, tidying
from jobs.models import JobRun, Outcome
from notifications.services import composing, pruning, sending
from partners.outbound_policy import from_settings
from partners.services import notices as partner_notices

#: Vectors are made for so long at once; the next run goes on.
VECTOR_SECONDS = 40.0
#: For how long runs and failed jobs can be looked up, e-mails to colleagues, and unsaved changes of claims.
KEEP_RUNS, KEEP_MESSAGES, KEEP_UNSAVED = timedelta(days=30), timedelta(days=90), timedelta(days=30)


def send_messages() -> str:
    """Make messages of notices that are sent at once, and send all that is due."""
    composing.compose_due(at=timezone.now())
    return str(sending.send_due(at=timezone.now(), policy=from_settings()))


def purge_caches() -> str:
    """Send purges to the caches in front of the site. Raises ``PurgeError``."""
    return purging.send_due(at=timezone.now(), purger=purgers.from_settings())


def publish_scheduled() -> str:
    """Publish the claims whose time has come. Raises ``ClockBehindError``; then they are tried again next time."""
    with audit.surface(Surface.WORKER):
        return str(schedules.publish_due(at=timezone.now()))


def make_pages() -> str:
    """Make pages of claims before anybody asks, for ``PAGES_AHEAD_SECONDS``."""
    return pages_ahead.make_pages(seconds=settings.PAGES_AHEAD_SECONDS)


def ask_witnesses() -> str:
    """Let witnesses cosign the newest checkpoint. Raises ``WitnessesError`` when one has not signed for an hour."""
    return witnesses.ask_all(at=timezone.now(), policy=from_settings())


def send_daily_summaries() -> str:
    """Make the daily summaries; they leave with the next messages."""
    return f"{composing.compose_daily(at=timezone.now())} summaries"


def tell_followers() -> str:
    """Tell readers who follow something of what was published."""
    return f"{telling.tell_due(at=timezone.now())} e-mails"


def send_push_messages() -> str:
    """Hand notifications to the push services of readers' browsers."""
    return str(push_sending.send_due(policy=from_settings()))


def answer_tips() -> str:
    """Tell senders of tips and reports what was decided."""
    return f"{answers.send_due(at=timezone.now())} e-mails"


def send_digests() -> str:
    """Make the weekly e-mails to readers; they leave with the next messages."""
    return f"{telling.send_digests(at=timezone.now())} e-mails"


def tidy_followers() -> str:
    """Erase what nobody confirmed, addresses that the mail server refuses, old e-mails, and unreachable devices."""
    now = timezone.now()
    unconfirmed, refused = following.erase_unconfirmed(at=now), tidying.end_refused()
    old, unreachable = tidying.erase_old(at=now), devices.erase_unreachable(at=now)
    return f"{unconfirmed} requests, {refused} addresses, {old} e-mails, {unreachable} devices"


def notify_overdue() -> str:
    """Notify people of their overdue claims."""
    return f"{claim_notices.overdue(today=localdate(), at=timezone.now())} claims are overdue"


def fill_vectors() -> str:
    """Make the vectors of new and changed claims, for less than a minute. Raises ``EncoderError``."""
    if not settings.SEMANTIC_ENCODER:
        return "Search by meaning is off"
    return str(vectors.fill(meaning.load(), seconds=VECTOR_SECONDS))


def check_links() -> str:
    """Ask a portion of the sources' addresses whether they still answer."""
    return str(link_checks.check_due(at=timezone.now()))


def warn_expiring_keys() -> str:
    """Tell partners of keys that expire soon."""
    return f"{len(partner_notices.warn_expiring(at=timezone.now()))} keys"


def prune_webhooks() -> str:
    """As ``manage.py prune_webhooks``."""
    return _command("prune_webhooks")


def sweep_idempotency() -> str:
    """As ``manage.py sweep_idempotency``."""
    return _command("sweep_idempotency")


def forget_readers() -> str:
    """As ``manage.py forget_readers``."""
    return _command("forget_readers")


def clear_sessions() -> str:
    """As ``manage.py clearsessions``."""
    return _command("clearsessions") or "Done"


def verify_log() -> str:
    """As ``manage.py verify_log``; with ``LOG_EXPORT_FILE`` also the export. Raises ``CommandError``."""
    options = {"export": settings.LOG_EXPORT_FILE} if settings.LOG_EXPORT_FILE else {}
    return _command("verify_log", **options)


def prune_messages() -> str:
    """Delete old e-mails to colleagues with their notices."""
    return f"{pruning.prune(at=timezone.now(), keep=KEEP_MESSAGES)} messages"


def prune_unsaved() -> str:
    """Delete unsaved changes that nobody came back to."""
    return f"{unsaved.prune(at=timezone.now(), keep=KEEP_UNSAVED)} unsaved forms"


def erase_presence() -> str:
    """Erase who had a page of the desk open."""
    return f"{presence.erase(at=timezone.now())} rows"


def prune_jobs() -> str:
    """Delete old runs, and old failed jobs of the queue (the others are deleted as they succeed)."""
    before = timezone.now() - KEEP_RUNS
    purging.prune(at=timezone.now(), keep=KEEP_RUNS)
    runs, _ = JobRun.objects.filter(ended_at__lt=before).exclude(outcome=Outcome.RUNNING).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE job.status NOT IN ('todo', 'doing') AND NOT EXISTS"
            " (SELECT 1 FROM procrastinate_events WHERE job_id = job.id AND at >= %s)",
            [before],
        )
        return f"{runs} runs, {cursor.rowcount} jobs"


def _command(name: str, **options: str) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return " ".join(out.getvalue().split())
