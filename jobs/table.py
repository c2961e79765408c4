"""The table of background jobs. A new periodic job is one line here; nothing else has to be scheduled anywhere."""

from django.utils.translation import gettext_lazy as _

from articles.services.log.witnesses import ASK_WITNESSES
from caching.purging import PURGE_CACHES
from followers.services.push_sending import SEND_PUSH_MESSAGES
from jobs import work
from jobs.definitions import Job
from notifications.services.waking import SEND_MESSAGES

JOBS: tuple[Job, ...] = (
    Job(
        SEND_MESSAGES,
        _("Send e-mails"),
        "* * * * *",
        _("Sends e-mails and chat messages to colleagues. Notices wake it; each minute it also looks by itself."),
        work.send_messages,
        retries=0,
    ),
    Job(
        PURGE_CACHES,
        _("Purge caches"),
        "*/5 * * * *",
        _("Lets caches in front of the site forget pages that changed. Changes wake it; it also looks by itself."),
        work.purge_caches,
        retries=0,
    ),
    Job(
        "publish_scheduled",
        _("Publish scheduled claims"),
        "* * * * *",
        _("Publishes the claims whose time has come. The conditions of publication are asked again at that time."),
        work.publish_scheduled,
        retries=0,
    ),
    Job(
        "make_pages",
        _("Make pages"),
        "* * * * *",
        _("Makes the pages of claims before readers ask for them, a few seconds in each minute."),
        work.make_pages,
        retries=0,
    ),
    Job(
        ASK_WITNESSES,
        _("Ask witnesses"),
        "*/5 * * * *",
        _("Asks the witnesses of LOG_WITNESSES to cosign the newest checkpoint. A publication wakes it."),
        work.ask_witnesses,
    ),
    Job(
        "send_daily_summaries",
        _("Daily summaries"),
        "5 * * * *",
        _("Makes the daily summaries, once the hour of DAILY_SUMMARY_HOUR has come."),
        work.send_daily_summaries,
    ),
    Job(
        "tell_followers",
        _("Tell followers"),
        "* * * * *",
        _("Writes e-mails and notifications to readers who follow what was published since the last run."),
        work.tell_followers,
    ),
    Job(
        SEND_PUSH_MESSAGES,
        _("Send notifications"),
        "* * * * *",
        _("Hands notifications to the push services of readers’ browsers. New ones wake it."),
        work.send_push_messages,
        retries=0,
    ),
    Job(
        "answer_tips",
        _("Answer tips and reports"),
        "*/5 * * * *",
        _(
            "Writes e-mails to senders of tips and reports that are decided, and erases their addresses once they "
            "are sent."
        ),
        work.answer_tips,
    ),
    Job(
        "send_digests",
        _("Weekly e-mails"),
        "7 * * * *",
        _("Makes the weekly e-mails to readers, on Monday once the hour of DAILY_SUMMARY_HOUR has come."),
        work.send_digests,
    ),
    Job(
        "tidy_followers",
        _("Tidy followers"),
        "17 * * * *",
        _(
            "Erases unconfirmed requests to follow after 48 hours, refused addresses, old e-mails, and devices that "
            "cannot be reached."
        ),
        work.tidy_followers,
    ),
    Job(
        "notify_overdue",
        _("Overdue claims"),
        "50 * * * *",
        _("Notifies people of claims on their desk that are overdue, once for each due day."),
        work.notify_overdue,
    ),
    Job(
        "warn_expiring_keys",
        _("Keys that expire"),
        "20 6 * * *",
        _("Warns partners by e-mail that a key expires within 14 days, once for each key."),
        work.warn_expiring_keys,
    ),
    Job(
        "fill_vectors",
        _("Search by meaning"),
        "*/2 * * * *",
        _("Reads the meaning of new and changed claims, where search by meaning is on."),
        work.fill_vectors,
        retries=0,
    ),
    Job(
        "check_links",
        _("Check links"),
        "40 2 * * *",
        _("Asks a portion of the sources' addresses whether they still answer."),
        work.check_links,
    ),
    Job(
        "verify_log",
        _("Verify the log"),
        "30 3 * * *",
        _("Recomputes the log of published records, and writes LOG_EXPORT_FILE if it is set."),
        work.verify_log,
    ),
    Job(
        "prune_webhooks",
        _("Prune webhooks"),
        "10 4 * * *",
        _("Deletes webhook deliveries and e-mails to partners that are older than 90 days."),
        work.prune_webhooks,
    ),
    Job(
        "sweep_idempotency",
        _("Prune stored responses"),
        "15 * * * *",
        _("Deletes stored responses of repeated requests after 72 hours."),
        work.sweep_idempotency,
    ),
    Job(
        "forget_readers",
        _("Forget readers"),
        "20 4 * * *",
        _("Deletes e-mail addresses left with reports and pictures sent with tips, 90 days after the decision."),
        work.forget_readers,
    ),
    Job(
        "clear_sessions",
        _("Clear sessions"),
        "25 4 * * *",
        _("Deletes expired sessions of the desk."),
        work.clear_sessions,
    ),
    Job(
        "prune_messages",
        _("Prune e-mails"),
        "30 4 * * *",
        _("Deletes e-mails to colleagues, with their notices, after 90 days."),
        work.prune_messages,
    ),
    Job(
        "prune_unsaved",
        _("Prune unsaved changes"),
        "32 4 * * *",
        _("Deletes unsaved changes of forms after 30 days."),
        work.prune_unsaved,
    ),
    Job(
        "erase_presence",
        _("Erase presence"),
        "* * * * *",
        _("Erases who had a page of the desk open, a minute after the last sign of life."),
        work.erase_presence,
        retries=0,
    ),
    Job(
        "prune_jobs",
        _("Prune jobs"),
        "35 4 * * *",
        _("Deletes runs of jobs, and failed jobs of the queue, after 30 days."),
        work.prune_jobs,
    ),
)
BY_NAME: dict[str, Job] = {job.name: job for job in JOBS}
