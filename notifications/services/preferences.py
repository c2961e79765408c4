"""What a person chooses: which notices, how often, and in which language."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as for_desk

from accounts.models import User
from notifications.choices import Frequency, Kind
from notifications.models import Notice, NotificationSettings


@transaction.atomic
def choose(*, user: User, choices: Mapping[str, str], language: str) -> NotificationSettings:
    """Store what ``user`` chose for some kinds, and the language; notices that wait follow the choice.

    Raises ``ValidationError`` for an unknown kind, frequency or language.
    """
    unknown = {*choices} - {*Kind.values}
    if unknown or {*choices.values()} - {*Frequency.values}:
        raise ValidationError(for_desk("There is no such choice."))
    if language and language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": for_desk("The site does not have this language.")})
    NotificationSettings.objects.get_or_create(user=user)
    row = NotificationSettings.objects.select_for_update().get(user=user)
    row.choices = {**row.choices, **{kind: str(chosen) for kind, chosen in choices.items()}}
    row.language = language
    row.save()
    for kind, chosen in choices.items():
        waiting = Notice.objects.filter(user=user, kind=kind, message=None)
        if chosen == Frequency.NONE:
            waiting.delete()
        else:
            waiting.update(frequency=chosen)
    return row
