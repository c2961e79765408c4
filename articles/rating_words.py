"""The words of ratings in other languages, for what is derived from records. A record's own words never change."""

from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import override, pgettext

#: What the scale is written in.
_WRITTEN_IN = "en"
_CONTEXT = "a rating"


@cache
def languages() -> tuple[str, ...]:
    """The languages in which the scale has words: that of the texts, then those of the catalogues."""
    folders = [path for root in settings.LOCALE_PATHS for path in Path(root).iterdir()]
    return (_WRITTEN_IN, *sorted(path.name for path in folders if (path / "LC_MESSAGES" / "django.mo").is_file()))


def in_language(words: str, tag: str) -> str:
    """A rating's label or definition in the language ``tag``; as it is given where there is no translation."""
    main = tag.partition("-")[0].lower()
    return _translated(words, main) if main in languages() and words else words


def in_each_language(words: str) -> dict[str, str]:
    """A rating's label or definition by language, in those that have a word of their own for it."""
    found = {tag: in_language(words, tag) for tag in languages()}
    return {tag: said for tag, said in found.items() if tag == _WRITTEN_IN or said != words}


@lru_cache(maxsize=1024)
def _translated(words: str, main: str) -> str:
    if main == _WRITTEN_IN:
        return words
    with override(main):
        return pgettext(_CONTEXT, words)
