"""The words of ratings in other languages, for what is derived from records. A record's own words never change.

The newsroom's own translations come first, then those that come with the product.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, override, pgettext

#: What the scale is written in.
WRITTEN_IN = "en"
_CONTEXT = "a rating"
#: By language and the words that are translated.
Edited = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _State:
    """The newsroom's own translations, and the stamp under which the database had them."""

    stamp: str
    said: Edited = field(default_factory=dict)


#: The stamp of a database without translations.
NO_STAMP = "0/0"
_newest = _State(NO_STAMP)
#: What this request goes by: a page is made of the words whose stamp is in its name, whatever others read meanwhile.
_state: ContextVar[_State] = ContextVar("rating words", default=_newest)


def stamp() -> str:
    """The name of the newsroom's own translations as this request knows them, for ETags."""
    return _state.get().stamp


def follow(current: str, load: Callable[[], Edited]) -> None:
    """Go by the translations that the database has under the stamp ``current``; read them only where they are new."""
    global _newest
    if _state.get().stamp == current:
        return
    if _newest.stamp != current:
        _newest = _State(current, {} if current == NO_STAMP else load())
    _state.set(_newest)


@cache
def languages() -> tuple[str, ...]:
    """The languages in which the scale has words: that of the texts, then those of the catalogues."""
    folders = [path for root in settings.LOCALE_PATHS for path in Path(root).iterdir()]
    return (WRITTEN_IN, *sorted(path.name for path in folders if (path / "LC_MESSAGES" / "django.mo").is_file()))


def in_language(words: str, tag: str) -> str:
    """A rating's label or definition in the language ``tag``; as it is given where there is no translation."""
    main = tag.partition("-")[0].lower()
    return _state.get().said.get((main, words)) or in_catalogue(words, main)


def at_desk(words: str) -> str:
    """The same in the language of who works at the desk, with the newsroom's own translations as this process last read
    them. A page of the desk is kept by nobody, so it needs no stamp in its name.
    """
    main = (get_language() or "").partition("-")[0].lower()
    return _newest.said.get((main, words)) or in_catalogue(words, main)


def in_catalogue(words: str, main: str) -> str:
    """The same without the newsroom's own translations."""
    return _translated(words, main) if words and main in languages() else words


def in_each_language(words: str) -> dict[str, str]:
    """A rating's label or definition by language, in those that have a word of their own for it."""
    found = {tag: in_language(words, tag) for tag in languages()}
    return {tag: said for tag, said in found.items() if tag == WRITTEN_IN or said != words}


@lru_cache(maxsize=1024)
def _translated(words: str, main: str) -> str:
    if main == WRITTEN_IN:
        return words
    with override(main):
        return pgettext(_CONTEXT, words)
