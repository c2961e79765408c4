"""The page of background jobs, and its two buttons."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.selectors.matching.coverage import coverage
from desk.http.views import Page
from factcheck import __version__
from jobs import selectors
from jobs.definitions import Job
from jobs.table import BY_NAME
from lib.refusals import NotAllowedError
from notifications import selectors as notifications
from notifications.models import Message
from notifications.services import sending, waking

#: Failures and messages that are listed.
_SHOWN = 20


class JobsPage(Page):
    """Each job with its last run and its next one, and what failed."""

    template_name = "desk/jobs/jobs.html"

    def check_permission(self) -> None:
        """Who may see runs. Raises ``NotAllowedError``."""
        if not self.request.user.has_perm("jobs.view_jobrun"):
            raise NotAllowedError(_("You may not see background jobs."))

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self.show(
            title=_("Background jobs"),
            rows=selectors.rows(at=timezone.now()),
            failed=[(run, BY_NAME.get(run.name)) for run in selectors.failed_runs(limit=_SHOWN)],
            unsent=notifications.failed_messages(limit=_SHOWN),
            backlog=selectors.backlog(),
            workers=selectors.workers_alive(),
            meaning=coverage(),
            version=__version__,
            may_run=may_run(request.user),
        )

    def back_address(self) -> str:
        """The page itself: there is no row."""
        return reverse("admin:jobs_page")


class _Button(JobsPage):
    """A button on the page: it has no page of its own."""

    http_method_names = ["post"]

    def check_permission(self) -> None:
        """Who may run jobs. Raises ``NotAllowedError``."""
        if not may_run(self.request.user):
            raise NotAllowedError(_("You may not run background jobs."))

    def said(self, words: str) -> HttpResponse:
        """Back to the page, with a message."""
        messages.success(self.request, words)
        return HttpResponseRedirect(self.back_address())


class RunButton(_Button):
    """Runs a job now."""

    def find(self, name: str, **kwargs: Any) -> Job:
        """The job. Raises ``Http404``."""
        if name not in BY_NAME:
            raise Http404
        return BY_NAME[name]

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Queue it."""
        queued = waking.queue_job(self.row.name)
        words = _("“%(job)s” is queued.") if queued else _("“%(job)s” is queued already.")
        return self.said(words % {"job": self.row.title})


class SendButton(_Button):
    """Sends a message that failed."""

    def find(self, pk: int, **kwargs: Any) -> Message:
        """The message. Raises ``Http404``."""
        return get_object_or_404(Message.objects.failed(), pk=pk)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Let it be sent again."""
        sending.try_again(self.row, at=timezone.now())
        waking.wake_sender()
        return self.said(_("It is sent again."))


def may_run(user: Any) -> bool:
    """Whether somebody may run jobs again."""
    return bool(user.has_perm("jobs.run_job"))
