"""Publishing several approved claims of one article: each by itself, with what came of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.groups import who_may
from articles import rules, workflow
from articles.choices import Stage
from articles.models import Article, Claim
from articles.selectors import admin_lists
from articles.selectors.claims import progress
from articles.selectors.verification import schedules
from articles.services.verification import publishing
from desk.claims import stage_panel
from desk.http import badges, versions
from desk.http.refusals import error_text
from desk.http.views import Page
from lib.refusals import NotAllowedError, RefusedError, StaleError


@dataclass(frozen=True, slots=True)
class Row:
    """An approved claim of the article, with why it cannot be published here."""

    claim: Claim
    rating: str
    version: str
    refusals: list[str]
    is_again: bool
    schedule: schedules.Standing | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one claim."""

    claim: Claim
    is_published: bool
    words: str


class PublishArticlePage(Page):
    """The approved claims of an article, and after the press what came of each."""

    model = Article
    template_name = "desk/verification/publish_article.html"

    def check_permission(self) -> None:
        """Refuse people who may not publish. Raises ``NotAllowedError``."""
        if not rules.may_publish(self.request.user):  # type: ignore[arg-type]
            permission = workflow.get("publish").permission
            raise NotAllowedError.for_(_("You do not have permission to publish claims."), groups=who_may(permission))

    def find(self, object_id: UUID, **kwargs: Any) -> Article:
        """The article. Raises ``Http404``."""
        return get_object_or_404(Article, pk=object_id)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The list."""
        return self._list()

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Publish each chosen claim on the version that was shown, in a transaction of its own."""
        chosen = set(request.POST.getlist("claim"))
        claims = [claim for claim in admin_lists.claims_of_article(self.row) if str(claim.pk) in chosen]
        if not claims:
            return self._list(problem=_("Choose at least one claim."))
        return self._list(results=[self._publish(claim) for claim in claims])

    def _publish(self, claim: Claim) -> Result:
        version = versions.read(self.request.POST.get(f"_version_{claim.pk}"), claim)
        try:
            if version is None:
                raise StaleError(current=claim.version)
            record = publishing.publish(claim=claim, by=self.request.user, at=None, version=version)  # type: ignore[arg-type]
        except (RefusedError, ValidationError) as error:
            return Result(claim, False, error_text(error))
        return Result(claim, True, _("Published as revision %(number)s.") % {"number": record.revision})

    def _list(self, *, problem: str = "", results: list[Result] | None = None) -> HttpResponse:
        approved = [row for row in admin_lists.claims_of_article(self.row) if row.stage == Stage.APPROVED]
        return self.show(
            title=_("Publish approved claims"),
            rows=[self._row(claim) for claim in approved],
            problem=problem,
            results=results or [],
            published_count=sum(result.is_published for result in results or []),
            status=400 if problem else 200,
        )

    def _row(self, claim: Any) -> Row:
        face = admin_lists.current_publication(claim.pk)
        steps = progress.progress_of(claim, asker=self.request.user, faces=[face] if face else []).steps  # type: ignore[arg-type]
        step = next(step for step in steps if step.transition.key == "publish")
        refusals = [reason.text for reason in stage_panel.button(step, claim, face).refusals]
        if step.needs_correction:
            refusals.append(_("The rating is not the one that readers have: publish it by itself, with a note."))
        rating = badges.rating(claim.rating_label, claim.rating_tone)
        return Row(claim, rating, versions.sign(claim), refusals, face is not None, schedules.standing(claim))
