"""Errors that readers reported, for the desk. What the reader sees of one: ``selectors.readers.forms.sent_in``."""

from django.db.models import Q, QuerySet

from accounts.models import User
from articles.choices import RecordKind
from articles.models import Claim, Record, Report


def for_the_desk() -> QuerySet[Report]:
    """Every report with its claim and who looks into it."""
    return Report.objects.select_related("claim", "assignee", "decided_by")


def corrections_since(report: Report) -> list[Record]:
    """The corrections and retractions of the claim that came after the revision which the reader had read."""
    if report.claim_id is None:
        return []
    kinds = [RecordKind.CORRECTED, RecordKind.RETRACTED]
    rows = Record.objects.filter(claim_id=report.claim_id, kind__in=kinds, revision__gt=report.revision or 0)
    return list(rows.defer("body").order_by("-revision"))


def others_about(report: Report) -> list[Report]:
    """Other reports on the same claim, newest first: many people see the same mistake."""
    if report.claim_id is None:
        return []
    return list(Report.objects.filter(claim_id=report.claim_id).exclude(pk=report.pk).order_by("-id")[:10])


def open_about(claim: Claim) -> int:
    """The number of undecided reports on this claim."""
    return Report.objects.open().filter(claim=claim).count()


def handlers() -> QuerySet[User]:
    """Who may decide on reports, for the list from which somebody is chosen."""
    may = Q(groups__permissions__codename="handle_report", groups__permissions__content_type__app_label="articles")
    return User.objects.filter(may | Q(is_superuser=True), is_active=True).distinct().order_by("first_name", "username")
