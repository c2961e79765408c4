"""Names of models and their fields, translated when a page shows them.

Django makes most names of attributes: ``claimed_on`` is "claimed on". The catalogue of the desk has them
(``tools.unmarked_texts``). Migrations keep the English names, because Django writes them from what was declared.
"""

from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

_OWN = frozenset(("accounts", "articles", "followers", "jobs", "notifications", "partners"))


def translate() -> None:
    """Make the names of our models and of their fields lazy. Forms made from models before this keep English labels."""
    for model in apps.get_models():
        options: Any = model._meta
        if options.app_label not in _OWN:
            continue
        if "verbose_name_plural" not in options.original_attrs:  # Django's own is lazy, but no text of a catalogue
            options.verbose_name_plural = str(options.verbose_name_plural)
        options.verbose_name = _lazy(options.verbose_name)
        options.verbose_name_plural = _lazy(options.verbose_name_plural)
        for field in (*options.local_fields, *options.local_many_to_many):
            field.verbose_name = _lazy(field.verbose_name)


def _lazy(name: Any) -> Any:
    return name if isinstance(name, Promise) or not name else gettext_lazy(name)
