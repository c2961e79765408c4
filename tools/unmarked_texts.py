"""Texts of pages that no call of ``gettext`` names: rows of migrations, texts of packages, names that Django makes."""

import gettext
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

#: A text, its context, and where it comes from.
Unmarked = tuple[str | tuple[str, ...], str | None, str]
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Django's own texts that the catalogues translate, or translate better.
DJANGOS = (
    *((month, "alt. month") for month in _MONTHS),
    *((month, None) for month in _MONTHS),
    *((name, None) for name in ("English", "Azerbaijani", "Armenian", "Russian", "Turkish", "Arabic")),
)
#: Definitions of ratings that earlier releases began with: a newsroom keeps them, and its records have them.
FORMER_DEFINITIONS = (
    "The claim holds in substance; a detail is imprecise or needs context.",
    "The claim was right when it was made; facts have moved since.",
    "We are still checking. This is not a finding for or against the claim.",
)
#: Columns that no page names: counters, hashes, and what only programs read.
_UNSEEN = re.compile(
    r"sha256|hash|digest|seq\b|fingerprint|sealed|generation|lease|html$|^pk$|folded|stamp|^tf$|^leaf$|^root$"
)
#: Templates of other packages that the desk shows; their catalogues lack some of our languages.
_PACKAGES = {
    "unfold": ("templates/unfold/**/*.html", "templates/admin/**/*.html", "templates/registration/*.html", "**/*.py"),
    "allauth": (
        *(
            "templates/account/*reauthenticate.html",
            "templates/account/password_*.html",
            "templates/account/logout.html",
        ),
        *("templates/mfa/**/*.html", "templates/usersessions/*.html", "mfa/adapter.py", "mfa/**/forms.py"),
        *("templates/account/logout.html", "account/adapter.py", "account/fields.py"),
    ),
}
_CALL = re.compile(r"\b(?:_|gettext|gettext_lazy)\(\s*\"([^\"]+)\"\s*,?\s*\)")


def of_readers() -> Iterator[Unmarked]:
    """The ratings' labels and definitions, and names that Django translates."""
    for _key, label, _value, _tone, definition in import_module("articles.migrations.0003_ratings").FIRST_EDITIONS:
        for text in (label, definition):
            yield text, "a rating", "articles/migrations/0003_ratings.py"
    for text in FORMER_DEFINITIONS:
        yield text, "a rating", "tools/unmarked_texts.py"
    for name, context in DJANGOS:
        yield name, context, "django"


def of_desk() -> Iterator[Unmarked]:
    """Names of models and fields, of other packages, of libraries that know no Django, and of roles."""
    _start_django()
    from accounts import roles
    from lib.refusals import StaleError

    yield StaleError.TEXT, None, "lib/refusals/__init__.py"
    for role in roles.ROLES:
        for text in (role.name, role.summary):
            yield text, "a role", "accounts/roles.py"
    yield from _names_of_models()
    yield from _of_packages()


def _start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    os.environ.setdefault("DEBUG", "1")  # no secrets are needed here
    django.setup()


def _names_of_models() -> Iterator[Unmarked]:
    """Of the models that the desk has pages for, and of those whose rows a claim's history shows."""
    from django.apps import apps
    from django.contrib import admin
    from django.db import models

    for model in apps.get_models():
        is_in_history = model._meta.app_label == "articles" and any(f.name == "claim" for f in model._meta.fields)
        is_private = model.__module__.startswith(("articles.models.readers", "articles.models.private"))
        if is_private and not admin.site.is_registered(model):
            continue
        if not (admin.site.is_registered(model) or is_in_history or model.__name__ in ("Verdict", "Capture")):
            continue
        if not model.__module__.startswith(("accounts.", "articles.", "partners.")):
            continue
        fields: list[models.Field[Any, Any]] = [field for field in model._meta.fields if not field.primary_key]
        names = [model._meta.verbose_name, model._meta.verbose_name_plural, *(field.verbose_name for field in fields)]
        for name in map(str, names):
            if not _UNSEEN.search(name):
                yield name, None, model.__module__.replace(".", "/") + ".py"


def _of_packages() -> Iterator[Unmarked]:
    """What Django's catalogues do not translate into each of our languages."""
    for package, patterns in _PACKAGES.items():
        folder = Path(str(import_module(package).__file__)).parent
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
            for function, texts in _texts_of(path):
                context, wanted = (texts[0], texts[1]) if function == "pgettext" else (None, texts)
                if not _is_djangos(wanted if isinstance(wanted, str) else wanted[0]):
                    yield wanted, context, package


def _texts_of(path: Path) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    from tools import django_templates

    if path.suffix == ".py":
        yield from (("gettext", text) for text in _CALL.findall(path.read_text(encoding="utf-8")))
        return
    with path.open("rb") as file:
        for _line, function, texts, _comments in django_templates.extract(file, (), (), {}):
            yield function, texts


def _is_djangos(text: str) -> bool:
    """Whether Django itself translates the text into every language of ours."""
    return all(any(text in known for known in catalogues) for catalogues in _djangos_catalogues())


@cache
def _djangos_catalogues() -> list[list[set[str]]]:
    """The texts of Django's catalogues, for each of our languages but English."""
    import django
    from django.conf import settings

    folder = Path(str(django.__file__)).parent
    places = [folder / place for place in ("conf/locale", "contrib/admin/locale", "contrib/auth/locale")]
    return [
        [set(gettext.translation("django", place, [code])._catalog) for place in places]  # type: ignore[attr-defined]
        for code, _name in settings.LANGUAGES
        if code != "en"
    ]
