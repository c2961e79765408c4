"""The folder that everything the site writes lies under. Code and settings may be read-only."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

#: Its name beside ``manage.py`` when ``VAR_DIR`` is not set.
_DEFAULT = "var"


def var_dir(named: str, *, base_dir: Path) -> Path:
    """The folder that ``VAR_DIR`` names, or ``var`` beside ``manage.py`` without it. Creates nothing.

    Raises ImproperlyConfigured when ``VAR_DIR`` is not absolute or not an existing folder. A folder that is missing is
    never made: it may be a volume that is not mounted.
    """
    if not named:
        return base_dir / _DEFAULT
    folder = Path(named)
    if not folder.is_absolute():
        raise ImproperlyConfigured(f"VAR_DIR={named} is not an absolute path. Write it from / on.")
    if not folder.is_dir():
        raise ImproperlyConfigured(
            f"VAR_DIR={named} does not exist or is not a folder. Create it for the site's user, or mount its volume."
        )
    return folder


def check_writable(folder: Path) -> None:
    """Raise ImproperlyConfigured when this process cannot write to ``folder``, or cannot create it."""
    place = folder if folder.exists() else folder.parent
    effective = os.access in os.supports_effective_ids
    if not os.access(place, os.W_OK | os.X_OK, effective_ids=effective):
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be written to by user {os.geteuid()}. The site writes everything there. "
            "Give it to the site's user, or set VAR_DIR to another folder."
        )
