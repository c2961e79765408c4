"""How a rating is drawn: the tone of its edition, with one distinction that the tone alone does not make."""

from typing import Final

from articles.choices import Tone

UNVERIFIABLE: Final = "unverifiable"
RETRACTED: Final = "retracted"
#: Every tone that has a colour and a sign of its own.
SHOWN: Final = frozenset((*Tone.values, UNVERIFIABLE, RETRACTED))


def shown(key: str, tone: str) -> str:
    """The tone as readers see it; an unknown one is shown as open.

    What cannot be settled is not what is still being checked. Both have the tone *open* in records, so the rating's
    ``key`` tells them apart.
    """
    if key == UNVERIFIABLE and tone == Tone.OPEN:
        return UNVERIFIABLE
    return tone if tone in SHOWN else Tone.OPEN.value
