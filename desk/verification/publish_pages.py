"""The page on which a claim is published: what readers will get, who receives it, when, and at which address."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.groups import who_may
from articles import rules, workflow
from articles.choices import Stage
from articles.models import Claim, PublishedClaim, Schedule
from articles.selectors import admin_lists
from articles.selectors.claims import progress
from articles.selectors.verification import schedules as selected
from articles.services.errors import WrongStageError
from articles.services.verification import addresses, audience, previews, publishing, schedules
from articles.text import in_sentence
from desk.claims import stage_panel
from desk.http import versions
from desk.http.views import ActionPage
from desk.verification.previews import context, find_claim
from desk.verification.publish_forms import EMBARGO, NOW, PublishForm
from lib.refusals import NotAllowedError, StaleError

_PUBLISH = workflow.get("publish")


class PublishPage(ActionPage):
    """Show what becomes public, ask when, and do it: the second of two presses."""

    model = Claim
    template_name = "desk/verification/publish.html"

    def check_permission(self) -> None:
        """Refuse people who may not publish. Raises ``NotAllowedError``."""
        if not rules.may_publish(self.request.user):  # type: ignore[arg-type]
            raise NotAllowedError.for_(
                _("You do not have permission to publish claims."), groups=who_may(_PUBLISH.permission)
            )

    def find(self, object_id: UUID, **kwargs: Any) -> Claim:
        """The claim. Raises ``Http404``."""
        return find_claim(object_id)

    @cached_property
    def face(self) -> PublishedClaim | None:
        """What readers have of the claim now."""
        return admin_lists.current_publication(self.row.pk)

    @property
    def schedule(self) -> Schedule | None:
        """The claim's last schedule."""
        return selected.of(self.row)

    def make_form(self, data: Any = None) -> PublishForm:
        """For this claim."""
        return PublishForm(data, claim=self.row, face=self.face, schedule=self.schedule)

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Ask; a claim that is not approved leads back to its page."""
        if self.row.stage != Stage.APPROVED:
            stands = in_sentence(self.row.get_stage_display())
            messages.info(request, _("“Publish” is not possible now: the claim is %(stage)s.") % {"stage": stands})
            return HttpResponseRedirect(self.back_address())
        return super().get(request, **kwargs)

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Publish, schedule, or cancel the schedule."""
        if self.row.stage != Stage.APPROVED:
            raise WrongStageError(_("Only an approved claim can be published."), stage=self.row.stage)
        if request.POST.get("_act") == "cancel":
            return self._cancel()
        return super().post(request, **kwargs)

    def act(self, form: PublishForm) -> HttpResponse:
        """Do it: all of it or nothing."""
        given, user, now = form.cleaned_data, self.request.user, timezone.now()
        claim, version = self.row, versions.of_form(self.request, self.row)
        by: dict[str, Any] = {"by": user, "correction": form.correction()}
        with transaction.atomic():
            if "slug" in given and given["slug"] != claim.slug:
                chosen = {"slug": given["slug"], "by": user, "at": now, "version": version}
                claim = addresses.choose_address(claim=claim, **chosen)
                version = claim.version
            if given["when"] == NOW:
                record = publishing.publish(claim=claim, at=None, version=version, **by)
                return self.done(_("Published as revision %(number)s.") % {"number": record.revision})
            assert form.publish_at is not None  # noqa: S101 - the form is valid
            is_embargo = given["when"] == EMBARGO
            seen = given["schedule_version"] or 0
            by |= {"publish_at": form.publish_at, "at": now, "is_embargo": is_embargo, "seen": seen}
            row = schedules.schedule(claim=claim, version=version, **by)
        return self.done(_("Scheduled for %(when)s.") % {"when": when_text(row)})

    def _cancel(self) -> HttpResponse:
        version = versions.of_form(self.request, self.row)
        sent = self.request.POST.get("schedule_version", "")
        seen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
        given: dict[str, Any] = {"by": self.request.user, "at": timezone.now(), "version": version, "seen": seen}
        schedules.cancel(claim=self.row, **given)
        return self.done(_("The schedule is cancelled. The claim stays approved."))

    def context(self) -> dict[str, Any]:
        """With the preview, what becomes public, and who receives it."""
        now, user = timezone.now(), self.request.user
        shown = previews.preview(self.row, at=now)
        steps = progress.progress_of(self.row, asker=user, faces=[self.face] if self.face else []).steps  # type: ignore[arg-type]
        step = next((step for step in steps if step.transition.key == "publish"), None)
        verdict = next(iter(sorted(self.row.verdicts.all(), key=lambda row: -row.pk)), None)
        return {
            **context(self.row, shown),
            "title": _("Publish"),
            "face": self.face,
            "verdict": verdict,
            "standing": selected.standing(self.row),
            "refusals": stage_panel.button(step, self.row, self.face).refusals if step else [],
            "is_ready": step is not None and not [item for item in step.unmet if item.key != "embargo"],
            "audience": audience.audience(shown, at=now),
            "becomes_public": audience.becomes_public(shown.document),
            "stays_inside": audience.stays_inside(self.row),
            "address_start": f"{settings.SITE_URL.partition('://')[2]}/claims/",
            "longest": addresses.LONGEST,
            "zone": settings.TIME_ZONE,
            "zone_now": timezone.localtime(now),
        }

    def refusal_text(self, error: Exception) -> str:
        """A second click of the same button is explained."""
        if not isinstance(error, StaleError | WrongStageError):
            return super().refusal_text(error)
        return _(
            "Nothing was done: the claim changed after that page was opened (it is %(stage)s now). "
            "If you clicked twice, the first click counted."
        ) % {"stage": in_sentence(self.row.get_stage_display())}


def when_text(row: Schedule) -> str:
    """The time of a schedule in the newsroom's time zone."""
    return f"{timezone.localtime(row.publish_at):%a %-d %b %Y, %H:%M}"
