"""One e-mail to the sender of a tip, when the newsroom has decided. Anybody can type another person's address.

So an address gets one e-mail for a tip, with the newsroom's words and none of the sender's, and few at a time.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles import rating_words
from articles.choices import PublicState
from articles.selectors.readers.forms import sent_in
from articles.selectors.readers.forms.sent_in import NothingSentError, SentSuggestion
from articles.text import as_label
from followers.models import AnswerRequest
from notifications.models import Message
from notifications.services import waking

#: One address waits for no more answers; what is asked beyond that is dropped without a word.
MOST_WAITING: Final = 3
#: After so long without a decision the address is erased.
KEEP: Final = timedelta(days=180)
_UNDECIDED: Final = (PublicState.RECEIVED, PublicState.ACCEPTED)


def ask(*, email: str, reference: str, language: str, at: datetime) -> None:
    """Note that the sender of a tip wants its answer; ``email`` as ``following.clean_address`` returns it."""
    if AnswerRequest.objects.filter(email__iexact=email).count() >= MOST_WAITING:
        return
    row = AnswerRequest(reference=reference, email=email, language=language, asked_at=at)
    AnswerRequest.objects.bulk_create([row], ignore_conflicts=True)


def send_due(*, at: datetime) -> int:
    """Write the e-mails about tips that are decided, and erase addresses that are no longer needed.

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
        seen = sent_in.suggestion(row.reference)
    except NothingSentError:
        row.delete()
        return 0
    if seen.public_state in _UNDECIDED:
        return 0
    row.message = _message(row, seen, at)
    row.save(update_fields=["message"])
    return 1


def _message(row: AnswerRequest, seen: SentSuggestion, at: datetime) -> Message:
    with override(row.language):
        page = settings.SITE_URL + reverse("readers:suggested", args=[seen.reference])
        parts = [_("We have decided on your tip %(reference)s.") % {"reference": seen.reference}]
        if seen.face and not seen.face.is_retracted:
            rating = rating_words.in_language(seen.face.rating_label, row.language)
            claim = settings.SITE_URL + reverse("readers:claim", args=[seen.face.slug])
            parts.append("\n".join([_("We have checked this:") + " " + rating, seen.face.text, claim]))
        parts += [seen.decision_note] if seen.decision_note else []
        parts.append(_("Read the answer on the site:") + "\n" + page)
        parts.append(
            _(
                "Somebody gave this address with a tip at %(site)s. This is the only e-mail about it; "
                "then we erase the address."
            )
            % {"site": settings.SITE_NAME}
        )
        subject = f"{as_label(settings.SITE_NAME)} {_('Your tip')}"
    return Message.objects.create(
        to=row.email,
        subject=" ".join(subject.split())[:300],
        text="\n\n".join(parts) + "\n",
        headers={"Auto-Submitted": "auto-generated"},
        refused=False,
        created_at=at,
        next_at=at,
    )


@transaction.atomic
def _erase(at: datetime) -> None:
    """Erase e-mails that were sent or failed for good, with their requests, and requests that nobody decided."""
    answered = AnswerRequest.objects.filter(message__isnull=False)
    over = answered.exclude(message__sent_at=None, message__failed_at=None)
    messages = list(over.values_list("message_id", flat=True))
    over.delete()
    Message.objects.filter(pk__in=messages).delete()
    AnswerRequest.objects.filter(message=None, asked_at__lt=at - KEEP).delete()
