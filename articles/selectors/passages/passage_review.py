"""Passages after their article's text changed: what waits for a person, and the report on a text."""

from dataclasses import dataclass

from django.db.models import QuerySet

from articles.choices import AnchorDecision, AnchorState
from articles.models import AnchorCheck, Appearance, ArticleVersion


def unsettled() -> QuerySet[Appearance]:
    """Passages that are not found exactly once in the newest text, and about which nobody decided yet.

    A passage that a person marked as lost is settled: it is in the former text, which is kept.
    """
    given_up = AnchorCheck.objects.filter(decision=AnchorDecision.LOST).values("appearance")
    open_ones = Appearance.objects.exclude(state=AnchorState.EXACT)
    return open_ones.exclude(state=AnchorState.LOST, pk__in=given_up)


@dataclass(frozen=True, slots=True)
class Report:
    """What a new text did to the passages of the former one."""

    version: ArticleVersion
    former: ArticleVersion | None
    checks: list[AnchorCheck]

    @property
    def decided(self) -> int:
        """How many were decided by a person."""
        return sum(1 for check in self.checks if check.decided_by_id)

    def counts(self) -> list[tuple[str, int]]:
        """How many are exact, moved, ambiguous, lost: label and number."""
        return [(str(state.label), sum(1 for c in self.checks if c.found == state)) for state in AnchorState]


def report(version: ArticleVersion) -> Report:
    """The report on a text: its passages in the order of the former text."""
    checks = AnchorCheck.objects.filter(article_version=version).select_related(
        "claim", "claim__assignee", "appearance", "former", "decided_by"
    )
    former = version.article.versions.filter(number=version.number - 1).first()
    return Report(version, former, list(checks.order_by("start", "id")))
