"""What a claim is called wherever it is shared: on its card, in a frame on another site, in the tags of its page.

All of it follows from a record and the newest record of the same claim, so that an old revision that goes on being
shared says that it is old, and whether it was corrected or withdrawn since.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import rating_tones, rating_words, text
from articles.models import PublishedClaim, Record
from lib import sharecards
from readers.http import languages, pictures, view_models

Document = dict[str, Any]
#: Keeps a name's own direction out of the words around it (Unicode's first strong isolate).
_ISOLATE, _END = "\u2068", "\u2069"

#: The widest frame that is asked for.
FRAME_WIDTH = 640
#: Pixels, measured in Chromium: what a letter of each text and a line of it take in a frame, lines that break early
#: included; what is between two texts; the margins at the sides, and above, between and below; and where the last line
#: becomes two.
_STATEMENT, _SUMMARY, _NOTE = (13.0, 26.0), (9.9, 24.0), (9.3, 21.6)
_GAP, _SIDES, _REST, _NARROW = 10, 44, 150, 420


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as it is shared: its word and tone, and what to say beside it about when and whether it still holds.

    ``tone`` is as it is shown; ``finding`` is what was found, in the claim's language, or why there is no verdict.
    """

    label: str
    tone: str
    notes: tuple[str, ...]
    finding: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """The picture a page is shared with, for Open Graph."""

    url: str
    alt: str
    width: int = sharecards.FORMS[""].width
    height: int = sharecards.FORMS[""].height


@dataclass(frozen=True, slots=True)
class Share:
    """What a claim's page says to those who share it: words, picture, code for a frame, where oEmbed describes it."""

    title: str
    about: str
    image: Image
    code: str
    oembed: str
    locale: str
    #: The claim's own picture, beside the card: the card says the verdict and comes first.
    picture: pictures.Picture | None = None


def of(row: PublishedClaim, record: Record, document: Document) -> Share:
    """How the page of a record is shared. The frame always shows the newest record."""
    page = view_models.address("claim", row.slug)
    newest = document if record.revision == row.revision else row.record.document()
    title, about = _told(row, record, document, newest)
    return Share(
        title,
        about,
        image(row, record, document),
        embed_code(row, newest, height=embed_height(newest, FRAME_WIDTH), resizing=True),
        f"{view_models.address('oembed')}?url={quote_plus(page)}",
        languages.open_graph_locale(document["claim"]["language"]),
        None if row.is_retracted else pictures.lead(document),
    )


def _told(row: PublishedClaim, record: Record, document: Document, newest: Document) -> tuple[str, str]:
    """Title and description. An old revision says that it is old; one of a retracted claim, what was said last."""
    told = newest if newest["retraction"] else document
    title = headline(told)
    if record.revision != row.revision and told is document:
        title = f"{_('Earlier version')}. {title}"
    return title, told["retraction"]["note"] if told["retraction"] else told["verdict"]["summary"]


def verdict(row: PublishedClaim, record: Record, document: Document) -> Verdict:
    """The verdict of a record, or that the claim was retracted: an old finding is never shared as if it stood."""
    if document["retraction"]:
        on = _("Retracted on %(day)s") % {"day": day(document["retraction"]["at"])}
        return Verdict(_("Retracted"), rating_tones.RETRACTED, (on,), _("We give no verdict on this claim."))
    if row.is_retracted:
        notes = (_("Earlier version"), _("Retracted since"))
        return Verdict(_("Retracted"), rating_tones.RETRACTED, notes, _("We give no verdict on this claim."))
    rating = document["verdict"]["rating"]
    tone = rating_tones.shown(rating["key"], rating["tone"])
    finding = document.get("headline") or document["verdict"]["summary"]
    return Verdict(_verdict_word(document), tone, _notes(row, record, document), finding, rating["key"])


def _notes(row: PublishedClaim, record: Record, document: Document) -> tuple[str, ...]:
    if record.revision != row.revision:
        was_corrected = row.corrected_at is not None and row.corrected_at > record.at
        return _("Earlier version"), _("Corrected since") if was_corrected else _("Updated since")
    checked = _("Checked %(day)s") % {"day": day(document["verdict"]["checked_on"])}
    if not document["corrections"]:
        return (checked,)
    last = max(correction["at"] for correction in document["corrections"])
    return checked, _("Corrected %(day)s") % {"day": day(last)}


def said_by(document: Document) -> str:
    """Who made the claim, in a line; empty when it is unattributed, or the claim was retracted."""
    claimant = document["claim"].get("claimant")
    if not claimant:
        return ""
    name = f"{_ISOLATE}{claimant['name']}{_END}"
    if claimant["role"]:
        return _("Said by %(name)s, %(role)s") % {"name": name, "role": f"{_ISOLATE}{claimant['role']}{_END}"}
    return _("Said by %(name)s") % {"name": name}


def headline(document: Document) -> str:
    """The headline of the check; without one, verdict and statement in one line."""
    if document.get("headline"):
        return str(document["headline"])
    statement = document["claim"]["text"]
    if document["retraction"]:
        return _("Retracted: %(claim)s") % {"claim": statement}
    return f"{text.as_label(_verdict_word(document))} {statement}"


def _verdict_word(document: Document) -> str:
    return rating_words.in_language(document["verdict"]["rating"]["label"], languages.current())


def image(row: PublishedClaim, record: Record, document: Document) -> Image:
    """The card of a revision. Its address changes with the revision, because other sites cache cards."""
    shown = verdict(row, record, document)
    alt = _("%(site)s checked the claim “%(claim)s”. Verdict: %(verdict)s.") % {
        "site": settings.SITE_NAME,
        "claim": document["claim"]["text"],
        "verdict": shown.label,
    }
    return Image(view_models.address("revision_card", row.slug, record.revision) + _in_language(row), alt)


def _in_language(row: PublishedClaim) -> str:
    """The part of a card's address that names the page's language; empty where it is the claim's own."""
    here = languages.current()
    return "" if here == languages.closest(row.language) else f"?language={here}"


def embed_code(
    row: PublishedClaim, newest: Document, *, height: int, resizing: bool = False, width: str = "100%"
) -> str:
    """HTML that shows the check on another site, from the claim's newest record.

    ``resizing`` adds our script that fits the frame's height.
    """
    frame = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>',
        view_models.address("embed", row.slug),
        headline(newest),
        width,
        height,
    )
    if not resizing:
        return frame
    # The plain address, not the one with a hash: codes are pasted into pages that outlive this release.
    script = f"{settings.SITE_URL}{settings.STATIC_URL}factcheck/frame.js"
    return frame + format_html('\n<script src="{}" async></script>', script)


def embed_height(document: Document, width: int) -> int:
    """About how many pixels high the check is in a frame ``width`` pixels wide. One that is too low can be scrolled."""
    claimant, verdict, corrections = document["claim"].get("claimant"), document["verdict"], document["corrections"]
    texts = [(document["claim"]["text"], _STATEMENT)]
    if document.get("headline"):
        texts.append((document["headline"], _STATEMENT))
    if claimant:
        texts.append((f"Said by {claimant['name']}, {claimant['role']}", _NOTE))
    texts.append((verdict["summary"] if verdict else document["retraction"]["note"], _SUMMARY))
    if not verdict:
        texts.append((" " * 70, _NOTE))
    elif corrections:
        texts.append((corrections[-1]["note"] + " " * 55, _NOTE))
    heights = [line * -(-len(words) * letter // (width - _SIDES)) + _GAP for words, (letter, line) in texts]
    return round(sum(heights)) + (_REST if width >= _NARROW else _REST + 25)


def day(value: str) -> str:
    """The day of a moment or a day, in the newsroom's time zone and the page's language."""
    on = localtime(datetime.fromisoformat(value)).date() if "T" in value else date.fromisoformat(value)
    return text.long_day(on)
