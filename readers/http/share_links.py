"""Links with which a reader passes a page on. They are plain links: nothing is asked of another site before a click."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import pgettext

#: Characters of a statement in a message: with verdict and address, it stays within what networks allow.
STATEMENT = 140


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link to one service, which gets the text and the address from the link itself. ``key`` names its icon."""

    key: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is passed on, an address and the words before it, and the links that do so."""

    words: str
    address: str
    links: tuple[ShareLink, ...]

    @property
    def message(self) -> str:
        """Words and address, as they are copied into a message."""
        return f"{self.words}\n{self.address}"


def sharing(words: str, address: str) -> Sharing:
    """The links to every service for ``words`` and ``address``."""
    said, there, subject = quote(words, safe=""), quote(address, safe=""), quote(shortened(words), safe="")
    message = f"{said}%0A{there}"
    links = (
        ShareLink("whatsapp", "WhatsApp", f"https://wa.me/?text={message}"),
        ShareLink("telegram", "Telegram", f"https://t.me/share/url?url={there}&text={said}"),
        ShareLink("x", "X", f"https://x.com/intent/post?text={said}&url={there}"),
        ShareLink("facebook", "Facebook", f"https://www.facebook.com/sharer/sharer.php?u={there}"),
        ShareLink("bluesky", "Bluesky", f"https://bsky.app/intent/compose?text={message}"),
        # After the hash: the page there asks for the reader's own server, and its host never gets the text.
        ShareLink("mastodon", "Mastodon", f"https://share.joinmastodon.org/#text={message}"),
        ShareLink("email", pgettext("a button", "E-mail"), f"mailto:?subject={subject}&body={message}"),
    )
    return Sharing(words, address, links)


def shortened(statement: str) -> str:
    """A statement as messages quote it: without a full stop, which would stand before that of the message."""
    statement = statement.rstrip(".։。")
    return statement if len(statement) <= STATEMENT else statement[: STATEMENT - 1].rstrip() + "…"
