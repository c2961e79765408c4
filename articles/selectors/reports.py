"""Errors that readers reported: for the desk, and the state of one for the reader who sent it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from articles.choices import RecordKind, ReportState
from articles.models import Claim, PublishedClaim, Record, Report


class NoSuchReportError(LookupError):
    """No report has this reference."""


@dataclass(frozen=True, slots=True)
class ReporterView:
    """What a reader sees about their report. None of their text: anyone with the address sees this."""

    reference: str
    received_at: datetime
    state: ReportState
    answer: str
    decided_at: datetime | None
    correction: int | None
    claim_slug: str
    claim_text: str
    page: str


def for_its_reader(reference: str) -> ReporterView:
    """The state of the report. Raises ``NoSuchReportError``."""
    report = Report.objects.filter(reference=reference.upper()).first()
    if report is None:
        raise NoSuchReportError
    faces = (
        PublishedClaim.objects.filter(claim_id=report.claim_id) if report.claim_id else PublishedClaim.objects.none()
    )
    face = faces.only("slug", "text").first()
    is_decided = report.decided_at is not None
    return ReporterView(
        reference=report.reference,
        received_at=report.received_at,
        state=ReportState(report.state),
        answer=report.answer if is_decided else "",
        decided_at=report.decided_at,
        correction=report.correction,
        claim_slug=face.slug if face else "",
        claim_text=face.text if face else "",
        page=report.page,
    )


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
