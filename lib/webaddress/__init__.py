"""When two web addresses lead to the same page, and when an address is that of a home page or a section."""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

#: Parameters that say where a reader came from. They change nothing on the page.
_TRACKING: Final = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid"),
        *("igsh", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl", "ref", "ref_src", "ref_url", "referrer", "source"),
        *("cmp", "cmpid", "cid", "ocid", "smid", "smtyp", "spm", "wt_mc", "wtmc", "ito", "xtor", "at_medium", "share"),
        *("at_campaign", "sharetype", "shareid", "via", "partner", "feature", "_hsenc", "_hsmi", "vero_id", "openstat"),
        *("amp", "outputtype", "rss", "ns_campaign", "ns_mchannel", "ns_source", "campaign", "guccounter", "sh", "si"),
    }
)
_TRACKING_PREFIXES: Final = ("utm_", "at_custom", "mtm_", "pk_", "hsa_", "oly_", "__twitter")
#: Hosts under which sites show the same pages to phones and to search engines.
_VARIANTS = re.compile(r"^(?:www\d?|m|mobile|amp|wap|touch|edition)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp(?:\.html)?/?$|(?<=\.)amp\.(?=html?$)")
_INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?(?:[/?#]|$)")
_SECTION_WORD = re.compile(r"[^\W\d_]+(?:[-_+][^\W\d_]+){0,2}")


def completed(url: str) -> str:
    """An address as it was typed, with ``https://`` where it has no scheme and begins with a host's name."""
    url = url.strip()
    return f"https://{url}" if url and "://" not in url[:12] and _HOST.match(url) else url


def normalized(url: str) -> str:
    """One spelling for all addresses that lead to the same page (RFC 3986, 6.2, and the habits of news sites).

    Scheme, host variants (``www.``, ``m.``, ``amp.``), default ports, tracking parameters, the order of parameters, a
    last slash, ``/amp/`` and the fragment do not matter. What is no address comes back as it was.
    """
    try:
        parts = urlsplit(completed(url))
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return url
    if not host:
        return url
    host = _VARIANTS.sub("", host)
    path = _INDEX.sub("", _AMP_PATH.sub("", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")))
    query = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if _matters(name))
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return urlunsplit(("https", place, path.rstrip("/"), urlencode(query), ""))


def site_of(url: str) -> str:
    """The host of an address without ``www.`` and its kind; empty for what is no address."""
    return _split(url).netloc


def is_front(url: str) -> bool:
    """Whether an address is that of a site's home page."""
    parts = _split(url)
    return not parts.path.strip("/") and not parts.query


def is_front_or_section(url: str) -> bool:
    """Whether an address is that of a home page or a section ("/world/europe"), which no single article has.

    A section has one or two short words of letters in its path. An article has a number, a file's name or a headline.
    """
    parts = _split(url)
    steps = [step for step in unquote(parts.path).split("/") if step]
    if parts.query:
        return False
    return not steps or (len(steps) <= 2 and all(_SECTION_WORD.fullmatch(step) and len(step) <= 24 for step in steps))


def _split(url: str) -> SplitResult:
    """The parts of an address in its one spelling; all empty for what is no address."""
    try:
        return urlsplit(normalized(url))
    except ValueError:
        return SplitResult("", "", "", "", "")


def _matters(name: str) -> bool:
    name = name.lower()
    return name not in _TRACKING and not name.startswith(_TRACKING_PREFIXES)
