"""Whether search by meaning is on, and how many claims it covers."""

from dataclasses import dataclass

from articles import meaning
from articles.meaning import State
from articles.models import Claim, OpenVector, PublishedClaim, PublishedVector


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many claims have a vector of the encoder, of how many. ``about`` is its name, or why it is broken."""

    state: State
    about: str
    published: int
    published_total: int
    open: int
    open_total: int


def coverage() -> Coverage:
    """The state of search by meaning in this process, and what its vectors cover."""
    meaning.ready()
    state, about = meaning.state()
    if state is not State.READY:
        return Coverage(state, about, 0, 0, 0, 0)
    return Coverage(
        state,
        about,
        PublishedVector.objects.filter(encoder=about).count(),
        PublishedClaim.objects.count(),
        OpenVector.objects.filter(encoder=about).count(),
        Claim.objects.open().count(),
    )
