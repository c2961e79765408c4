"""The two template engines: Jinja2 for readers' pages, Django's for the desk."""

from pathlib import Path
from typing import Any


def both(*, base_dir: Path, theme_dir: Path | None) -> list[dict[str, Any]]:
    """The setting ``TEMPLATES``. Templates of the newsroom's theme folder are found before ours."""
    folders = [base_dir / "templates"]
    if theme_dir:
        folders.insert(0, theme_dir / "templates")
    return [
        {
            "BACKEND": "readers.http.template_engine.ReadersTemplates",
            "DIRS": folders,
            "APP_DIRS": False,
            "OPTIONS": {},
        },
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": folders,
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "desk.people.context.sign_in_page",
                ],
            },
        },
    ]
