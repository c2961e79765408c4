"""A claim in a message: in one line, and as an answer to the person who sent it, in the language of the page."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from articles import rating_words, text
from articles.choices import Tone
from articles.models import Record
from articles.selectors.readers import published
from lib import plaintext
from readers.http import languages, view_models
from readers.http.share_links import Sharing, sharing, shortened

Document = dict[str, Any]


def short_address(record: Record, language: str) -> str:
    """The full short address of the page of a record's claim, in the language of this page.

    Without a prefix where the page is in the claim's own ``language``: there it leads anyway.
    """
    here = languages.current()
    with override(settings.LANGUAGE_CODE if languages.closest(language) == here else here):
        return view_models.address("short", published.first_number(record))


def line(newest: Document, address: str) -> Sharing:
    """Verdict and statement, to pass on; of a retracted claim, that it was retracted."""
    said = plaintext.isolated(shortened(newest["claim"]["text"]))
    if newest["retraction"]:
        return sharing(_("Retracted: %(claim)s") % {"claim": said}, address)
    return sharing(f"{text.as_label(_verdict(newest))} {said}", address)


def answer(newest: Document, address: str) -> Sharing:
    """What was checked and how it came out, for the person who sent the claim; or that it is open, or was withdrawn."""
    names = {
        "site": plaintext.isolated(settings.SITE_NAME),
        "claim": plaintext.isolated(shortened(newest["claim"]["text"])),
    }
    if newest["retraction"]:
        words = _(
            "%(site)s withdrew its check of this claim: “%(claim)s”. That does not mean the claim is true or false."
        )
        return sharing(words % names, address)
    names["verdict"] = _verdict(newest)
    if newest["verdict"]["rating"]["tone"] == Tone.OPEN:
        words = _(
            "%(site)s checked this claim: “%(claim)s”. Verdict: %(verdict)s. "
            "It is still open whether the claim is true."
        )
        return sharing(words % names, address)
    return sharing(_("%(site)s checked this claim: “%(claim)s”. Verdict: %(verdict)s.") % names, address)


def _verdict(newest: Document) -> str:
    return plaintext.isolated(rating_words.in_language(newest["verdict"]["rating"]["label"], get_language() or ""))
