"""The form in which a person chooses what they are notified of."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from lib.languages import names
from notifications.choices import DESCRIPTIONS, Frequency, Kind
from notifications.models import NotificationSettings

#: The field of the language; all others are named after a kind.
LANGUAGE = "language"


class ChoicesForm(forms.Form):
    """One choice for each kind of notice, and the language of the desk and of e-mails."""

    def __init__(self, data: Any = None, *, chosen: NotificationSettings) -> None:
        super().__init__(data)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=str(DESCRIPTIONS[kind]),
                choices=Frequency.choices,
                initial=chosen.frequency(kind),
                widget=UnfoldAdminSelectWidget(),
            )
        languages = [(code, names.own_name(code)) for code, _name in settings.LANGUAGES]
        self.fields[LANGUAGE] = forms.ChoiceField(
            label=gettext_lazy("Language of the desk and of e-mails"),
            required=False,
            choices=[("", _("The browser’s language; e-mails in the site’s own")), *languages],
            initial=chosen.language,
            widget=UnfoldAdminSelectWidget(),
        )
