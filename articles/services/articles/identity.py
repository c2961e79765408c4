"""Which article a text belongs to: decided by its address and its words together, never by the address alone."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article
from lib import webaddress

#: Texts that have fewer words than this are too short to be told apart by their words.
_ENOUGH_WORDS = 60
#: How large a share of the shorter text's runs of words the longer one has: from here on they are one article …
_ALIKE = 0.15
#: … and below this they are two.
_DIFFERENT = 0.05
_RUN = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """The article at an address, and whether a text is surely another version of it.

    ``article`` is None where none is known. ``reason`` says why it is not sure.
    """

    article: Article | None = None
    is_sure: bool = True
    reason: str = ""


def identify(url: str, body: str) -> Identity:
    """The known article that ``body`` may be a newer text of.

    The address of a home page names no article. Where the text has nothing in common with the
    newest text at its address, the answer is not sure, and a person is asked.
    """
    article = article_at(url)
    if article is None:
        return Identity()
    known = article.current_version().body
    share = resemblance(known, body)
    if share is None or share >= _ALIKE:
        return Identity(article)
    reason = _("The address is that of a known article, but the text has little in common with it.")
    if share < _DIFFERENT:
        reason = _("The address is that of a known article, but the text is another one.")
    return Identity(article, is_sure=False, reason=reason)


def article_at(url: str) -> Article | None:
    """The article that is known at an address, also under a spelling that leads to the same page."""
    if not url or webaddress.is_front(url):
        return None
    exact = Article.objects.filter(url=url).first()
    if exact:
        return exact
    wanted = webaddress.normalized(url)
    host = webaddress.site_of(url)
    last = urlsplit(wanted).path.rsplit("/", 1)[-1]
    likely = Article.objects.filter(url__icontains=host) if host else Article.objects.none()
    if last.isascii():
        likely = likely.filter(Q(url__icontains=last) | Q(url__icontains="%"))
    return next((article for article in likely if webaddress.normalized(article.url) == wanted), None)


def believed_address(named: str, fetched: str) -> str:
    """The address to note for a page: what the page names as its own, where that can be believed.

    It has to be on the same site, and not its home page or a section: sites that name those name them on every page.
    """
    if not named or webaddress.site_of(named) != webaddress.site_of(fetched):
        return fetched
    return fetched if webaddress.is_front_or_section(named) else named


def resemblance(one: str, other: str) -> float | None:
    """How much of the shorter text is in the longer one, from 0 to 1; None for texts that are too short."""
    first, second = _runs(one), _runs(other)
    fewer = min(len(first), len(second))
    if fewer < _ENOUGH_WORDS:
        return None
    return len(first & second) / fewer


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())[:5000]
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))
