"""Search by meaning: whether it is on, and its encoder, which is loaded once in a process, behind the first questions.

Nothing that a reader asks waits for it or fails with it: until the encoder is there, and when it cannot be used, claims
are found by their words alone (docs/search-by-meaning.md).
"""

import logging
import threading
from dataclasses import dataclass
from enum import Enum

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from lib.encoding import Encoder, EncoderError, open_encoder

logger = logging.getLogger(__name__)
#: The longest part of a text that is encoded: enough for a message, and a few milliseconds.
MAX_ENCODED = 1000


class State(Enum):
    """What search by meaning can do in this process."""

    OFF = "off"
    LOADING = "loading"
    READY = "ready"
    BROKEN = "broken"


@dataclass(slots=True)
class _Loaded:
    """The encoder of a setting, or why there is none."""

    spec: str
    encoder: Encoder | None = None
    reason: str = ""


_lock = threading.Lock()
_known = _Loaded("")


def state() -> tuple[State, str]:
    """What search by meaning can do here; with the encoder's name, or the reason why it is broken."""
    spec, known = settings.SEMANTIC_ENCODER, _known
    if not spec:
        return State.OFF, ""
    if known.spec != spec:
        return State.LOADING, ""
    return (State.READY, known.encoder.name) if known.encoder else (State.BROKEN, known.reason)


def load() -> Encoder:
    """The encoder, loaded if it is not yet. Raises ``EncoderError`` where it is off or cannot be used."""
    global _known
    spec = settings.SEMANTIC_ENCODER
    if not spec:
        raise EncoderError("Search by meaning is off: SEMANTIC_ENCODER is not set.")
    with _lock:
        if _known.spec != spec:
            _known = _loaded(spec)
        known = _known
    if known.encoder is None:
        raise EncoderError(known.reason)
    return known.encoder


def ready() -> Encoder | None:
    """The encoder, if it is loaded. Else it begins to load in the background, once."""
    spec, known = settings.SEMANTIC_ENCODER, _known
    if not spec:
        return None
    if known.spec == spec:
        return known.encoder
    _load_behind()
    return None


def encode(encoder: Encoder, text: str) -> NDArray[np.float32] | None:
    """The vector of a question, or nothing where it has no meaning to this encoder, or the encoder fails."""
    try:
        (vector,) = encoder.encode([text[:MAX_ENCODED]])
    except Exception:
        logger.exception("Search by meaning failed: claims are found by their words alone.")
        return None
    return vector if vector.any() else None


def forget() -> None:
    """Forget the encoder; the next question loads it again."""
    global _known
    with _lock:
        _known = _Loaded("")


def _load_behind() -> None:
    if _lock.locked():
        return
    threading.Thread(target=_try_to_load, name="encoder", daemon=True).start()


def _try_to_load() -> None:
    try:
        load()
    except EncoderError as wrong:
        logger.error("Search by meaning is broken; claims are found by their words alone. %s", wrong)


def _loaded(spec: str) -> _Loaded:
    try:
        encoder = open_encoder(spec)
        encoder.encode(["A sentence to begin with."])
    except Exception as wrong:
        return _Loaded(spec, reason=str(wrong) or type(wrong).__name__)
    return _Loaded(spec, encoder)
