"""The languages of the readers' pages, as settings choose them, and those of the desk."""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

#: The languages that come with a catalogue in ``locale/``; English is what the texts are written in.
SHIPPED = ["en", "az", "hy", "ru", "tr", "ar"]


def chosen(codes: list[str], *, default: str) -> list[tuple[str, str]]:
    """The languages as Django's ``LANGUAGES`` wants them; the ``default`` is always among them.

    Raises ``ImproperlyConfigured``, with what to write instead, for a language that has no catalogue.
    """
    wanted = [code.strip() for code in codes if code.strip()]
    wanted = list(dict.fromkeys(wanted if default in wanted else [default, *wanted]))
    unknown = [code for code in wanted if code not in SHIPPED]
    if unknown:
        raise ImproperlyConfigured(
            f"SITE_LANGUAGES and LANGUAGE_CODE take {', '.join(SHIPPED)}; "
            f"there is no catalogue for {', '.join(unknown)}."
        )
    return [(code, str(LANG_INFO[code]["name"])) for code in wanted]


def of_the_desk(base_dir: Path) -> list[str]:
    """English and the languages whose catalogue of the desk is complete; ``tools.messages`` writes the list."""
    return ["en", *(base_dir / "desk/locale/complete.txt").read_text(encoding="utf-8").split()]
