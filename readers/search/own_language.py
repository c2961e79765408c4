"""Lists of claims in the language of their page, and which languages' claims a list shows."""

from collections.abc import Callable
from dataclasses import replace

from articles.selectors.readers import published
from articles.selectors.readers.claim_filters import Filters
from articles.selectors.readers.languages import spoken_in
from readers.http import languages
from readers.search import filters


def narrow(wanted: Filters, spoken: list[str]) -> tuple[Filters, list[str]]:
    """What is listed, and the tags of the page's own language when the list is narrowed to it.

    Who browses sees claims in the language of the page; who searches, or names a language, is taken at their word.
    """
    if wanted.language == filters.EVERY_LANGUAGE:
        return replace(wanted, language=""), []
    tags = spoken_in(languages.current(), spoken) if not wanted.q and not wanted.language else []
    return (replace(wanted, language=languages.current()), tags) if tags else (wanted, [])


def shown(wanted: Filters, languages_spoken: Callable[[], list[str]]) -> list[str]:
    """The tags of the languages whose claims decide what the first page of a list shows; none where all of them do.

    A list in one language shows claims in others where it has a single page. The names of articles and sources come
    from records in any language. ``languages_spoken`` gives the tags that claims have.
    """
    rest = replace(wanted, language="", rating="", topic="", since=None, until=None)
    if rest or wanted.language == filters.EVERY_LANGUAGE:
        return []
    spoken = languages_spoken()
    sought, _own = narrow(wanted, spoken)
    tags = spoken_in(sought.language, spoken) if sought.language else []
    return tags if tags and published.has_more(replace(sought, language=""), tags) else []
