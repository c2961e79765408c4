"""Runs of background jobs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a run ended, if it has."""

    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")
    LOST = "lost", _("Lost: the worker ended in the middle")


class JobRun(models.Model):
    """One run of a job. The queue itself is procrastinate's tables; these rows say what happened."""

    name = models.CharField(max_length=60)
    job_id = models.BigIntegerField(null=True, help_text="The job in procrastinate's table.")
    attempt = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    result = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    is_final = models.BooleanField(default=False, help_text="Whether a failed run is not tried again by itself.")
    reported_at = models.DateTimeField(null=True, help_text="When administrators were told of this series of failures.")

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("run_job", "Can run background jobs and send messages again")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="running", ended_at=None) | ~Q(outcome="running") & Q(ended_at__isnull=False),
                name="run_has_ended_or_runs",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "-id"], name="run_by_job"),
            models.Index(fields=["job_id"], condition=Q(outcome="running"), name="run_not_ended"),
            models.Index(fields=["ended_at"], name="run_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_outcome_display().lower()}"
