"""One e-mail to the sender of a tip or report, when it is decided. Anybody can type another person's address.

So an address gets one e-mail for each, with the newsroom's words and none of the sender's, and few at a time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles import rating_words
from articles.choices import OPEN_REPORTS, PublicState
from articles.models import Report
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError, SentReport, SentSuggestion
from articles.services import reports
from followers.models import AnswerRequest
from notifications.models import Message
from notifications.services import waking

#: One address waits for no more answers; what is asked beyond that is dropped without a word.
MOST_WAITING: Final = 3
#: After so long without a decision the address is erased.
KEEP: Final = timedelta(days=180)
_UNDECIDED: Final = (PublicState.RECEIVED, PublicState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What an e-mail says; empty parts are left out."""

    subject: str
    parts: list[str]


def ask(*, email: str, reference: str, language: str, at: datetime) -> None:
    """Note that the sender of a tip or report wants its answer; ``email`` as ``following.clean_address`` returns it."""
    if AnswerRequest.objects.filter(email__iexact=email).count() >= MOST_WAITING:
        return
    row = AnswerRequest(reference=reference, email=email, language=language, asked_at=at)
    AnswerRequest.objects.bulk_create([row], ignore_conflicts=True)


def send_due(*, at: datetime) -> int:
    """Write the e-mails about what is decided, and erase addresses that are no longer needed.

    Returns how many were written.
    """
    _erase(at)
    count = 0
    for pk in AnswerRequest.objects.filter(message=None).order_by("pk").values_list("pk", flat=True):
        count += _answer(pk, at)
    if count:
        waking.wake_sender()
    return count


@transaction.atomic
def _answer(pk: int, at: datetime) -> int:
    row = AnswerRequest.objects.select_for_update().filter(pk=pk, message=None).first()
    if row is None:
        return 0
    try:
        with override(row.language):
            letter = _letter(row)
    except NothingSentError:
        row.delete()
        return 0
    if letter is None:
        return 0
    row.message = _message(row, letter, at)
    row.save(update_fields=["message"])
    return 1


def _letter(row: AnswerRequest) -> _Letter | None:
    """The e-mail in the language that is active; None while nothing is decided. Raises ``NothingSentError``."""
    try:
        seen = sent_in.suggestion(row.reference)
    except NothingSentError:
        return _about_report(sent_in.report(row.reference))
    return _about_tip(row, seen)


def _about_tip(row: AnswerRequest, seen: SentSuggestion) -> _Letter | None:
    if seen.public_state in _UNDECIDED:
        return None
    parts = [_("We have decided on your tip %(reference)s.") % {"reference": seen.reference}]
    if seen.face and not seen.face.is_retracted:
        rating = rating_words.in_language(seen.face.rating_label, row.language)
        parts.append("\n".join([_("We have checked this:") + " " + rating, *_claim(seen.face.text, seen.face.slug)]))
    parts += [seen.decision_note, _on_the_site("readers:suggested", seen.reference)]
    ending = _(
        "Somebody entered this address with a tip at %(site)s. This is the only e-mail about it. "
        "The address is erased when it is sent."
    )
    return _Letter(_("Your tip"), [*parts, ending % {"site": settings.SITE_NAME}])


def _about_report(told: SentReport) -> _Letter | None:
    if told.state in OPEN_REPORTS:
        return None
    parts = [_("We have decided on your report %(reference)s.") % {"reference": told.reference}]
    about = _claim(told.claim_text, told.claim_slug) if told.claim_slug else [told.page]
    parts.append("\n".join([str(told.state.label), *about]))
    parts += [told.answer, _on_the_site("readers:reported", told.reference)]
    ending = _(
        "Somebody entered this address with a report of an error at %(site)s. This is the only e-mail about it. "
        "The address is erased when it is sent."
    )
    return _Letter(_("Your report"), [*parts, ending % {"site": settings.SITE_NAME}])


def _claim(text: str, slug: str) -> list[str]:
    return [text, settings.SITE_URL + reverse("readers:claim", args=[slug])]


def _on_the_site(name: str, reference: str) -> str:
    return _("Read the answer on the site:") + "\n" + settings.SITE_URL + reverse(name, args=[reference])


def _message(row: AnswerRequest, letter: _Letter, at: datetime) -> Message:
    subject = f"{settings.SITE_NAME}: {letter.subject}"
    return Message.objects.create(
        to=row.email,
        subject=" ".join(subject.split())[:300],
        text="\n\n".join(part for part in letter.parts if part) + "\n",
        headers={"Auto-Submitted": "auto-generated"},
        refused=False,
        created_at=at,
        next_at=at,
    )


@transaction.atomic
def _erase(at: datetime) -> None:
    """Erase e-mails that were sent or failed for good, with their requests and the addresses of their reports.

    Requests go too when nobody decided, and when the desk erased the address of the report.
    """
    answered = AnswerRequest.objects.filter(message__isnull=False)
    over = list(answered.exclude(message__sent_at=None, message__failed_at=None))
    AnswerRequest.objects.filter(pk__in=[row.pk for row in over]).delete()
    Message.objects.filter(pk__in=[row.message_id for row in over]).delete()
    reports.forget_answered([row.reference for row in over], at=at)
    waiting = AnswerRequest.objects.filter(message=None)
    waiting.filter(reference__in=Report.objects.filter(email="").values("reference")).delete()
    waiting.filter(asked_at__lt=at - KEEP).delete()
