"""A page by its address, for taking in as an article: through the one checked door, with a reason for each refusal."""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.services.articles import identity, intake
from lib.extraction import Extracted
from lib.refusals import RefusedError
from lib.safehttp import client, policy
from lib.safehttp.errors import OutboundError
from partners import outbound_policy

#: Redirects that are followed, each through the same checks as the first address.
REDIRECTS = 3
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_KINDS = re.compile(
    r"text/|application/(xhtml\+xml|xml|octet-stream|vnd\.openxmlformats|vnd\.oasis|zip|pdf|rtf)|message/rfc822|$",
    re.IGNORECASE,
)
_REASONS = {
    "address_refused": gettext_lazy(
        "This address leads into a private network, so it was not fetched. Use the public address."
    ),
    "unknown_host": gettext_lazy("No server of this name was found. Check the address for a typing error."),
    "connect_failed": gettext_lazy(
        "The server could not be reached. Try again later. Open the page in a browser and paste its text."
    ),
    "tls_failed": gettext_lazy(
        "The server could not prove who it is (its certificate is not valid). "
        "Open the page in a browser and paste its text."
    ),
    "timeout": gettext_lazy(
        "The server did not send the whole page within 15 seconds. Open the page in a browser and paste its text."
    ),
    "connection_lost": gettext_lazy(
        "The connection broke before the whole page was there. Try again. "
        "Open the page in a browser and paste its text."
    ),
    "bad_answer": gettext_lazy("The server’s answer could not be read. Open the page in a browser and paste its text."),
    "too_large": gettext_lazy(
        "The page is larger than 10 MB, so it was not read to its end. Paste the article’s text."
    ),
    "too_many_redirects": gettext_lazy("The address redirects too many times. Use the address where it ends."),
    "redirected": gettext_lazy("The address redirects to another. Use the address where it ends."),
}
_STATUS = {
    401: gettext_lazy("The page asks for a sign-in (401). Open the page in a browser and paste its text."),
    402: gettext_lazy("The page asks for payment (402). Open the page in a browser and paste its text."),
    403: gettext_lazy("The server refused to hand out the page (403). Open the page in a browser and paste its text."),
    404: gettext_lazy("There is no page at this address (404). Check it for a typing error."),
    410: gettext_lazy("The page was taken down (410). Look for an archived copy."),
    429: gettext_lazy("The server is asked too often (429). Try again later, or paste the text."),
    451: gettext_lazy("The page is withheld for legal reasons (451). Look for an archived copy."),
}


class FetchError(RefusedError):
    """The page did not come. ``code`` is ``outbound``'s word, or ``http_…`` with the status, or ``not_text``."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the article found in it, and the address that answered."""

    found: Extracted
    url: str


def fetch_policy() -> policy.Policy:
    """Where articles are fetched from: public addresses over https; over http too where the installation says so."""
    given = outbound_policy.from_settings()
    return replace(given, http=given.http or settings.FETCH_OVER_HTTP)


def get(url: str, *, through: policy.Policy | None = None, limits: policy.Limits = policy.ARTICLE) -> client.Answer:
    """What is at an address, redirects followed. Raises ``FetchError`` when nothing came, or an error of the server."""
    try:
        answer = client.fetch(url.strip(), redirects=REDIRECTS, policy=through or fetch_policy(), limits=limits)
    except OutboundError as error:
        raise FetchError(str(_REASONS.get(error.code, error)), code=error.code) from error
    if answer.status != 200:
        words = _("The server answered with an error (%(status)s). Try again later, or paste the text.") % {
            "status": answer.status
        }
        raise FetchError(str(_STATUS.get(answer.status, words)), code=f"http_{answer.status}")
    return answer


def fetch(url: str, *, through: policy.Policy | None = None, limits: policy.Limits = policy.ARTICLE) -> Page:
    """Fetch an address and read the article there. Nothing is stored.

    Raises ``FetchError`` when no page came, ``intake.UnreadableError`` when it holds no article.
    """
    return read(get(url, through=through, limits=limits), asked=url, max_bytes=limits.max_bytes)


def read(answer: client.Answer, *, asked: str, max_bytes: int = policy.ARTICLE.max_bytes) -> Page:
    """The article in an answer to ``asked``. Raises ``FetchError`` "not_text", ``intake.UnreadableError``."""
    kind = answer.header("content-type")
    if not _KINDS.match(kind.strip()):
        raise FetchError(
            _("There is no text at this address (%(kind)s). Use the address of the article.") % {"kind": kind[:60]},
            code="not_text",
        )
    charset = _CHARSET.search(kind)
    name = "page.html" if "html" in kind or not kind else "page.txt"
    found = intake.read(answer.content, name=name, charset=charset.group(1) if charset else "", max_bytes=max_bytes)
    notes = found.notes
    if answer.url != asked.strip():
        notes = (_("The address redirected to %(url)s.") % {"url": answer.url}, *notes)
    return Page(replace(found, url=identity.believed_address(found.url, answer.url), notes=notes), answer.url)
