"""What the readers' templates can say: texts, addresses, dates, directions, labels (``engine`` compiles them)."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from babel.numbers import format_percent
from django.conf import settings
from django.template import defaultfilters
from django.utils.encoding import escape_uri_path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import normalize_newlines
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from jinja2 import pass_context, pass_environment
from jinja2.runtime import Context
from markupsafe import Markup

from articles import claim_addresses, explanations, rating_tones, text
from articles.commitments import Proof
from articles.models import PublishedClaim
from articles.services.newsroom import pages
from followers import selectors as followers
from lib import plaintext
from lib.anchoring import quotes
from lib.parsing.inexact_dates import InexactDate, parse_inexact_date
from readers.http import labels, languages, template_constants
from readers.http.verdict_words import badge, definition, rating_word, translated_label, verdict_lead_in


class Site:
    """The newsroom: its name, address and mailbox."""

    @property
    def name(self) -> str:
        """What it is called."""
        return str(settings.SITE_NAME)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return str(settings.SITE_URL)

    @property
    def email(self) -> str:
        """Where readers can write to."""
        return str(settings.CONTACT_EMAIL)

    @property
    def can_be_followed(self) -> bool:
        """Whether readers can follow by e-mail."""
        return followers.is_on()

    @property
    def can_notify(self) -> bool:
        """Whether readers can follow by notifications on a device."""
        return followers.are_notifications_on()

    @property
    def theme(self) -> bool:
        """Whether it has a stylesheet of its own."""
        return bool(settings.HAS_THEME_CSS)


@pass_context
def language_alternates(context: Context) -> list[languages.LanguageLink]:
    """This page in each language of the site, as far as links go; an error page leads to the front pages.

    A page for search engines has a ``canonical`` address, another one sets ``has_twins``.
    A page's own ``alternates_query`` goes with it. No other query does: kept pages would hand one reader's to the next.
    """
    request = context.get("request")
    if request is None or not (context.get("canonical") or context.get("has_twins")):
        return languages.language_links(template_constants.url("readers:front"))
    here = languages.language_links(f"{escape_uri_path(request.path)}{context.get('alternates_query', '')}")
    elsewhere = context.get("twin_paths") or {}
    return [replace(twin, path=twin.path if twin.is_current else elsewhere.get(twin.code, twin.path)) for twin in here]


@pass_context
def alternates(context: Context) -> list[languages.LanguageLink]:
    """Links for search engines: the canonical page in each language, the newsroom's own language first.

    A claim's page sets ``alternate_paths``: the pages of the claim and its translations, the original's first.
    """
    pages = languages.language_links(context["canonical"].removeprefix(settings.SITE_URL))
    chosen = context.get("alternate_paths")
    if chosen is None:
        return sorted(pages, key=lambda page: page.code != settings.LANGUAGE_CODE)
    by_code = {page.code: page for page in pages}
    return [replace(by_code[code], path=path) for code, path in chosen.items()]


def own_name(language: str) -> str:
    """A language's name in itself."""
    return languages.own_name(language)


def monogram(name: str) -> str:
    """The first letters of a name's first and last word, for the face of somebody without a picture."""
    words = [word for word in plaintext.without_direction(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()


@pass_environment
def time_tag(environment: Any, value: str | date | datetime | InexactDate | None) -> SafeString | str:
    """A date or moment as ``<time>``: readable, and for machines as exact as it is known."""
    return _time(value, environment.language) if value else ""


@lru_cache(maxsize=4096)
def _time(value: str | date | datetime | InexactDate, _language: str | None) -> SafeString:
    """A page says a few days many times over."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else parse_inexact_date(value)
    if isinstance(value, datetime):
        value = localtime(value)
        said = text.long_moment(value)
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), said)
    known = value if isinstance(value, InexactDate) else InexactDate.from_day(value)
    return format_html('<time datetime="{}">{}</time>', known.edtf, text.long_date(known))


@pass_environment
def day(environment: Any, value: str | date | datetime | InexactDate | None) -> SafeString | str:
    """The day of a moment, as ``<time>``."""
    if isinstance(value, str) and "T" in value:
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        value = localtime(value).date()
    return time_tag(environment, value)


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return text.direction(language or "")


def language_name(language: str) -> str:
    """A language's name in the language of the page; its tag where it has none here."""
    return text.language_name(language)


def explanation(html: str, language: str = "", picture_base: str = "") -> SafeString:
    """A record's explanation. It was sanitised before it was frozen; once more costs little, and covers old records."""
    return explanations.shown(html, language, picture_base=picture_base)


def explanation_in_feed(html: str, address: str) -> SafeString:
    """A record's explanation for a feed; ``address`` is its claim's page in full."""
    return explanations.in_feed(html, address)


def page_text(html: str) -> SafeString:
    """The text of a page about the newsroom, sanitised once more, as with an explanation."""
    return mark_safe(pages.sanitize(html))  # noqa: S308


def month(value: date) -> str:
    """A month with its year."""
    return text.long_month(value)


def per_cent(part: int, whole: int) -> str:
    """A part in whole per cent; a dash where there is nothing to be a part of. Only all is 100, only none is 0."""
    if not whole:
        return "–"
    rounded = round(100 * part / whole)
    shown = min(max(rounded, 1), 99) if 0 < part < whole else rounded
    return format_percent(shown / 100, locale=languages.babel_locale(languages.current()))


def proof_address(proof: Proof) -> str:
    """Where a commitment can be seen to be kept."""
    return template_constants.url(f"readers:{proof.name}") + (f"#{proof.anchor}" if proof.anchor else "")


def words_before(prefix: str) -> str:
    """The text before a quote, as far as its paragraph goes, without the word that was cut in two.

    Where words have no blanks between them, as in Chinese, nothing says what is one: all of it stays.
    """
    *earlier, line = plaintext.without_direction(prefix).split("\n")
    if earlier or len(prefix) < quotes.CONTEXT_LENGTH:
        return line
    return "… " + (line.partition(" ")[2] or line)


def words_after(suffix: str) -> str:
    """The text after a quote, as far as its paragraph goes, without the word that was cut in two."""
    line, *later = plaintext.without_direction(suffix).split("\n")
    if later or len(suffix) < quotes.CONTEXT_LENGTH:
        return line
    return (line.rpartition(" ")[0] or line) + " …"


def web_address(url: str | None) -> str:
    """``url`` when it is one that a reader may safely follow, else nothing."""
    return url if url and urlsplit(url).scheme in ("http", "https") else ""


def own_page(claim: PublishedClaim) -> str:
    """The path of a claim's page in the claim's own language, where the site has it."""
    address = claim_addresses.canonical_address(claim.slug, claim.language)
    return address.removeprefix(str(settings.SITE_URL))


def host(url: str) -> str:
    """The site an address is on."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def bare_address(address: str) -> str:
    """A full address as it is read: without its scheme."""
    return address.partition("://")[2]


def absolute(path: str) -> str:
    """The full address of one of our own paths."""
    return f"{settings.SITE_URL}{path}"


def record_address(claim_id: str, revision: int | None = None) -> str:
    """Where the API serves a claim's newest record, or the bytes of one revision.

    The addresses are fixed, and made by a package this one does not import.
    """
    newest = f"/api/v1/claims/{claim_id}/"
    return f"{newest}revisions/{revision}/" if revision else newest


def report_address(statement: str, url: str) -> str:
    """A mail to the newsroom about one page, with its subject and address filled in."""
    subject = _("Error report: %(statement)s") % {"statement": statement[:120]}
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}&body={quote(url)}"


def linebreaksbr(words: str) -> Markup:
    """Text with its line breaks as ``<br>``, also one at its end: words may go on after it."""
    return Markup("<br>").join(normalize_newlines(words).split("\n"))


def truncatechars(words: str, most: int) -> str:
    """Text that is not longer than so many characters, the last one an ellipsis where it was."""
    return words if len(words) <= most else str(defaultfilters.truncatechars(words, most))


def date_as(value: date | datetime, pattern: str) -> str:
    """A day or moment in the newsroom's time zone, by one of Django's date patterns."""
    return date_format(localtime(value) if isinstance(value, datetime) else value, pattern) if value else ""


def urlencode(words: str) -> str:
    """Words as part of a query."""
    return quote(words, safe="")


FUNCTIONS: dict[str, Any] = {
    "site": Site(),
    "ngettext": template_constants.ngettext,
    "language_alternates": language_alternates,
    "alternates": alternates,
    "open_graph_locale": languages.open_graph_locale,
    "badge": badge,
    "shown_tone": rating_tones.shown,
    "verdict_lead_in": verdict_lead_in,
    "contacted": labels.contacted,
    "definition": definition,
    "per_cent": per_cent,
    "proof_address": proof_address,
    "record_address": record_address,
    "report_address": report_address,
}
FILTERS: dict[str, Any] = {
    filter_.__name__: filter_
    for filter_ in (
        own_name, rating_word, translated_label, monogram, time_tag, day, direction, language_name, explanation,
        explanation_in_feed, page_text, month, own_page, words_before, words_after, web_address, host, absolute,
        bare_address, linebreaksbr, urlencode, truncatechars, defaultfilters.urlizetrunc, text.as_label,
        languages.number,
    )
} | {"date": date_as, "linebreaks": defaultfilters.linebreaks_filter, **labels.FILTERS}  # fmt: skip
