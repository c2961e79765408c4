"""The public address of a claim: chosen before the first publication, and fixed from then on."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.groups import who_may
from accounts.models import User
from articles import rules, text
from articles.choices import Stage
from articles.models import Claim, Schedule, Verdict
from articles.selectors.log import approved_content, record_content
from articles.services import audit, editing
from articles.services.errors import WrongStageError
from articles.services.verification import next_record
from lib.refusals import NotAllowedError, NotNowError

#: The last part of an address has so many characters at most.
LONGEST = 80
_TWO_HYPHENS = re.compile("-{2,}")


def choose_address(*, claim: Claim, slug: str, by: User, at: datetime, version: int) -> Claim:
    """Give an approved claim that was never public another address; returns the changed claim.

    The approval stays: its hash is taken again, with the new address and nothing else. So does a schedule. Raises
    ``NotAllowedError``, ``StaleError``, ``WrongStageError``, ``NotNowError`` once readers know the address, and
    ``ValidationError`` naming ``slug``.
    """
    if not rules.may_publish(by):
        permission = "articles.publish_claim"
        raise NotAllowedError.for_(
            _("You do not have permission to choose the address of a claim."), groups=who_may(permission)
        )
    wanted = checked_slug(slug)
    with audit.act_as(by=by, reason=f"Public address: {wanted}"):
        locked = editing.lock(Claim, claim.pk, version=version)
        if locked.slug == wanted:
            return locked
        if locked.stage != Stage.APPROVED:
            raise WrongStageError(_("The address is chosen once the claim is approved."), stage=locked.stage)
        if next_record.last_record(locked) is not None:
            raise NotNowError(_("The claim was published, so its address is fixed."))
        editing.share_lock_dependencies(locked)
        verdict = record_content.current_verdict(locked)
        is_approved = approved_content.is_approved(locked, verdict)
        _require_free(wanted)
        locked.slug = wanted
        editing.bump_version(locked, at=at)
        if verdict and is_approved:
            _keep_approval(locked, verdict)
    return locked


def checked_slug(slug: str) -> str:
    """``slug`` as it is stored. Raises ``ValidationError`` with what to change."""
    given = text.clean_public(slug, field="slug").strip().strip("/")
    if not given:
        raise _wrong(_("Write the last part of the address."))
    made = text.slug(given, fallback="", limit=len(given))
    made = _TWO_HYPHENS.sub("-", made.replace("_", "-")).strip("-")
    if made != given:
        words = _("Use lower-case letters, digits and single hyphens between words.")
        if made:
            words = _("%(rule)s For example: %(slug)s") % {"rule": words, "slug": made[:LONGEST].strip("-")}
        raise _wrong(words)
    if len(given) > LONGEST:
        shorter = text.slug(given, fallback="", limit=LONGEST)
        words = _("Use at most %(most)s characters; these are %(count)s. For example: %(slug)s")
        raise _wrong(words % {"most": LONGEST, "count": len(given), "slug": shorter})
    return given


def _require_free(slug: str) -> None:
    """Raises ``ValidationError`` where another claim has the address; nobody else takes it until the commit."""
    with connection.cursor() as cursor:
        key = f"{Claim._meta.db_table}/{slug}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    if Claim.objects.filter(slug=slug).exists():
        raise _wrong(_("Another claim has this address. Choose another one."))


def _keep_approval(claim: Claim, verdict: Verdict) -> None:
    """Bind an approval that holds to the claim with its new address, and a schedule with it."""
    before, after = verdict.approved_sha256, approved_content.sha256(claim)
    Verdict.objects.filter(pk=verdict.pk).update(approved_sha256=after)
    Schedule.objects.waiting().filter(claim=claim, approved_sha256=before).update(approved_sha256=after)


def _wrong(words: str) -> ValidationError:
    return ValidationError({"slug": words})
